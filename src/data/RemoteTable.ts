import type { DatasetSummary } from '../model/dataset.ts';
import { logger } from '../shared/logger.ts';
import type { TableConnection } from './TableConnection.ts';
import type { CellWindow, IndexRange, TableSource } from './TableSource.ts';

/** A table whose values stay in the worker. */
export class RemoteTable implements TableSource {
  readonly summary: DatasetSummary;
  readonly #connection: TableConnection;
  readonly #tableId: number;
  #isClosed = false;

  constructor(connection: TableConnection, tableId: number, summary: DatasetSummary) {
    this.#connection = connection;
    this.#tableId = tableId;
    this.summary = summary;
  }

  async readWindow(rows: IndexRange, columns: IndexRange, signal?: AbortSignal): Promise<CellWindow> {
    this.#checkOpen();
    const { window } = await this.#connection.request(
      'window-read',
      (requestId) => ({ type: 'read-window', requestId, tableId: this.#tableId, rows, columns }),
      { signal },
    );
    return window;
  }

  async readCell(row: number, column: number): Promise<string> {
    this.#checkOpen();
    const { text } = await this.#connection.request('cell-read', (requestId) => ({
      type: 'read-cell',
      requestId,
      tableId: this.#tableId,
      row,
      column,
    }));
    return text;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A worker that has ended has let go of everything already.
    if (this.#connection.hasEnded) return;
    this.#connection
      .request('table-closed', (requestId) => ({ type: 'close-table', requestId, tableId: this.#tableId }))
      .catch((error: unknown) => {
        logger.warn('a table could not be closed', error);
      });
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The table was closed.');
  }
}
