import type { TableFile } from '../table-messages.ts';
import { ArrowFile } from './ArrowFile.ts';
import { exportDataset } from './export-dataset.ts';
import { hashBytes } from './hash-bytes.ts';
import { joinTables } from './join-tables.ts';
import type { TableColumns } from './table-columns.ts';
import { writeArrowFile } from './write-arrow-file.ts';

/** One of the files that hold a table, as far as it was read. */
export interface TablePart {
  readonly table: TableColumns;
  /** Bytes of the file. */
  readonly byteSize: number;
}

/** A file that was written just now. */
export interface WrittenFile {
  readonly file: TableFile;
  readonly table: TableColumns;
}

/** A table with rows behind those that it had. */
export interface AppendedTable {
  readonly table: TableColumns;
  /** So many of the parts before stay as they are. */
  readonly keptCount: number;
  /** The file behind those; null where that is one of the parts before, too, as no rows came. */
  readonly last: WrittenFile | null;
}

/**
 * Puts the rows of a file behind those of a table. Each part is at least twice as large as the next, so that there are few of
 * them; what is smaller is made one with the new rows. Thus a byte is written again only a few times, however often rows
 * are added. Rejects with an Error that names the column that is not the same in both.
 */
export async function appendRows(
  before: readonly TablePart[],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<AppendedTable> {
  const added = await openWritten(bytes);
  const table = await joinTables([...before.map((part) => part.table), added.table]);
  if (table.rowCount === added.table.rowCount) return { table, keptCount: 0, last: added };
  if (added.table.rowCount === 0) return { table, keptCount: before.length - 1, last: null };
  const keptCount = countKept(before, bytes.byteLength);
  if (keptCount === before.length) return { table, keptCount, last: added };
  const merged = await joinTables([...before.slice(keptCount).map((part) => part.table), added.table]);
  const last = await openWritten(writeArrowFile(await exportDataset(merged)));
  const kept = before.slice(0, keptCount).map((part) => part.table);
  return { table: await joinTables([...kept, last.table]), keptCount, last };
}

async function openWritten(bytes: Uint8Array<ArrayBuffer>): Promise<WrittenFile> {
  // It goes on while the browser copies the bytes, and reads of them.
  const hashing = hashBytes(bytes);
  const file = new Blob([bytes], { type: 'application/vnd.apache.arrow.file' });
  const [sha256, table] = await Promise.all([hashing, ArrowFile.open(file)]);
  return { file: { file, sha256, byteSize: bytes.byteLength }, table };
}

function countKept(before: readonly TablePart[], addedSize: number): number {
  let size = addedSize;
  let count = before.length;
  for (let part = before[count - 1]; part && part.byteSize < 2 * size; part = before[count - 1]) {
    size += part.byteSize;
    count -= 1;
  }
  return count;
}
