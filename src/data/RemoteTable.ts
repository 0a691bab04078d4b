import type { ChartQuery, ChartRows } from '../model/chart/chart-data.ts';
import type { DatasetSummary } from '../model/dataset.ts';
import { logger } from '../shared/logger.ts';
import { askThroughRestart, type TableConnection } from './TableConnection.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { TableQuery } from './table-query.ts';
import type {
  CellWindow,
  ChartSource,
  ExportRequest,
  IndexRange,
  LongWork,
  TableSource,
} from './TableSource.ts';

/** Where a table is kept: a worker's life, and the table's number in it. */
export interface TablePlace {
  readonly connection: TableConnection;
  readonly tableId: number;
}

/** A table whose values stay in the worker. Should that have ended, the table is opened again in the next. */
export class RemoteTable implements TableSource, ChartSource {
  readonly summary: DatasetSummary;
  readonly hitColumns: readonly number[];
  readonly #reopen: () => Promise<TablePlace>;
  #place: TablePlace;
  #reopening: Promise<TablePlace> | null = null;
  #isClosed = false;

  constructor(
    place: TablePlace,
    summary: DatasetSummary,
    reopen: () => Promise<TablePlace>,
    hitColumns: readonly number[] = [],
  ) {
    this.#place = place;
    this.summary = summary;
    this.hitColumns = hitColumns;
    this.#reopen = reopen;
  }

  async readWindow(rows: IndexRange, columns: IndexRange, signal?: AbortSignal): Promise<CellWindow> {
    return await this.#ask(async ({ connection, tableId }) => {
      const { window } = await connection.request(
        'window-read',
        (requestId) => ({ type: 'read-window', requestId, tableId, rows, columns }),
        { signal },
      );
      return window;
    });
  }

  async readCell(row: number, column: number): Promise<string> {
    return await this.#ask(async ({ connection, tableId }) => {
      const { text } = await connection.request('cell-read', (requestId) => ({
        type: 'read-cell',
        requestId,
        tableId,
        row,
        column,
      }));
      return text;
    });
  }

  async query(query: TableQuery, work: LongWork = {}): Promise<TableSource> {
    // Of regular expressions nobody knows whether they come to an end.
    const mayHang = query.filters.some(
      ({ condition }) => 'match' in condition && condition.match === 'pattern',
    );
    const ask = async (again: LongWork) =>
      await this.#ask(async ({ connection, tableId }) => {
        const {
          tableId: ownId,
          summary,
          hitColumns,
        } = await connection.request(
          'table-opened',
          (requestId) => ({ type: 'query-table', requestId, tableId, query }),
          { ...again, mayHang },
        );
        return { connection, tableId: ownId, summary, hitColumns };
      });
    const { summary, hitColumns, ...place } = await ask(work);
    return new RemoteTable(place, summary, () => ask({}), hitColumns);
  }

  async readStatistics(column: number, work: LongWork = {}): Promise<ColumnStatistics> {
    return await this.#ask(async ({ connection, tableId }) => {
      const { statistics } = await connection.request(
        'statistics-read',
        (requestId) => ({ type: 'read-statistics', requestId, tableId, column }),
        work,
      );
      return statistics;
    });
  }

  async exportFile(request: ExportRequest, work: LongWork = {}): Promise<Blob> {
    return await this.#ask(async ({ connection, tableId }) => {
      const { file } = await connection.request(
        'file-exported',
        (requestId) => ({ type: 'export-file', requestId, tableId, request }),
        work,
      );
      return file;
    });
  }

  async readChartData(query: ChartQuery, signal?: AbortSignal): Promise<ChartRows> {
    return await this.#ask(async ({ connection, tableId }) => {
      const { rows } = await connection.request(
        'chart-data-read',
        (requestId) => ({ type: 'read-chart-data', requestId, tableId, query }),
        { signal },
      );
      return rows;
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closePlace(this.#place);
    this.#reopening?.then(closePlace, () => undefined);
  }

  async #ask<Answer>(request: (place: TablePlace) => Promise<Answer>): Promise<Answer> {
    return await askThroughRestart(async () => await request(await this.#find()));
  }

  async #find(): Promise<TablePlace> {
    if (this.#isClosed) throw new Error('The table was closed.');
    if (!this.#place.connection.hasEnded) return this.#place;
    this.#reopening ??= this.#reopen();
    try {
      this.#place = await this.#reopening;
      return this.#place;
    } finally {
      this.#reopening = null;
    }
  }
}

function closePlace({ connection, tableId }: TablePlace): void {
  // A worker that has ended has let go of everything already.
  if (connection.hasEnded) return;
  connection
    .request('table-closed', (requestId) => ({ type: 'close-table', requestId, tableId }))
    .catch((error: unknown) => {
      logger.warn('a table could not be closed', error);
    });
}
