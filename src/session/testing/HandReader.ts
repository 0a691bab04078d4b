import type { ImportChoice, ImportResult, ImportSummary } from '../../model/workspace-import.ts';
import { ImportId, NotebookId, WorkspaceId } from '../../model/ids.ts';
import { buildImportSummary } from '../../model/testing/build-import-summary.ts';
import { createDeferred, type Deferred } from '../../shared/deferred.ts';
import type { IncomingTools } from '../IncomingFiles.svelte.ts';
import type {
  ImportWatch,
  ReadingOrder,
  ReadWorkspace,
} from '../../storage/workspace-file/WorkspaceImporter.ts';
import type { WorkspaceReader } from '../WorkspaceImport.svelte.ts';

export const importResult: ImportResult = {
  importId: ImportId.from('import'),
  workspaceId: WorkspaceId.from('imported'),
  notebookId: NotebookId.from('first'),
  trashedIds: [],
  losses: [],
};

/** Stands in for what reads and stores workspace files: what it is asked it notes, and a test says what comes of it. */
export class HandReader implements WorkspaceReader {
  readonly names: string[] = [];
  /** What was to be read, by the order of the names. */
  readonly files: Blob[] = [];
  /** Which workspace of each file was asked for. */
  readonly wanted: (WorkspaceId | null)[] = [];
  readonly choices: ImportChoice[] = [];
  disposedCount = 0;
  /** What is told of each file. */
  summary: ImportSummary = buildImportSummary();
  /** Why no file is taken; null where they are. */
  problem: string | null = null;
  /** Where these are there, reading and storing wait for them. */
  reading: Deferred<null> | null = null;
  storing: Deferred<ImportResult> | null = null;
  /** How the last work tells of its progress. */
  onProgress: ImportWatch['onProgress'] = () => undefined;

  async read(file: Blob, { name, wanted = null, signal, onProgress }: ReadingOrder): Promise<ReadWorkspace> {
    this.names.push(name);
    this.wanted.push(wanted);
    this.files.push(file);
    this.onProgress = onProgress;
    await until(this.reading, signal);
    if (this.problem !== null) throw new Error(this.problem);
    return {
      summary: this.summary,
      store: async (choice, watch) => {
        this.choices.push(choice);
        this.onProgress = watch.onProgress;
        return (await until(this.storing, watch.signal)) ?? importResult;
      },
      dispose: () => {
        this.disposedCount += 1;
      },
    };
  }
}

export function createHandTools(
  reader: HandReader,
  fetchFile: IncomingTools['fetchFile'] = () => Promise.reject(new Error('nothing is fetched')),
): IncomingTools {
  return { createReader: () => reader, fetchFile };
}

async function until<Value>(waiting: Deferred<Value> | null, signal: AbortSignal): Promise<Value | null> {
  if (!waiting) return null;
  const { promise: aborted, reject } = createDeferred<never>();
  signal.addEventListener('abort', () => {
    reject(new DOMException('It was cancelled.', 'AbortError'));
  });
  return await Promise.race([waiting.promise, aborted]);
}
