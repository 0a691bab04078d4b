import { parseToImportWorker } from '../parse-import-messages.ts';
import type { ImportWorker } from '../ImportEngine.ts';
import { carryOut } from '../worker/carry-out.ts';
import { ownThread } from '../worker/csv/PieceReaders.ts';

/** Stands in for the worker: the same reading, on this thread. */
export class FakeImportWorker extends EventTarget implements ImportWorker {
  isTerminated = false;

  postMessage(message: unknown): void {
    const parsed = parseToImportWorker(message);
    if (!parsed.isOk) throw new Error(parsed.problem);
    void carryOut(
      parsed.value,
      () => ownThread,
      (answer) => {
        if (!this.isTerminated) this.dispatchEvent(new MessageEvent('message', { data: answer }));
      },
    );
  }

  terminate(): void {
    this.isTerminated = true;
  }
}
