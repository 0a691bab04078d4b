import { BlobHash, type WorkspaceId } from '../../model/ids.ts';
import { standardWorkspaceTitle } from '../../model/workspace.ts';
import type { SalvagedFile, SalvagedWorkspace } from '../../model/workspace-import.ts';
import { allParts } from '../../model/workspace-parts.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { toMessage } from '../../shared/to-message.ts';
import type { Database } from '../Database.ts';
import type { FileProblem } from '../workspace-file/file-problem.ts';
import { findReferenceProblem } from '../workspace-file/find-reference-problem.ts';
import { listNamedValues } from '../workspace-file/list-values.ts';
import { readHashed, readJson } from '../workspace-file/read-entries.ts';
import type { CheckingOptions, WorkspaceContent } from '../workspace-file/read-workspace-file.ts';
import { UnpackedValues } from '../workspace-file/UnpackedValues.ts';
import {
  formatName,
  formatVersion,
  mostTextsBytes,
  readValuePath,
  zipLimits,
  type AbsentValue,
  type Manifest,
  type ManifestEntry,
} from '../workspace-file/workspace-file-format.ts';
import type { WorkspaceRecords } from '../workspace-file/workspace-records.ts';
import { ZipReader } from '../workspace-file/ZipReader.ts';
import { fillScratch, type FilledRecords } from './fill-scratch.ts';
import { KeptLogs } from './KeptLogs.ts';
import { Losses } from './Losses.ts';
import { parseAbout, type About } from './parse-about.ts';
import { aboutPath, isSalvage, readRecordsPath } from './salvage-format.ts';
import { ScratchDatabase } from './ScratchDatabase.ts';
import { settleRecords } from './settle-records.ts';

/** What of a backup or a rescue can be taken over, as if it came with a workspace file. */
export interface SalvagedContent extends WorkspaceContent {
  readonly salvaged: SalvagedFile;
  /** Of all that is in the file, unpacked. */
  readonly byteSize: number;
}

export interface SalvageReading extends Pick<CheckingOptions, 'onProgress'> {
  /** Which of its workspaces; null for the one that was open. */
  readonly wanted: WorkspaceId | null;
  readonly signal: AbortSignal;
}

/** More are not offered. */
const mostWorkspaces = 200;

/** Whether a file is a backup or a rescue. */
export async function looksSalvaged(file: Blob): Promise<boolean> {
  const opened = await ZipReader.open(file, zipLimits);
  return opened.isOk && isSalvage(new Set(opened.value.entries.map(({ path }) => path)));
}

/**
 * Reads a backup or a rescue, whoever made it: its records are put into a database of their version beside that of the app,
 * brought to the newest by the migrations of every database, and checked by what checks every record. What cannot be read is
 * named, and the rest is taken. The problem is why nothing can be. Rejects with an `AbortError` once the signal is aborted.
 */
