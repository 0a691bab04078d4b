import type { KernelState } from '../../model/kernel-state.ts';
import type { QueueView } from '../../session/RunQueue.svelte.ts';
import { formatCount } from '../../ui/format.ts';

/**
 * What the toolbar says of the queue: "Running 2 of 5"; nothing runs while Python starts, or where a Statement that runs
 * in cycles waits for its next.
 */
export function describeQueue(
  { runningId, position, total }: QueueView,
  kernel: KernelState,
  areCyclesActive: boolean,
): string {
  if (runningId === null) return areCyclesActive ? 'Next cycle awaited' : 'Nothing runs';
  if (kernel.status === 'starting') return `${formatCount(total - position + 1)} queued`;
  if (kernel.status === 'busy' && kernel.isStopping) return 'Stopping';
  return total === 1 ? 'Running' : `Running ${formatCount(position)} of ${formatCount(total)}`;
}
