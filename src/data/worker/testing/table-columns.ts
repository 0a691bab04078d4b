import type { Table } from 'apache-arrow';
import { ArrowFile } from '../ArrowFile.ts';
import { OpenTable } from '../OpenTable.ts';
import { readEach, type TableColumns } from '../table-columns.ts';

export async function openBytes(bytes: Uint8Array): Promise<TableColumns> {
  return await ArrowFile.open(new Blob([Uint8Array.from(bytes)]));
}

/** A table from the bytes of an Arrow file. */
export async function openTable(bytes: Uint8Array): Promise<OpenTable> {
  return new OpenTable(await openBytes(bytes));
}

/** A table that lies in memory. */
export function columnsOf({ schema, batches, numRows }: Table): TableColumns {
  let end = 0;
  const ranges = batches.map((batch) => {
    end += batch.numRows;
    return { start: end - batch.numRows, end };
  });
  const readRows: TableColumns['readRows'] = (column, batch, rows) => {
    const data = batches[batch]?.data.children[column];
    if (!data) return Promise.reject(new Error('there is no such column'));
    const from = rows.start - (ranges[batch]?.start ?? 0);
    const length = rows.end - rows.start;
    return Promise.resolve(length === data.length ? data : data.slice(from, length));
  };
  const rowsOf = (batch: number) => ranges[batch] ?? { start: 0, end: 0 };
  return {
    schema,
    rowCount: numRows,
    batches: ranges,
    readRows,
    readColumn: (column, batch) => readRows(column, batch, rowsOf(batch)),
    readColumns: async (columns, batch) =>
      await readEach(columns, (column) => readRows(column, batch, rowsOf(batch))),
  };
}
