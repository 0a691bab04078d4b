import type { WorkspaceId } from '../../model/ids.ts';
import type { ImportChoice, ImportResult, ImportSummary } from '../../model/workspace-import.ts';
import type { Storage } from '../Storage.ts';
import type { FromImportWorker, ToImportWorker } from './import-messages.ts';
import { parseFromImportWorker } from './parse-import-messages.ts';

/** What is used of a Worker, so that tests can stand in for one. */
export type ImportWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

export interface ImportWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, allBytes: number) => void;
}

export interface ReadingOrder extends ImportWatch {
  /** The file's name, or the address it came from. */
  readonly name: string;
  /** Of a backup or a rescue, which of its workspaces; the one that was open where none is said. */
  readonly wanted?: WorkspaceId | null;
}

/** A file that was read and checked, until it is disposed of. */
export interface ReadWorkspace {
  readonly summary: ImportSummary;
  /**
   * Stores what was chosen, all of it or nothing. Rejects with a sentence, or with an `AbortError`. Once all was handed to the
   * database it cannot be cancelled any more, and the result is given.
   */
  readonly store: (choice: ImportChoice, watch: ImportWatch) => Promise<ImportResult>;
  readonly dispose: () => void;
}

type Command = Exclude<ToImportWorker, { type: 'cancel' }>;
type Answer = Exclude<FromImportWorker, { type: 'import-progressed' | 'import-finishing' }>;

/** Longest time in milliseconds that a worker gets to put away what it has begun. */
const longestCancelling = 5_000;

/** Has workspace files read and stored, each in a worker of its own. */
export class WorkspaceImporter {
  readonly #storage: Storage;
  readonly #workspaceId: WorkspaceId;
  readonly #makeWorker: () => ImportWorker;

  constructor(storage: Storage, workspaceId: WorkspaceId, makeWorker: () => ImportWorker) {
    this.#storage = storage;
    this.#workspaceId = workspaceId;
    this.#makeWorker = makeWorker;
  }

  /** Reads a file and checks all of it; nothing is stored. Rejects with a sentence, or with an `AbortError`. */
  async read(file: Blob, { name, wanted = null, ...watch }: ReadingOrder): Promise<ReadWorkspace> {
    const { databaseName } = this.#storage;
    if (databaseName === null) throw new Error(nothingKept);
    await this.#storage.pending();
    watch.signal.throwIfAborted();
    const conversation = new Conversation(this.#makeWorker());
    try {
      const workspaceId = this.#workspaceId;
      const answer = await conversation.ask(
        { type: 'read-file', file, name, databaseName, workspaceId, wanted },
        watch,
      );
      if (answer.type !== 'file-read') throw describe(answer);
      return {
        summary: answer.summary,
        store: (choice, storing) => this.#store(conversation, choice, storing),
        dispose: () => {
          conversation.end();
        },
      };
    } catch (error) {
      conversation.end();
      throw error;
    }
  }

  async #store(conversation: Conversation, choice: ImportChoice, watch: ImportWatch): Promise<ImportResult> {
    await this.#storage.pending();
    watch.signal.throwIfAborted();
    const answer = await conversation.ask({ type: 'store-file', choice }, watch);
    if (answer.type !== 'file-stored') throw describe(answer);
    return answer.result;
  }
}

/** Commands for a worker, one after the other. */
class Conversation {
  readonly #worker: ImportWorker;
  #isEnded = false;
  #onMessage: (message: FromImportWorker) => void = () => undefined;
  #onFailure: (error: Error) => void = () => undefined;

  constructor(worker: ImportWorker) {
    this.#worker = worker;
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const cause = event.message || 'its program could not be loaded';
      this.#fail(`What reads the file stopped (${cause}). Open the file again.`);
    });
    worker.addEventListener('message', ({ data }) => {
      const parsed = parseFromImportWorker(data);
      if (parsed.isOk) this.#onMessage(parsed.value);
      else this.#fail(`What reads the file answered what cannot be read: ${parsed.problem}.`);
    });
  }

  ask(command: Command, { signal, onProgress }: ImportWatch): Promise<Answer> {
    if (this.#isEnded) return Promise.reject(new Error('The file is not open any more. Open it again.'));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    let cancelling: ReturnType<typeof setTimeout> | undefined;
    let isFinishing = false;
    const cancel = (): void => {
      if (isFinishing) return;
      this.#worker.postMessage({ type: 'cancel' } satisfies ToImportWorker);
      // What was not handed over whole goes with the worker.
      cancelling = setTimeout(() => {
        this.end();
      }, longestCancelling);
    };
    this.#onFailure = reject;
    this.#onMessage = (message) => {
      switch (message.type) {
        case 'import-progressed':
          if (!signal.aborted) onProgress(message.doneBytes, message.allBytes);
          break;
        case 'import-finishing':
          isFinishing = true;
          clearTimeout(cancelling);
          break;
        default:
          resolve(message);
      }
    };
    signal.addEventListener('abort', cancel);
    this.#worker.postMessage(command);
    return promise.finally(() => {
      clearTimeout(cancelling);
      signal.removeEventListener('abort', cancel);
    });
  }

  end(): void {
    this.#end(createAbort());
  }

  #fail(message: string): void {
    this.#end(new Error(message));
  }

  #end(error: Error): void {
    this.#isEnded = true;
    this.#worker.terminate();
    this.#onFailure(error);
  }
}

const nothingKept =
  'This browser keeps nothing for longer than the page is open, so no workspace can be imported. Open Cahier in a window that is not private, or allow it to store data.';

function describe(answer: Answer): Error {
  switch (answer.type) {
    case 'import-cancelled':
      return createAbort();
    case 'import-failed':
      return new Error(answer.message);
    default:
      return new Error(`The answer was “${answer.type}”.`);
  }
}

function createAbort(): DOMException {
  return new DOMException('The import was cancelled.', 'AbortError');
}
