import type { ImportOptions } from '../../model/import-options.ts';
import type { ImportedTable, ImportPreview, ImportProgress } from '../../model/import-preview.ts';
import type { FromImportWorker, ToImportWorker } from './import-messages.ts';
import { parseFromImportWorker } from './parse-import-messages.ts';

/** What is used of a Worker, so that tests can stand in for one. */
export type ImportWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type Answer = Exclude<FromImportWorker, { type: 'load-progressed' }>;

/**
 * Makes tables of files. Each file is read in a worker of its own, which ends with it: whatever a file holds, nothing else
 * is held up or lost by it.
 */
export class ImportEngine {
  readonly #makeWorker: () => ImportWorker;

  constructor(makeWorker: () => ImportWorker) {
    this.#makeWorker = makeWorker;
  }

  /**
   * Looks at a file; without options, at what it is. Rejects with an Error that names the file and says what is wrong with
   * it, or with an `AbortError`.
   */
  async preview(file: File, options: ImportOptions | null, signal: AbortSignal): Promise<ImportPreview> {
    const answer = await this.#ask({ type: 'preview-file', file, options }, signal, ignore);
    if (answer.type !== 'file-previewed') throw describe(file, answer);
    return answer.preview;
  }

  /** Reads a whole file; nothing of it is stored yet. Rejects as `preview` does. */
  async load(
    file: File,
    options: ImportOptions,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
  ): Promise<ImportedTable> {
    const answer = await this.#ask(
      { type: 'load-file', file, options },
      signal,
      ({ readBytes, isSecond }) => {
        onProgress({ doneBytes: readBytes, allBytes: file.size, isSecond });
      },
    );
    if (answer.type !== 'file-loaded') throw describe(file, answer);
    const {
      file: content,
      sha256: blob,
      summary,
      fileHash,
      rejected,
      emptied,
      shortRowCount,
      notes,
    } = answer;
    return {
      table: { blob, byteSize: content.size, summary },
      content,
      fileHash,
      rejected,
      emptied,
      shortRowCount,
      notes,
    };
  }

  #ask(
    command: ToImportWorker,
    signal: AbortSignal,
    onProgress: (progress: Extract<FromImportWorker, { type: 'load-progressed' }>) => void,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const worker = this.#makeWorker();
    const name = command.file.name;
    const asked = new Promise<Answer>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new DOMException('The import was cancelled.', 'AbortError'));
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const cause = event.message || 'its program could not be loaded';
        reject(new Error(`“${name}” could not be read: what reads it stopped (${cause}). Try again.`));
      });
      worker.addEventListener('message', ({ data }) => {
        const parsed = parseFromImportWorker(data);
        if (!parsed.isOk) reject(new Error(`“${name}” could not be read: ${parsed.problem}.`));
        else if (parsed.value.type === 'load-progressed') onProgress(parsed.value);
        else resolve(parsed.value);
      });
      worker.postMessage(command);
    });
    return asked.finally(() => {
      worker.terminate();
    });
  }
}

function describe({ name }: File, answer: Answer): Error {
  const reason = answer.type === 'import-failed' ? answer.message : `the answer was “${answer.type}”`;
  return new Error(`“${name}” could not be read: ${reason.replace(/\.+$/, '')}.`);
}

function ignore(): void {
  // A preview tells no progress.
}
