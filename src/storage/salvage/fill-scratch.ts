import * as v from 'valibot';
import { WorkspaceId } from '../../model/ids.ts';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, type Result } from '../../shared/result.ts';
import { toMessage } from '../../shared/to-message.ts';
import { parseJsonText } from '../workspace-file/parse-json-text.ts';
import type { ZipReader } from '../workspace-file/ZipReader.ts';
import type { Losses } from './Losses.ts';
import { readLines } from './read-lines.ts';
import { readRawJson } from './read-raw-json.ts';
import { blobStore, keyStore, readRecordsPath } from './salvage-format.ts';
import type { NamedRecord, ScratchDatabase } from './ScratchDatabase.ts';

/** What is known of the records once they are in a database. */
export interface FilledRecords {
  /** Of the values that the database had, by hash. */
  readonly mediaTypes: ReadonlyMap<string, string>;
  /** The workspaces that notebooks name as theirs. */
  readonly workspaceIds: ReadonlySet<WorkspaceId>;
}

const blobRecord = v.object({ hash: v.string(), mediaType: v.string() });
const ownedRecord = v.object({ workspaceId: v.string() });

/** Puts the records of a backup or a rescue into a database of their version, as they are; what cannot be put is named. */
export async function fillScratch(
  zip: ZipReader,
  scratch: ScratchDatabase,
  losses: Losses,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<FilledRecords> {
  const mediaTypes = new Map<string, string>();
  const workspaceIds = new Set<WorkspaceId>();
  const take = async (store: string, records: readonly NamedRecord[]): Promise<void> => {
    if (store === blobStore) {
      for (const { value } of records) {
        const parsed = parseValue(blobRecord, value);
        if (parsed.isOk) mediaTypes.set(parsed.value.hash, parsed.value.mediaType);
      }
      return;
    }
    if (store === 'notebooks') {
      for (const { value } of records) {
        const parsed = parseValue(ownedRecord, value);
        if (parsed.isOk) workspaceIds.add(WorkspaceId.from(parsed.value.workspaceId));
      }
    }
    losses.add(...(await scratch.put(store, records)));
  };
  for (const { path, unpackedBytes } of zip.entries) {
    const store = readRecordsPath(path);
    if (store === null) continue;
    if (store === keyStore || !scratch.has(store)) {
      losses.add(`${path} was left out: Cahier knows no such records.`);
    } else {
      await readStore(zip, path, losses, signal, (records) => take(store, records));
    }
    onBytes(unpackedBytes);
  }
  return { mediaTypes, workspaceIds };
}

async function readStore(
  zip: ZipReader,
  path: string,
  losses: Losses,
  signal: AbortSignal,
  take: (records: readonly NamedRecord[]) => Promise<void>,
): Promise<void> {
  const content = await zip.readBlob(path, '', signal);
  if (!content.isOk) {
    losses.add(`${path} cannot be read: ${content.problem}.`);
    return;
  }
  let number = 0;
  const lines = readLines(content.value, signal);
  for (;;) {
    let next: IteratorResult<readonly string[]>;
    try {
      next = await lines.next();
    } catch (error) {
      signal.throwIfAborted();
      losses.add(`The rest of ${path} cannot be read, after ${number} records: ${toMessage(error)}`);
      return;
    }
    if (next.done) return;
    const records: NamedRecord[] = [];
    for (const line of next.value) {
      number += 1;
      const name = `Record ${number} of ${path}`;
      const record = readLine(line);
      if (record.isOk) records.push({ name, value: record.value });
      else losses.add(`${name} cannot be read: ${record.problem}.`);
    }
    await take(records);
  }
}

function readLine(line: string): Result<unknown, string> {
  const json = parseJsonText(line);
  if (!json.isOk) return json;
  if (typeof json.value !== 'object' || json.value === null) return fail('it is no record');
  return readRawJson(json.value);
}
