import type { CyclesView } from '../session/NotebookCycles.svelte.ts';
import { formatCount, formatDuration } from '../ui/format.ts';

/**
 * Which cycle a Statement is in, as the beginning of what its header says; empty where it does not run in cycles. The
 * clock is read only while a next cycle is waited for.
 */
export function describeCycles(view: CyclesView | null, clock: { readonly now: number }): string {
  if (!view) return '';
  const { cycle, total, nextAt } = view;
  const place = total === null ? formatCount(cycle) : `${formatCount(cycle)} of ${formatCount(total)}`;
  const left = nextAt === null ? 0 : nextAt - clock.now;
  const next = left > 0 ? ` · next in ${formatSeconds(Math.ceil(left / 1_000))}` : '';
  return `Cycle ${place}${next} · `;
}

/** As time that runs down second by second is told: without a fraction. */
function formatSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000);
}
