import type { KernelState } from '../model/kernel-state.ts';
import type { Job } from '../model/job.ts';
import type { ByteProgress, CellState, RunPhase } from '../model/run-state.ts';
import { assertNever } from '../shared/assert-never.ts';
import { formatBytes, formatDuration } from '../ui/format.ts';
import type { IconName } from '../ui/icons.ts';

export const stateIcons: Record<CellState, IconName> = {
  idle: 'idle',
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  stopped: 'stop',
  stale: 'stale',
};

export const stateWords: Record<CellState, string> = {
  idle: 'Idle',
  queued: 'Queued',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
  stale: 'Stale',
};

/** How a cell runs and has run, as far as its header says so. */
interface ShownRun {
  readonly phase: RunPhase;
  readonly lastJob: Job | null;
  readonly skipReason: string | null;
}

/** What a cell's header says of its state, with times and amounts. Python and the clock are asked only where it depends on them. */
export function describeCell(
  state: CellState,
  { phase, lastJob, skipReason }: ShownRun,
  session: { readonly kernelState: KernelState },
  clock: { readonly now: number },
): string {
  const word = stateWords[state];
  switch (phase.phase) {
    case 'queued': {
      const kernel = session.kernelState;
      return kernel.status === 'starting' ? `${word}: ${describeStart(kernel.progress)}` : word;
    }
    case 'running': {
      if (phase.loading) {
        return `Loading ${phase.loading.names.join(', ')}: ${describeProgress(phase.loading.progress)}`;
      }
      const kernel = session.kernelState;
      if (kernel.status === 'busy' && kernel.isStopping) return 'Stopping';
      if (phase.prompt !== null) return 'Waiting for input';
      return [
        ...(phase.progress === null ? [] : [`${Math.floor(phase.progress)} %`]),
        `${word} ${formatDuration(Math.max(0, clock.now - phase.startedAt))}`,
      ].join(' · ');
    }
    case 'storing':
      return 'Storing the results';
    case 'resting':
      if (skipReason !== null) return skipReason;
      if (!lastJob) return word;
      return [word, formatDuration(lastJob.finishedAt - lastJob.startedAt), ...describeStop(lastJob)].join(
        ' · ',
      );
    default:
      return assertNever(phase);
  }
}

/** What became of Python when the job was stopped. */
function describeStop({ outcome }: Job): string[] {
  if (outcome.status !== 'stopped') return [];
  return [outcome.level === 'soft' ? 'Python kept' : 'Python replaced'];
}

/** What the toolbar says of Python. */
export function describeKernel(state: KernelState): string {
  switch (state.status) {
    case 'off':
      return 'Python is not started';
    case 'starting':
      return describeStart(state.progress);
    case 'ready':
      return `Python ${state.pythonVersion} is ready`;
    case 'busy':
      return `Python ${state.pythonVersion} is ${state.isStopping ? 'stopping' : 'running'}`;
    case 'broken':
      return 'Python is not running';
    default:
      return assertNever(state);
  }
}

/** What the reader can learn of how Python started; null while it has not. */
export function describePythonStart(state: KernelState): string | null {
  if (state.status !== 'ready' && state.status !== 'busy') return null;
  return state.isFromSnapshot
    ? 'Python started from a snapshot of its memory, with the packages of this notebook.'
    : 'Python started without a snapshot of its memory. One is made while it is idle, for the next start.';
}

/** How much of what is awaited has come, from 0 to 1; null when nobody knows. */
export function getFraction(phase: RunPhase): number | null {
  if (phase.phase !== 'running') return null;
  if (!phase.loading) return phase.progress === null ? null : phase.progress / 100;
  const { loadedBytes, totalBytes } = phase.loading.progress;
  return totalBytes === null || totalBytes === 0 ? null : Math.min(1, loadedBytes / totalBytes);
}

function describeStart(progress: ByteProgress | null): string {
  return progress ? `Python is starting, ${describeProgress(progress)}` : 'Python is starting';
}

function describeProgress({ loadedBytes, totalBytes }: ByteProgress): string {
  const loaded = formatBytes(loadedBytes);
  return totalBytes === null ? loaded : `${loaded} of ${formatBytes(totalBytes)}`;
}
