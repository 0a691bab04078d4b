import { startTableWorker } from './start-table-worker.ts';
import { TableEngine } from './TableEngine.ts';
import type { TableSource } from './TableSource.ts';

/** Bytes of CSV that are read: a table of it takes many times as much memory while it is made. */
const csvByteLimit = 100_000_000;

/**
 * Reads CSV in a worker of its own, which ends when the table is closed: whatever the file holds, the tables of the
 * notebook stay readable. Rejects with an Error that says why it cannot.
 */
export async function openCsv(file: Blob): Promise<TableSource> {
  if (file.size > csvByteLimit) {
    throw new Error(`CSV of more than ${String(csvByteLimit / 1_000_000)} MB is not shown as a table.`);
  }
  const engine = new TableEngine(startTableWorker);
  try {
    const table = await engine.openCsv(file);
    return {
      summary: table.summary,
      readWindow: (rows, columns, signal) => table.readWindow(rows, columns, signal),
      readCell: (row, column) => table.readCell(row, column),
      query: (query, work) => table.query(query, work),
      readStatistics: (column, work) => table.readStatistics(column, work),
      exportFile: (request, work) => table.exportFile(request, work),
      close: () => {
        engine.dispose();
      },
    };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}
