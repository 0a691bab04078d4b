import { parseReadPiece } from './parse-piece-messages.ts';
import { readPiece, type PieceTask, type ReadPiece } from './read-piece.ts';

/** What reads pieces of CSV. */
export interface PieceReaders {
  /** Pieces that may be read at the same time. */
  readonly count: number;
  /** Reads a piece, whose bytes are gone from here. Rejects where that went wrong. */
  read(task: PieceTask): Promise<ReadPiece>;
  dispose(): void;
}

/** Reads on this thread. */
export const ownThread: PieceReaders = {
  count: 1,
  read: (task) => Promise.resolve(readPiece(task)),
  dispose: () => undefined,
};

/** More do not help: one thread cuts the file into pieces and writes what came of them. */
const mostWorkers = 4;

/** Reads in workers, as many as the device has use for. */
export function startPieceWorkers(): PieceReaders {
  const count = Math.max(1, Math.min(mostWorkers, navigator.hardwareConcurrency));
  const workers = Array.from({ length: count }, startWorker);
  const idle = [...workers];
  return {
    count,
    read: async (task) => {
      const worker = idle.shift();
      if (!worker) throw new Error('all that read pieces are at work');
      try {
        return await ask(worker, task);
      } finally {
        idle.push(worker);
      }
    },
    dispose: () => {
      for (const worker of workers) worker.terminate();
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./piece-worker.ts', import.meta.url), { type: 'module', name: 'cahier CSV' });
}

function ask(worker: Worker, task: PieceTask): Promise<ReadPiece> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const parsed = parseReadPiece(data);
      if (parsed.isOk) resolve(parsed.value);
      else reject(new Error(parsed.problem));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'the program that reads CSV could not be loaded'));
    };
    worker.postMessage(task, [task.bytes.buffer]);
  });
}
