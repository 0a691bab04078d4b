import type { FromSalvageWorker, ToSalvageWorker } from './salvage-messages.ts';
import { parseFromSalvageWorker } from './parse-salvage-messages.ts';
import { startSalvageWorker } from './start-salvage-worker.ts';

/** What a file of what is stored has come to. */
export type Salvaged = Omit<Extract<FromSalvageWorker, { type: 'salvaged' }>, 'type'>;

export interface SalvageProgress {
  readonly signal: AbortSignal;
  /** Bytes before they are packed. */
  readonly onProgress: (doneBytes: number) => void;
}

/**
 * Has a worker write what stands in a database, as it is: a backup into the browser's private file system, or a rescue for
 * its reader. Rejects with a sentence, or with an `AbortError`.
 */
export function salvage(
  command: Exclude<ToSalvageWorker, { type: 'cancel' }>,
  { signal, onProgress }: SalvageProgress,
  makeWorker: () => Worker = startSalvageWorker,
): Promise<Salvaged> {
  signal.throwIfAborted();
  const worker = makeWorker();
  return new Promise<Salvaged>((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new DOMException('It was cancelled.', 'AbortError'));
      // It ends by itself, so that a half-written file is put away.
      worker.postMessage({ type: 'cancel' } satisfies ToSalvageWorker);
      setTimeout(() => {
        worker.terminate();
      }, longestCancelling);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const cause = event.message || 'its program could not be loaded';
      reject(new Error(`What writes the file stopped (${cause}).`));
      worker.terminate();
    });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const parsed = parseFromSalvageWorker(data);
      if (!parsed.isOk) {
        reject(new Error(`What writes the file answered what cannot be read: ${parsed.problem}.`));
      } else if (parsed.value.type === 'salvage-progressed') {
        if (!signal.aborted) onProgress(parsed.value.doneBytes);
        return;
      } else if (parsed.value.type === 'salvaged') resolve(parsed.value);
      else reject(new Error(parsed.value.message));
      worker.terminate();
    });
    worker.postMessage(command);
  });
}

/** Longest time in milliseconds that a worker gets to put away what it has begun. */
const longestCancelling = 5_000;
