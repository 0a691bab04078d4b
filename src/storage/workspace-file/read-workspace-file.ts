import type { BlobHash, JobId } from '../../model/ids.ts';
import type { LogEntry } from '../../model/job.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { parseLogRecord } from '../parse-records.ts';
import type { LogRecord } from '../schema.ts';
import { formatSteps, migrateTexts, type FormatStep } from './format-migrations.ts';
import { gatherRecords, type LogPlace } from './gather-records.ts';
import { findReferenceProblem } from './find-reference-problem.ts';
import type { FileProblem } from './file-problem.ts';
import { parseJsonText } from './parse-json-text.ts';
import { parseManifest } from './parse-manifest.ts';
import { decodeText, readHashed, readJson, readText } from './read-entries.ts';
import { UnpackedValues } from './UnpackedValues.ts';
import {
  manifestPath,
  mostTextBytes,
  mostTextsBytes,
  readValuePath,
  tooLong,
  zipLimits,
  type Manifest,
  type ManifestEntry,
} from './workspace-file-format.ts';
import type { WorkspaceRecords } from './workspace-records.ts';
import { ZipReader } from './ZipReader.ts';

/** What a workspace file holds, all of it checked. Logs and values are read from the file when they are asked for. */
export interface WorkspaceContent {
  readonly manifest: Manifest;
  readonly records: WorkspaceRecords;
  readonly readLog: (jobId: JobId) => Promise<readonly LogEntry[]>;
  /** The same without waiting, within a transaction; `readBytes` gives what a part of the file holds. Throws where the file was changed. */
  readonly readLogNow: (jobId: JobId, readBytes: (part: Blob) => ArrayBuffer) => readonly LogEntry[];
  /** Null for one that is not in the file. Rejects with an `AbortError` once the signal is aborted. */
  readonly readValue: (hash: BlobHash, signal?: AbortSignal) => Promise<Blob | null>;
}

export interface CheckingOptions {
  /** Told how many bytes are checked, as they are unpacked. */
  readonly onProgress?: (doneBytes: number, allBytes: number) => void;
  readonly signal?: AbortSignal;
  /** What is known of older versions of the format. */
  readonly steps?: readonly FormatStep[];
}

/**
 * Reads a workspace file, whoever made it, and checks all of it: the zip and its names, sizes and hashes, every record, and
 * what they name of one another. Its problem is the first that was found. Values are whole in memory one at a time, and
 * those of more than 256 MB never. A file of an older version of the format is brought to the newest. Rejects with an `AbortError` once the signal is aborted.
 */
export async function readWorkspaceFile(
  file: Blob,
  { onProgress, signal, steps = formatSteps }: CheckingOptions = {},
): Promise<Result<WorkspaceContent, FileProblem>> {
  const opened = await ZipReader.open(file, zipLimits);
  if (!opened.isOk) return refuse(null, `The file cannot be read: ${opened.problem}.`);
  const zip = opened.value;
  const manifest = await readManifest(zip, steps.length + 1);
  if (!manifest.isOk) return manifest;
  const mismatch = findMismatch(zip, manifest.value);
  if (mismatch) return fail(mismatch);
  const texts = new Map<string, string>();
  const logs = new Map<JobId, LogPlace>();
  const unpacked = new UnpackedValues(zip);
  const allBytes = manifest.value.entries.reduce((sum, { byteSize }) => sum + byteSize, 0);
  let doneBytes = 0;
  for (const entry of manifest.value.entries) {
    const content = await readEntry(zip, entry, signal, (count) => {
      doneBytes += count;
      onProgress?.(doneBytes, allBytes);
    });
    if (!content.isOk) return refuse(entry.path, content.problem);
    if (readValuePath(entry.path) !== null) {
      if (content.value) unpacked.add(entry, content.value);
      continue;
    }
    const text = content.value ? decodeText(content.value) : fail(tooLong);
    if (!text.isOk) return refuse(entry.path, text.problem);
    const log = readLogPlace(entry.path, text.value);
    if (!log) texts.set(entry.path, text.value);
    else if (!log.isOk) return refuse(entry.path, log.problem);
    else if (logs.has(log.value.jobId)) return refuse(entry.path, 'It is the second log of its job.');
    else logs.set(log.value.jobId, log.value);
  }
  const migrated = migrateTexts(texts, manifest.value.formatVersion, steps);
  if (!migrated.isOk) return migrated;
  const records = gatherRecords(migrated.value);
  if (!records.isOk) return records;
  const problem = findReferenceProblem(records.value, manifest.value, logs);
  if (problem) return fail(problem);
  return succeed(createContent(zip, manifest.value, records.value, logs, unpacked));
}

