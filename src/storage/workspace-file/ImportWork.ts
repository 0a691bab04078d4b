import { toMessage } from '../../shared/to-message.ts';
import type { FromImportWorker, ToImportWorker } from './import-messages.ts';
import { OpenedFile, type ImportListener, type ReadNow } from './OpenedFile.ts';

type Command = Exclude<ToImportWorker, { type: 'cancel' }>;

/** Does what an import worker is told, one command after the other, each of which it answers. */
export class ImportWork {
  readonly #readNow: ReadNow;
  readonly #tell: (message: FromImportWorker) => void;
  #file: OpenedFile | null = null;
  #running = new AbortController();

  constructor(readNow: ReadNow, tell: (message: FromImportWorker) => void) {
    this.#readNow = readNow;
    this.#tell = tell;
  }

  take(message: ToImportWorker): void {
    if (message.type === 'cancel') this.#running.abort();
    else void this.#answer(message);
  }

  async #answer(command: Command): Promise<void> {
    this.#running = new AbortController();
    const { signal } = this.#running;
    try {
      this.#tell(await this.#carryOut(command, signal));
    } catch (error) {
      this.#tell(
        signal.aborted ? { type: 'import-cancelled' } : { type: 'import-failed', message: toMessage(error) },
      );
    }
  }

  async #carryOut(command: Command, signal: AbortSignal): Promise<FromImportWorker> {
    const listener = this.#createListener();
    if (command.type === 'read-file') {
      this.#file = await OpenedFile.open(command, this.#readNow, signal, listener);
      return { type: 'file-read', summary: this.#file.summary };
    }
    if (!this.#file) throw new Error('no file was read');
    return { type: 'file-stored', result: await this.#file.store(command.choice, signal, listener) };
  }

  #createListener(): ImportListener {
    let nextTold = 0;
    return {
      onProgress: (doneBytes, allBytes) => {
        if (doneBytes < nextTold && doneBytes < allBytes) return;
        nextTold = doneBytes + allBytes / 100;
        this.#tell({ type: 'import-progressed', doneBytes, allBytes });
      },
      onFinishing: () => {
        this.#tell({ type: 'import-finishing' });
      },
    };
  }
}
