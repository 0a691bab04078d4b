import type { BlobHash, JobId } from '../../model/ids.ts';
import type { LogEntry } from '../../model/job.ts';
import { isTaken, settleParts, type PickedParts } from '../../model/workspace-parts.ts';
import { chooseRecords } from './choose-records.ts';
import { hashBlob, type HashedBlob } from './hash-blob.ts';
import { listNamedValues, type NamedValue } from './list-values.ts';
import { planLogs, planTexts, type PlannedLog, type PlannedText } from './plan-texts.ts';
import { writeStableJson } from './stable-json.ts';
import {
  formatName,
  formatVersion,
  manifestPath,
  mostBytes,
  mostEntries,
  toValuePath,
  type AbsentReason,
  type AbsentValue,
  type Manifest,
  type ManifestEntry,
} from './workspace-file-format.ts';
import type { FoundRecords } from './workspace-records.ts';
import { ZipWriter, type WriteBytes } from './ZipWriter.ts';

/** What is read one by one while a workspace is written. */
export interface WorkspaceReader {
  readonly loadLog: (jobId: JobId) => Promise<readonly LogEntry[]>;
  /** Null where it is not there. */
  readonly readBlob: (hash: BlobHash) => Promise<Blob | null>;
}

export interface WritingOptions {
  readonly picked: PickedParts;
  readonly appVersion: string;
  readonly signal: AbortSignal;
  /** Told how many bytes are written, before they are packed, of about how many. */
  readonly onProgress: (doneBytes: number, allBytes: number) => void;
}

type PlannedEntry =
  | { readonly kind: 'text'; readonly path: string; readonly text: PlannedText }
  | { readonly kind: 'log'; readonly path: string; readonly log: PlannedLog }
  | { readonly kind: 'value'; readonly path: string; readonly value: NamedValue };

/** What came of the writing. */
export interface WrittenFile {
  readonly manifest: Manifest;
  /** A sentence for each value that was to go along and could not. */
  readonly losses: readonly string[];
}

/**
 * Writes a workspace as one file. The same workspace gives the same bytes. Values that are missing or altered stay out and
 * stand in the manifest. Rejects with a sentence where it would be too large, with what `write` rejects
 * with, and with an `AbortError` once the signal is aborted.
 */
export async function writeWorkspaceFile(
  { records: found, problems }: FoundRecords,
  reader: WorkspaceReader,
  write: WriteBytes,
  { picked, appVersion, signal, onProgress }: WritingOptions,
): Promise<WrittenFile> {
  const settled = settleParts(picked);
  const records = chooseRecords(found, settled);
  const values = listNamedValues(records);
  const absent: AbsentValue[] = [];
  const losses: string[] = [];
  const planned: PlannedEntry[] = [
    ...planTexts(records).map((text): PlannedEntry => ({ kind: 'text', path: text.path, text })),
    ...planLogs(records).map((log): PlannedEntry => ({ kind: 'log', path: log.path, log })),
  ];
  for (const value of values) {
    if (isTaken(value.parts, settled))
      planned.push({ kind: 'value', path: toValuePath(value.hash, value.ending), value });
    else absent.push({ sha256: value.hash, reason: 'not-picked' });
  }
  planned.sort((one, other) => (one.path < other.path ? -1 : 1));
  const logBytes = records.jobs.reduce((sum, job) => sum + job.logBytes, 0);
  const allBytes = planned.reduce(
    (sum, entry) => (entry.kind === 'value' ? sum + entry.value.byteSize : sum),
    logBytes,
  );
  if (planned.length > mostEntries) throw new Error(tooManyFiles);
  if (allBytes > mostBytes) throw new Error(tooLarge);
  let doneBytes = 0;
  const zip = new ZipWriter(async (bytes) => {
    signal.throwIfAborted();
    await write(bytes);
  });
  const entries: ManifestEntry[] = [];
  const add = async (path: string, content: Blob, { hash, bytes }: HashedBlob): Promise<void> => {
    await zip.add(path, bytes ?? content, (count) => {
      doneBytes += count;
      onProgress(doneBytes, Math.max(allBytes, doneBytes));
    });
    if (doneBytes > mostBytes) throw new Error(tooLarge);
    entries.push({
      path,
      byteSize: content.size,
      sha256: hash,
      ...(content.type !== '' && { mediaType: content.type }),
    });
  };
  for (const entry of planned) {
    signal.throwIfAborted();
    if (entry.kind === 'value') {
      const content = await readValue(reader, entry.value);
      if (typeof content === 'object') await add(entry.path, content.content, content.hashed);
      else {
        absent.push({ sha256: entry.value.hash, reason: content });
        losses.push(describeLoss(entry.value, content));
      }
      continue;
    }
    const content = entry.kind === 'text' ? writeText(entry.text) : await writeLog(reader, entry.log);
    if (content) await add(entry.path, content, await hashBlob(content));
  }
  const manifest: Manifest = {
    format: formatName,
    formatVersion,
    appVersion,
    picked: settled,
    entries,
    absent: absent.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1)),
    problems: [...problems].sort(),
  };
  await zip.add(manifestPath, new Blob([writeStableJson(manifest)]), () => undefined);
  await zip.finish();
  return { manifest, losses };
}

function describeLoss({ what }: NamedValue, reason: 'missing' | 'altered'): string {
  const sentence =
    reason === 'missing'
      ? `${what} is not in this browser’s storage any more.`
      : `${what} was damaged in this browser’s storage.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const tooManyFiles =
  'The workspace has more parts than fit into one file. Leave out the history, or delete old sessions.';
const tooLarge = 'This is more than 4 GB, too much for one file. Leave something out.';

function writeText({ write }: PlannedText): Blob {
  return new Blob([...write()]);
}

/** Null for a log that says nothing, or that went with its job meanwhile. */
async function writeLog({ loadLog }: WorkspaceReader, { jobId }: PlannedLog): Promise<Blob | null> {
  const entries = await loadLog(jobId);
  return entries.length === 0 ? null : new Blob([writeStableJson({ jobId, entries })]);
}

async function readValue(
  { readBlob }: WorkspaceReader,
  { hash }: NamedValue,
): Promise<{ readonly content: Blob; readonly hashed: HashedBlob } | Exclude<AbsentReason, 'not-picked'>> {
  const content = await readBlob(hash);
  if (!content) return 'missing';
  try {
    const hashed = await hashBlob(content);
    return hashed.hash === hash ? { content, hashed } : 'altered';
  } catch {
    // What the browser cannot read any more, such as one whose file on disk is gone.
    return 'missing';
  }
}
