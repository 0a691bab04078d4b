import type { NotebookId } from '../../model/ids.ts';
import { toMessage } from '../../shared/to-message.ts';
import { Database } from '../Database.ts';
import type { ExportSource, FromExportWorker, ToExportWorker } from './export-messages.ts';
import { ExportTarget } from './ExportTarget.ts';
import { keepNotebook } from './keep-notebook.ts';
import { measureRecords } from './measure-records.ts';
import type { FoundRecords } from './workspace-records.ts';
import { writeWorkspaceFile, type WorkspaceReader } from './write-workspace-file.ts';

type Tell = (message: FromExportWorker) => void;

/** What of a workspace is read, until it is closed. */
interface OpenSource extends WorkspaceReader {
  readonly found: FoundRecords;
  readonly close: () => void;
}

/** Does what an export worker is told. Never rejects. */
export async function carryOutExport(
  command: Exclude<ToExportWorker, { type: 'cancel' }>,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  try {
    const opened = await openSource(command.source);
    const { only } = command;
    const source = only === null ? opened : { ...opened, found: keepOnly(opened.found, only) };
    try {
      if (command.type === 'write-workspace') await write(command, source, signal, tell);
      else tell({ type: 'workspace-measured', sizes: measureRecords(source.found.records) });
    } finally {
      source.close();
    }
  } catch (error) {
    tell({ type: 'export-failed', message: describe(error) });
  }
}

function keepOnly({ records, problems }: FoundRecords, only: NotebookId): FoundRecords {
  return { records: keepNotebook(records, only), problems };
}

async function openSource(source: ExportSource): Promise<OpenSource> {
  if (source.kind === 'page') {
    return {
      found: source.found,
      loadLog: (jobId) => Promise.resolve(source.logs.get(jobId) ?? []),
      readBlob: (hash) => Promise.resolve(source.blobs.get(hash) ?? null),
      close: () => undefined,
    };
  }
  const ignore = (): void => undefined;
  const events = { onBlocked: ignore, onOutdated: ignore, onLost: ignore };
  const opened = await Database.open(events, source.name);
  if (!opened.isOk) throw new Error(`The storage cannot be read: ${opened.problem}`);
  const database = opened.value;
  return {
    found: await database.loadRecords(source.workspaceId),
    loadLog: (jobId) => database.loadLog(jobId),
    readBlob: (hash) => database.readBlob(hash),
    close: () => {
      database.close();
    },
  };
}

async function write(
  { picked, appVersion, target: handle }: Extract<ToExportWorker, { type: 'write-workspace' }>,
  source: OpenSource,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const target = await ExportTarget.open(handle);
  try {
    let nextTold = 0;
    const { losses } = await writeWorkspaceFile(source.found, source, (bytes) => target.write(bytes), {
      picked,
      appVersion,
      signal,
      onProgress: (doneBytes, allBytes) => {
        if (doneBytes < nextTold) return;
        nextTold = doneBytes + allBytes / 100;
        tell({ type: 'write-progressed', doneBytes, allBytes });
      },
    });
    signal.throwIfAborted();
    const file = await target.finish();
    const { problems } = source.found;
    tell({ type: 'workspace-written', file, byteSize: target.byteSize, losses: [...losses, ...problems] });
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

function describe(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull
    ? 'There is not enough room for the file. Make room, or leave something out.'
    : toMessage(error);
}