async function readManifest(zip: ZipReader, newest: number): Promise<Result<Manifest, FileProblem>> {
  const json = await readJson(zip, manifestPath);
  if (!json) return refuse(null, `This is no workspace of Cahier: it has no ${manifestPath}.`);
  if (!json.isOk) return refuse(manifestPath, json.problem);
  const parsed = parseManifest(json.value, newest);
  return parsed.isOk ? parsed : refuse(manifestPath, parsed.problem);
}

/** Whether the zip holds what the manifest says, by names and sizes. */
function findMismatch(zip: ZipReader, { entries }: Manifest): FileProblem | null {
  const sizes = new Map(zip.entries.map(({ path, unpackedBytes }) => [path, unpackedBytes]));
  sizes.delete(manifestPath);
  let textBytes = 0;
  for (const { path, byteSize } of entries) {
    const found = sizes.get(path);
    if (found === undefined) {
      return { entry: path, reason: 'It is in the manifest and not in the zip, or it is there twice.' };
    }
    if (found !== byteSize) return { entry: path, reason: 'Its size is not what the manifest says.' };
    sizes.delete(path);
    if (readValuePath(path) !== null) continue;
    if (byteSize > mostTextBytes) return { entry: path, reason: tooLong };
    textBytes += byteSize;
  }
  const [unnamed] = sizes.keys();
  if (unnamed !== undefined) return { entry: unnamed, reason: 'It is not in the manifest.' };
  return textBytes > mostTextsBytes
    ? { entry: null, reason: 'The file holds more than 1 GB of text.' }
    : null;
}

/** Reads one file and compares its hash; its bytes where they are few enough to be whole in memory, else null. The problem is a sentence. */
async function readEntry(
  zip: ZipReader,
  { path, sha256, byteSize }: ManifestEntry,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer> | null, string>> {
  const read = await readHashed(zip, path, byteSize, onBytes, signal);
  if (!read.isOk) return read;
  const { hash, content } = read.value;
  if (hash !== sha256) return fail('Its SHA-256 is not what the manifest says: it was altered.');
  const valueHash = readValuePath(path);
  if (valueHash !== null && valueHash !== sha256) return fail('Its SHA-256 is not what its name says.');
  return succeed(content);
}

const logPath = /^results\/[a-z0-9-]+\/logs\/[a-z0-9-]+\.json$/;

/** Whose log this is; null for what is none. A log is checked and not kept. */
function readLogPlace(path: string, text: string): Result<LogPlace, string> | null {
  if (!logPath.test(path)) return null;
  const log = parseLogText(text);
  return log.isOk ? succeed({ path, jobId: log.value.jobId }) : log;
}

function parseLogText(text: string): Result<LogRecord, string> {
  const json = parseJsonText(text);
  if (!json.isOk) return fail(`It cannot be read: ${json.problem}.`);
  const parsed = parseLogRecord(json.value);
  return parsed.isOk ? parsed : fail(`It is not as it should be, ${parsed.problem}.`);
}

function createContent(
  zip: ZipReader,
  manifest: Manifest,
  records: WorkspaceRecords,
  logs: ReadonlyMap<JobId, LogPlace>,
  unpacked: UnpackedValues,
): WorkspaceContent {
  const values = new Map(manifest.entries.map((entry) => [readValuePath(entry.path), entry]));
  return {
    manifest,
    records,
    readLog: async (jobId) => {
      const place = logs.get(jobId);
      if (!place) return [];
      const text = await readText(zip, place.path);
      const log = text.isOk ? parseLogText(text.value) : text;
      if (!log.isOk) throw new Error(log.problem);
      return log.value.entries;
    },
    readLogNow: (jobId, readBytes) => {
      const place = logs.get(jobId);
      if (!place) return [];
      const bytes = zip.readNow(place.path, readBytes);
      const text = bytes.isOk ? decodeText(bytes.value) : bytes;
      const log = text.isOk ? parseLogText(text.value) : text;
      if (!log.isOk) throw new Error(log.problem);
      return log.value.entries;
    },
    readValue: async (hash, signal) => {
      const entry = values.get(hash);
      return entry ? await unpacked.read(entry, signal) : null;
    },
  };
}

function refuse(entry: string | null, reason: string): Result<never, FileProblem> {
  return fail({ entry, reason });
}