export async function readSalvage(
  file: Blob,
  { wanted, signal, onProgress }: SalvageReading,
): Promise<Result<SalvagedContent, FileProblem>> {
  const opened = await ZipReader.open(file, zipLimits);
  if (!opened.isOk) return refuse(null, `The file cannot be read: ${opened.problem}.`);
  const zip = opened.value;
  const about = await readAbout(zip);
  if (!about.isOk) return about;
  const sizes = measure(zip);
  if (sizes.recordBytes > mostTextsBytes) return refuse(null, 'The file holds more than 1 GB of records.');
  const byteSize = sizes.recordBytes + sizes.valueBytes;
  let doneBytes = 0;
  const onBytes = (count: number): void => {
    doneBytes += count;
    onProgress?.(Math.min(doneBytes, byteSize), byteSize);
  };
  const losses = new Losses();
  losses.add(...about.value.losses);
  const scratch = await ScratchDatabase.create(about.value.databaseVersion);
  let taken: TakenRecords;
  let filled: FilledRecords;
  try {
    filled = await fillScratch(zip, scratch, losses, signal, onBytes);
    const database = await scratch.openNewest();
    try {
      taken = await takeRecords(scratch, database, filled, wanted, losses, signal);
    } finally {
      database.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return refuse(null, describeFailure(error));
  } finally {
    await scratch.remove();
  }
  const values = await checkValues(zip, taken.records, filled, signal, onBytes);
  const isBackup = about.value.kind === 'backup';
  const absent = listNamedValues(taken.records).flatMap(({ hash }): AbsentValue[] => {
    if (values.entries.has(hash)) return [];
    // Backups hold none: they are where the records were, if anywhere.
    return [
      { sha256: hash, reason: isBackup ? 'not-picked' : values.altered.has(hash) ? 'altered' : 'missing' },
    ];
  });
  const manifest: Manifest = {
    format: formatName,
    formatVersion,
    appVersion: about.value.appVersion,
    picked: allParts,
    entries: [...values.entries.values()],
    absent,
    problems: losses.list(),
  };
  const problem = findReferenceProblem(taken.records, manifest, new Map());
  if (problem) return fail(problem);
  return succeed({
    manifest,
    records: taken.records,
    readLog: (jobId) => taken.logs.read(jobId),
    readLogNow: (jobId, readBytes) => taken.logs.readNow(jobId, readBytes),
    readValue: async (hash, aborting) => {
      const entry = values.entries.get(hash);
      return entry ? await values.unpacked.read(entry, aborting) : null;
    },
    salvaged: {
      kind: about.value.kind,
      writtenAt: about.value.writtenAt,
      workspaces: taken.workspaces,
      chosen: taken.records.workspace.id,
      distrustedCount: taken.distrustedCount,
    },
    byteSize,
  });
}

async function readAbout(zip: ZipReader): Promise<Result<About, FileProblem>> {
  const json = await readJson(zip, aboutPath);
  if (!json) return refuse(null, `This is no backup of Cahier: it has no ${aboutPath}.`);
  if (!json.isOk) return refuse(aboutPath, json.problem);
  const about = parseAbout(json.value);
  return about.isOk ? about : refuse(aboutPath, about.problem);
}

function measure({ entries }: ZipReader): { readonly recordBytes: number; readonly valueBytes: number } {
  const sum = (isCounted: (path: string) => boolean): number =>
    entries.reduce((all, { path, unpackedBytes }) => (isCounted(path) ? all + unpackedBytes : all), 0);
  return {
    recordBytes: sum((path) => readRecordsPath(path) !== null),
    valueBytes: sum((path) => readValuePath(path) !== null),
  };
}

/** What was taken of a database before it went. */
interface TakenRecords {
  readonly records: WorkspaceRecords;
  readonly logs: KeptLogs;
  readonly workspaces: readonly SalvagedWorkspace[];
  readonly distrustedCount: number;
}

const namelessWorkspace =
  'What was stored of a workspace itself cannot be read: what is in it was taken without its name.';

async function takeRecords(
  scratch: ScratchDatabase,
  database: Database,
  { workspaceIds }: FilledRecords,
  wanted: WorkspaceId | null,
  losses: Losses,
  signal: AbortSignal,
): Promise<TakenRecords> {
  const readable = new Set((await database.listWorkspaces()).values.map(({ id }) => id));
  const lost = [...workspaceIds].filter((id) => !readable.has(id));
  const made = lost
    .slice(0, mostWorkspaces)
    .map((workspaceId) => ({ id: workspaceId, title: standardWorkspaceTitle, createdAt: 0 }));
  losses.add(...made.map(() => namelessWorkspace));
  await scratch.addWorkspaces(made);
  const id = await database.openWorkspace(wanted);
  const { values: entries } = await database.listWorkspaces();
  // Of one in the trash, which is not opened by itself, somebody may want what is in it all the same.
  const chosen = entries.find((entry) => entry.id === wanted)?.id ?? id;
  const found = await database.loadRecords(chosen);
  const settled = settleRecords(found.records);
  losses.add(...found.problems, ...settled.losses);
  const logs = await KeptLogs.keep(settled.records.jobs, (jobId) => database.loadLog(jobId), signal);
  const imports = (await database.loadImports()).values;
  const trusted = new Set(imports.filter(({ isTrusted }) => isTrusted).map((file) => file.id));
  const settledIds = new Set(settled.records.notebooks.map((notebook) => notebook.id));
  const contents = await database.countContents();
  return {
    records: settled.records,
    logs,
    workspaces: entries.slice(0, mostWorkspaces).map((entry) => ({
      id: entry.id,
      title: entry.title,
      notebookCount: contents.get(entry.id)?.notebookCount ?? 0,
      isInTrash: entry.deletedAt !== null,
    })),
    distrustedCount: found.records.notebooks.filter(
      (notebook) =>
        settledIds.has(notebook.id) && notebook.importId !== undefined && !trusted.has(notebook.importId),
    ).length,
  };
}

/** Values that are named and whole, by hash. */
interface CheckedValues {
  readonly entries: ReadonlyMap<BlobHash, ManifestEntry>;
  readonly altered: ReadonlySet<BlobHash>;
  readonly unpacked: UnpackedValues;
}

async function checkValues(
  zip: ZipReader,
  records: WorkspaceRecords,
  { mediaTypes }: FilledRecords,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<CheckedValues> {
  const named = new Set<string>(listNamedValues(records).map(({ hash }) => hash));
  const entries = new Map<BlobHash, ManifestEntry>();
  const altered = new Set<BlobHash>();
  const unpacked = new UnpackedValues(zip);
  for (const { path, unpackedBytes: byteSize } of zip.entries) {
    const hash = readValuePath(path);
    if (hash === null) continue;
    if (!named.has(hash)) {
      onBytes(byteSize);
      continue;
    }
    const sha256 = BlobHash.from(hash);
    const read = await readHashed(zip, path, byteSize, onBytes, signal);
    if (!read.isOk || read.value.hash !== hash) {
      altered.add(sha256);
      continue;
    }
    const entry: ManifestEntry = { path, byteSize, sha256, mediaType: mediaTypes.get(hash) ?? '' };
    entries.set(sha256, entry);
    if (read.value.content) unpacked.add(entry, read.value.content);
  }
  return { entries, altered, unpacked };
}

function describeFailure(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull
    ? 'This browser has not enough room to read what is in the file. Make room under “Storage”, and open it again.'
    : `What is in the file cannot be brought up to date: ${toMessage(error)}`;
}

function refuse(entry: string | null, reason: string): Result<never, FileProblem> {
  return fail({ entry, reason });
}
