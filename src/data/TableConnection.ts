import { createDeferred, type Deferred } from '../shared/deferred.ts';
import { parseFromTableWorker } from './parse-table-messages.ts';
import type { FromTableWorker, ToTableWorker } from './table-messages.ts';
import type { LongWork } from './TableSource.ts';

/** What is used of a Worker, so that tests can stand in for one. */
export type TableWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type AnswerType = Exclude<FromTableWorker['type'], 'request-failed' | 'progressed'>;
type Answer<Type extends AnswerType> = Extract<FromTableWorker, { type: Type }>;

interface PendingRequest {
  settle(answer: FromTableWorker): void;
  /** Of what is done, while it is not yet settled. */
  progress(done: number, total: number): void;
  fail(reason: Error): void;
}

/** How long a command that may never come to its end may go unanswered once it was given up, in milliseconds. */
const patienceMs = 3000;

interface RequestOptions extends LongWork {
  readonly transfer?: Transferable[];
  /** Whether the worker may never answer, nor hear that it is to stop: then it is ended once the request is given up. */
  readonly mayHang?: boolean;
}

/** The worker was ended for another request, which did not stop: what else was asked of it can be asked again. */
export class TableRestart extends Error {}

/** Asks once more after a `TableRestart`: what hangs again is ended by who asked for it. */
export async function askThroughRestart<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TableRestart)) throw error;
    return await ask();
  }
}

/** The life of one table worker: requests go out under ids, answers find their request, an end reaches all. */
export class TableConnection {
  readonly #worker: TableWorker;
  readonly #pending = new Map<number, PendingRequest>();
  /** Of requests that were given up, when the worker is ended for not answering them. */
  readonly #deadlines = new Map<number, ReturnType<typeof setTimeout>>();
  #nextRequestId = 1;
  #end: Error | null = null;

  constructor(worker: TableWorker) {
    this.#worker = worker;
    worker.addEventListener('message', (event) => {
      this.#receive(event.data);
    });
    worker.addEventListener('messageerror', () => {
      this.end(new Error('An answer of the table engine could not be read.'));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const cause = event.message || 'its program could not be loaded';
      this.end(new Error(`The table engine stopped: ${cause}.`));
    });
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /**
   * Sends a command and waits for its answer of the given type.
   * Rejects with the engine's reason, when the worker ends, or with an `AbortError` once `signal` is aborted: the
   * worker is then told, which gives up what takes long, and its answer is dropped.
   */
  async request<Type extends AnswerType>(
    answerType: Type,
    makeCommand: (requestId: number) => ToTableWorker,
    { transfer = [], signal, onProgress, mayHang = false }: RequestOptions = {},
  ): Promise<Answer<Type>> {
    if (this.#end !== null) throw this.#end;
    signal?.throwIfAborted();
    const requestId = this.#nextRequestId++;
    const deferred: Deferred<Answer<Type>> = createDeferred();
    const onAbort = () => {
      if (this.#end === null) {
        this.#worker.postMessage({ type: 'cancel', requestId } satisfies ToTableWorker);
        if (mayHang) this.#setDeadline(requestId);
      }
      deferred.reject(new DOMException('The request was dropped.', 'AbortError'));
    };
    this.#pending.set(requestId, {
      progress: (done, total) => onProgress?.(done, total),
      settle: (answer) => {
        if (answer.type === 'request-failed') deferred.reject(new Error(answer.message));
        else if (isOfType(answer, answerType)) deferred.resolve(answer);
        else deferred.reject(new Error(`The table engine answered with "${answer.type}".`));
      },
      fail: deferred.reject,
    });
    signal?.addEventListener('abort', onAbort);
    try {
      this.#worker.postMessage(makeCommand(requestId), transfer);
      return await deferred.promise;
    } finally {
      this.#pending.delete(requestId);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Stops the worker; whatever waits for it is rejected with `reason`. */
  end(reason: Error): void {
    if (this.#end !== null) return;
    this.#end = reason;
    this.#worker.terminate();
    for (const deadline of this.#deadlines.values()) clearTimeout(deadline);
    for (const request of this.#pending.values()) request.fail(reason);
  }

  #setDeadline(requestId: number): void {
    const end = () => {
      this.end(new TableRestart('The table engine was started anew, as it did not stop what it was doing.'));
    };
    this.#deadlines.set(requestId, setTimeout(end, patienceMs));
  }

  #receive(message: unknown): void {
    const parsed = parseFromTableWorker(message);
    if (!parsed.isOk) {
      this.end(new Error(`The table engine sent what cannot be read: ${parsed.problem}.`));
      return;
    }
    const answer = parsed.value;
    clearTimeout(this.#deadlines.get(answer.requestId));
    this.#deadlines.delete(answer.requestId);
    const request = this.#pending.get(answer.requestId);
    if (answer.type === 'progressed') request?.progress(answer.done, answer.total);
    else if (request) request.settle(answer);
    else if (answer.type === 'table-opened') this.#closeTable(answer.tableId);
  }

  /** One that came as it was given up would be kept for as long as the worker lives. */
  #closeTable(tableId: number): void {
    if (this.#end !== null) return;
    const requestId = this.#nextRequestId++;
    this.#worker.postMessage({ type: 'close-table', requestId, tableId } satisfies ToTableWorker);
  }
}

function isOfType<Type extends AnswerType>(answer: FromTableWorker, type: Type): answer is Answer<Type> {
  return answer.type === type;
}
