import { createImportOptions } from '../../model/import-options.ts';
import { startTableWorker } from '../start-table-worker.ts';
import { TableEngine } from '../TableEngine.ts';
import type { TableSource } from '../TableSource.ts';
import { ImportEngine } from './ImportEngine.ts';
import { startImportWorker } from './start-import-worker.ts';

/** CSV as a table, which is to be closed. */
export interface OpenCsv {
  readonly source: TableSource;
  /** Rows that are not in it. */
  readonly rejectedCount: number;
}

/** A text of so many bytes is looked at here whether there is anything in it. */
const longestBlank = 1000;

/**
 * Reads CSV whose first row names the columns, in workers of its own, of which the last ends when the table is closed:
 * whatever the file holds, the tables of the notebook stay readable. Rejects with an Error that says why it cannot, or an
 * `AbortError`.
 */
export async function openCsv(content: Blob, signal: AbortSignal): Promise<OpenCsv> {
  const engine = new TableEngine(startTableWorker);
  try {
    const { table, rejectedCount } = await makeTable(engine, content, signal);
    signal.throwIfAborted();
    const source: TableSource = {
      summary: table.summary,
      readWindow: (rows, columns, aborted) => table.readWindow(rows, columns, aborted),
      readCell: (row, column) => table.readCell(row, column),
      query: (query, work) => table.query(query, work),
      readStatistics: (column, work) => table.readStatistics(column, work),
      exportFile: (request, work) => table.exportFile(request, work),
      close: () => {
        engine.dispose();
      },
    };
    return { source, rejectedCount };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

async function makeTable(
  engine: TableEngine,
  content: Blob,
  signal: AbortSignal,
): Promise<{ readonly table: TableSource; readonly rejectedCount: number }> {
  if (content.size <= longestBlank && (await content.text()).trim() === '') {
    const { table } = await engine.importDataset({ rowCount: 0, columns: [] });
    return { table, rejectedCount: 0 };
  }
  const options = { ...createImportOptions('csv'), firstRow: 1, hasHeader: true };
  const imported = await new ImportEngine(startImportWorker).load(new File([content], 'CSV'), options, {
    signal,
    onProgress: () => undefined,
  });
  return {
    table: await engine.openTable(imported.content),
    rejectedCount: imported.rejected?.count ?? 0,
  };
}
