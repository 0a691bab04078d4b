import type { NotebookId, WorkspaceId } from '../../model/ids.ts';
import { listValues } from '../../model/job.ts';
import { listNotebookBlobs } from '../../model/notebook.ts';
import { listSessionBlobs } from '../../model/session.ts';
import type { PartSize, PickedParts } from '../../model/workspace-parts.ts';
import type { Storage } from '../Storage.ts';
import type { ExportSource, FromExportWorker, ToExportWorker } from './export-messages.ts';
import { parseFromExportWorker } from './parse-export-messages.ts';

/** What is used of a Worker, so that tests can stand in for one. */
export type ExportWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

export interface WritingOrder {
  readonly picked: PickedParts;
  readonly appVersion: string;
  /** The file to write to; null for one that is handed back. */
  readonly target: FileSystemFileHandle | null;
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, allBytes: number) => void;
}

export type ExportedFile = Omit<Extract<FromExportWorker, { type: 'workspace-written' }>, 'type'>;

type Answer = Exclude<FromExportWorker, { type: 'write-progressed' }>;
type Command = Exclude<ToExportWorker, { type: 'cancel' }>;

/** Longest time in milliseconds that a worker gets to put away what it has begun. */
const longestCancelling = 5_000;

/** Has a workspace measured and written, each in a worker of its own that ends with it. */
export class WorkspaceExporter {
  readonly #storage: Storage;
  readonly #workspaceId: WorkspaceId;
  readonly #makeWorker: () => ExportWorker;
  readonly #only: NotebookId | null;

  /** @param only the one notebook that is written, with nothing of the others; null for all of the workspace */
  constructor(
    storage: Storage,
    workspaceId: WorkspaceId,
    makeWorker: () => ExportWorker,
    only: NotebookId | null = null,
  ) {
    this.#storage = storage;
    this.#workspaceId = workspaceId;
    this.#makeWorker = makeWorker;
    this.#only = only;
  }

  /** About how large each part is. Rejects with a sentence, or with an `AbortError`. */
  async measure(signal: AbortSignal): Promise<readonly PartSize[]> {
    const source = await this.#describeSource();
    const answer = await this.#ask(
      { type: 'measure-workspace', source, only: this.#only },
      signal,
      () => undefined,
    );
    if (answer.type !== 'workspace-measured') throw describe(answer);
    return answer.sizes;
  }

  /** Writes all that was asked to be stored so far. Rejects as `measure` does; the target is as it was then. */
  async write({ signal, onProgress, ...order }: WritingOrder): Promise<ExportedFile> {
    const source = await this.#describeSource();
    const answer = await this.#ask(
      { type: 'write-workspace', source, only: this.#only, ...order },
      signal,
      onProgress,
    );
    if (answer.type !== 'workspace-written') throw describe(answer);
    return answer;
  }

  async #describeSource(): Promise<ExportSource> {
    const storage = this.#storage;
    const workspaceId = this.#workspaceId;
    await storage.pending();
    const name = storage.databaseName;
    if (name !== null) return { kind: 'database', name, workspaceId };
    const found = await storage.loadRecords(workspaceId);
    const { notebooks, versions, jobs, sessions } = found.records;
    const hashes = new Set([
      ...notebooks.flatMap(listNotebookBlobs),
      ...versions.map(({ blob }) => blob),
      ...jobs.flatMap(listValues).map(({ blob }) => blob),
      ...sessions.flatMap(listSessionBlobs),
    ]);
    const logs = await Promise.all(jobs.map(async ({ id }) => [id, await storage.loadLog(id)] as const));
    const blobs = await Promise.all(
      [...hashes].map(async (hash) => [hash, await storage.readBlob(hash)] as const),
    );
    return {
      kind: 'page',
      found,
      logs: new Map(logs),
      blobs: new Map(blobs.flatMap(([hash, blob]) => (blob ? [[hash, blob] as const] : []))),
    };
  }

  #ask(
    command: Command,
    signal: AbortSignal,
    onProgress: (doneBytes: number, allBytes: number) => void,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const worker = this.#makeWorker();
    return new Promise<Answer>((resolve, reject) => {
      const end = (): void => {
        worker.terminate();
      };
      signal.addEventListener('abort', () => {
        reject(new DOMException('The export was cancelled.', 'AbortError'));
        // It ends by itself, so that a half-written file is put away.
        worker.postMessage({ type: 'cancel' } satisfies ToExportWorker);
        setTimeout(end, longestCancelling);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const cause = event.message || 'its program could not be loaded';
        reject(new Error(`What writes the file stopped (${cause}). Try again.`));
        end();
      });
      worker.addEventListener('message', ({ data }) => {
        const parsed = parseFromExportWorker(data);
        if (!parsed.isOk) {
          reject(new Error(`What writes the file answered what cannot be read: ${parsed.problem}.`));
          end();
        } else if (parsed.value.type !== 'write-progressed') {
          resolve(parsed.value);
          end();
        } else if (!signal.aborted) onProgress(parsed.value.doneBytes, parsed.value.allBytes);
      });
      worker.postMessage(command);
    });
  }
}

function describe(answer: Answer): Error {
  return new Error(answer.type === 'export-failed' ? answer.message : `The answer was “${answer.type}”.`);
}
