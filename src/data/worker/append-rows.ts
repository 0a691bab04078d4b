import type { Table } from 'apache-arrow';
import { exportDataset } from './export-dataset.ts';
import { joinTables } from './join-tables.ts';
import { readArrowFile } from './read-arrow-file.ts';
import { writeArrowFile } from './write-arrow-file.ts';

/** One of the files that hold a table, as it was read. */
export interface TablePart {
  readonly table: Table;
  /** Bytes of the file. */
  readonly byteSize: number;
}

/** A table with rows behind those that it had. */
export interface AppendedTable {
  readonly table: Table;
  /** So many of the parts before stay as they are. */
  readonly keptCount: number;
  /** The file behind those; null where that is one of the parts before, too, as no rows came. */
  readonly last: { readonly bytes: Uint8Array<ArrayBuffer>; readonly table: Table } | null;
}

/**
 * Puts the rows of a file behind those of a table. Each part is at least twice as large as the next, so that there are few of
 * them; what is smaller is made one with the new rows. Thus a byte is written again only a few times, however often rows
 * are added. Throws an Error that names the column that is not the same in both.
 */
export function appendRows(before: readonly TablePart[], bytes: Uint8Array<ArrayBuffer>): AppendedTable {
  const added = readArrowFile(bytes);
  const table = joinTables([...before.map((part) => part.table), added]);
  if (table.numRows === added.numRows) return { table, keptCount: 0, last: { bytes, table: added } };
  if (added.numRows === 0) return { table, keptCount: before.length - 1, last: null };
  const keptCount = countKept(before, bytes.byteLength);
  if (keptCount === before.length) return { table, keptCount, last: { bytes, table: added } };
  const written = writeArrowFile(
    exportDataset(joinTables([...before.slice(keptCount).map((part) => part.table), added])),
  );
  const last = { bytes: written, table: readArrowFile(written) };
  return {
    table: joinTables([...before.slice(0, keptCount).map((part) => part.table), last.table]),
    keptCount,
    last,
  };
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
