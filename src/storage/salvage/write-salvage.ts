import { createPlainName, nameFolders, nameSources } from '../workspace-file/file-names.ts';
import type { Notebook } from '../../model/notebook.ts';
import { readBlobRecord } from '../BlobRecords.ts';
import { parseNotebook } from '../parse-records.ts';
import { ZipWriter, type WriteBytes } from '../workspace-file/ZipWriter.ts';
import { mostBytes, mostEntries } from '../workspace-file/workspace-file-format.ts';
import type { RawDatabase, RawRecord } from './RawDatabase.ts';
import { writeRawJson } from './raw-json.ts';
import {
  aboutPath,
  blobStore,
  keyStore,
  salvageFormatName,
  salvageFormatVersion,
  toRecordsPath,
  type SalvageKind,
} from './salvage-format.ts';

export interface SalvageOptions {
  readonly kind: SalvageKind;
  readonly appVersion: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Told how many bytes were written, before they are packed. */
  readonly onProgress: (doneBytes: number) => void;
}

/** What came of it: how many records and values are in the file, and a sentence for each that is not. */
export interface SalvagedCount {
  readonly recordCount: number;
  readonly valueCount: number;
  readonly losses: readonly string[];
}

const readMe = `This is what a browser had stored of Cahier, as it stood there.

records/   every record that could be read, one line of JSON each, by store
values/    large values, such as tables and models, under their SHA-256 (in a rescue)
notebooks/ what was written in cells, as far as notebooks could be read (in a rescue)
about.json which database it was, and what could not be read

Dropped on the page of Cahier, it is shown, and brought back where you want that.

It holds secrets that were typed into inputs. Give it only to who may know them.
`;

/** Writes what stands in a database as a zip, record by record: what cannot be read is named, and the rest is written. */
export async function writeSalvage(
  database: RawDatabase,
  write: WriteBytes,
  { kind, appVersion, now, signal, onProgress }: SalvageOptions,
): Promise<SalvagedCount> {
  const losses: string[] = [];
  const counts: Record<string, number> = {};
  let doneBytes = 0;
  let entryCount = 0;
  const zip = new ZipWriter(async (bytes) => {
    signal.throwIfAborted();
    await write(bytes);
  });
  const add = async (path: string, content: Blob): Promise<boolean> => {
    // What is over the limits of a zip would make all of it unreadable; a few entries are for what the file says of itself.
    if (entryCount >= mostEntries - 3 || doneBytes + content.size > mostBytes) return false;
    entryCount += 1;
    await zip.add(path, content, (count) => {
      doneBytes += count;
      onProgress(doneBytes);
    });
    return true;
  };
  await add('README.txt', new Blob([readMe]));
  const notebooks: Notebook[] = [];
  const hashes: string[] = [];
  for (const store of database.storeNames) {
    if (store === keyStore) continue;
    const parts: Blob[] = [];
    counts[store] = 0;
    const reading = database.readStore(store);
    for (let next = await reading.next(); ; next = await reading.next()) {
      signal.throwIfAborted();
      if (next.done) {
        if (next.value !== null) losses.push(`The rest of the store ${store} cannot be read: ${next.value}.`);
        break;
      }
      const lines = next.value.flatMap((record) => describeRecord(store, record, losses));
      counts[store] += lines.length;
      parts.push(new Blob(lines));
      for (const record of next.value) {
        if (!('value' in record)) continue;
        const parsed = store === 'notebooks' ? parseNotebook(record.value) : null;
        if (parsed?.isOk) notebooks.push(parsed.value);
        if (store === blobStore) hashes.push(record.key);
      }
    }
    const isAdded = await add(toRecordsPath(createPlainStoreName(store)), new Blob(parts));
    if (!isAdded) losses.push(`The store ${store} has no room in one file.`);
  }
  let valueCount = 0;
  if (kind === 'rescue') {
    await addSources(notebooks, add);
    for (const hash of hashes) valueCount += Number(await addValue(database, hash, add, losses));
  }
  const about = {
    format: salvageFormatName,
    formatVersion: salvageFormatVersion,
    kind,
    appVersion,
    database: { name: database.name, version: database.version },
    writtenAt: now,
    records: counts,
    valueCount,
    losses,
  };
  await zip.add(aboutPath, new Blob([`${JSON.stringify(about, null, 2)}\n`]), () => undefined);
  await zip.finish();
  return { recordCount: Object.values(counts).reduce((sum, count) => sum + count, 0), valueCount, losses };
}

function describeRecord(store: string, record: RawRecord, losses: string[]): string[] {
  if ('reason' in record) {
    losses.push(`A record of ${store} cannot be read (${record.key}): ${record.reason}.`);
    return [];
  }
  try {
    // Of a value its name and size: its bytes are a file of their own, or stay where they are.
    const value = store === blobStore ? nameValue(record.value) : record.value;
    return [`${writeRawJson(value)}\n`];
  } catch (error) {
    losses.push(`A record of ${store} cannot be written (${record.key}): ${String(error)}.`);
    return [];
  }
}

function nameValue(record: unknown): unknown {
  const content = readBlobRecord(record);
  if (typeof record !== 'object' || record === null || !content) return record;
  return { ...record, content: undefined, mediaType: content.type, byteSize: content.size };
}

async function addSources(
  notebooks: readonly Notebook[],
  add: (path: string, content: Blob) => Promise<boolean>,
): Promise<void> {
  for (const [notebook, folder] of nameFolders(notebooks)) {
    for (const [cell, name] of nameSources(notebook.cells)) {
      if ('source' in cell) await add(`notebooks/${folder}/${name}`, new Blob([cell.source]));
    }
  }
}

async function addValue(
  database: RawDatabase,
  hash: string,
  add: (path: string, content: Blob) => Promise<boolean>,
  losses: string[],
): Promise<boolean> {
  try {
    const content = readBlobRecord(await database.read(blobStore, hash));
    if (!content) {
      losses.push(`The value ${hash} has no bytes.`);
      return false;
    }
    // Read first: bytes that are gone would leave half a file in the zip.
    await readThrough(content);
    if (await add(`values/${createPlainStoreName(hash)}`, content)) return true;
    losses.push(`The value ${hash} has no room in one file.`);
  } catch (error) {
    losses.push(`The value ${hash} cannot be read: ${String(error)}.`);
  }
  return false;
}

const pieceBytes = 4_000_000;

async function readThrough(content: Blob): Promise<void> {
  for (let start = 0; start < content.size; start += pieceBytes) {
    await content.slice(start, start + pieceBytes).arrayBuffer();
  }
}

/** What names files in a zip comes from a database that may hold anything. */
function createPlainStoreName(name: string): string {
  return /^[A-Za-z0-9-]{1,80}$/.test(name) ? name : createPlainName(name, 'store');
}
