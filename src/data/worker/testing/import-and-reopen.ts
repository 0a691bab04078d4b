import type { DatasetBuffers, DatasetSummary } from '../../../model/dataset.ts';
import type { CellWindow, IndexRange } from '../../TableSource.ts';
import { TableStore } from '../TableStore.ts';

const everything: IndexRange = { start: 0, end: 1000 };

/** Imports, opens what was stored in another store, and hands out both. */
export async function importAndReopen(buffers: DatasetBuffers) {
  const store = new TableStore();
  const imported = await store.handle({ type: 'import-dataset', requestId: 1, buffers, before: [] });
  if (imported.type !== 'dataset-imported') throw new Error(JSON.stringify(imported));
  const { file, sha256, byteSize } = imported;
  const other = new TableStore();
  const opened = await other.handle({ type: 'open-table', requestId: 2, files: [file] });
  if (opened.type !== 'table-opened') throw new Error(JSON.stringify(opened));
  return { imported: access(store, imported), reopened: access(other, opened), file, sha256, byteSize };
}

function access(store: TableStore, { tableId, summary }: { tableId: number; summary: DatasetSummary }) {
  return {
    summary,
    readWindow: async (rows = everything, columns = everything) => {
      const answer = await store.handle({ type: 'read-window', requestId: 3, tableId, rows, columns });
      if (answer.type !== 'window-read') throw new Error(JSON.stringify(answer));
      return answer.window;
    },
    readCell: async (row: number, column: number) => {
      const answer = await store.handle({ type: 'read-cell', requestId: 4, tableId, row, column });
      if (answer.type !== 'cell-read') throw new Error(JSON.stringify(answer));
      return answer.text;
    },
    close: async () => store.handle({ type: 'close-table', requestId: 5, tableId }),
  };
}

/** By column, each cell as "kind text". */
export function cellsOf({ cells }: CellWindow): string[][] {
  return cells.map(({ texts, kinds }) => texts.map((text, row) => `${kinds[row] ?? ''} ${text}`));
}

export function rowsOf(window: CellWindow): string[][] {
  const columns = cellsOf(window);
  const rowCount = window.rows.end - window.rows.start;
  return Array.from({ length: rowCount }, (_, row) => columns.map((column) => column[row] ?? ''));
}
