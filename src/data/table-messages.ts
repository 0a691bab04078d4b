import type { ChartQuery, ChartRows } from '../model/chart/chart-data.ts';
import type { Expected } from '../model/check-json.ts';
import type { DatasetBuffers, DatasetSummary } from '../model/dataset.ts';
import type { BlobHash } from '../model/ids.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { TableQuery } from './table-query.ts';
import type { CellWindow, ExportRequest, IndexRange } from './TableSource.ts';

/** One of the files that hold a table: an Arrow IPC file with some of its rows. */
export interface TableFile {
  readonly file: Blob;
  readonly sha256: BlobHash;
  /** Bytes of `file`. */
  readonly byteSize: number;
}

/** A command to the table worker. Each but `cancel` is answered once, under its request id. */
export type ToTableWorker =
  | {
      readonly type: 'import-dataset';
      readonly requestId: number;
      readonly buffers: DatasetBuffers;
      /** The files of a table whose rows go before, the first rows first. */
      readonly before: readonly TableFile[];
    }
  | {
      readonly type: 'open-table' | 'export-dataset';
      readonly requestId: number;
      /** At least one; the first rows first. */
      readonly files: readonly Blob[];
    }
  | {
      readonly type: 'read-window';
      readonly requestId: number;
      readonly tableId: number;
      readonly rows: IndexRange;
      readonly columns: IndexRange;
    }
  | {
      readonly type: 'read-cell';
      readonly requestId: number;
      readonly tableId: number;
      readonly row: number;
      readonly column: number;
    }
  | {
      readonly type: 'read-chart-data';
      readonly requestId: number;
      readonly tableId: number;
      readonly query: ChartQuery;
    }
  | { readonly type: 'close-table'; readonly requestId: number; readonly tableId: number }
  /** Answered as `open-table` is, with a table of the rows that the query asks for. */
  | {
      readonly type: 'query-table';
      readonly requestId: number;
      readonly tableId: number;
      readonly query: TableQuery;
    }
  | {
      readonly type: 'read-statistics';
      readonly requestId: number;
      readonly tableId: number;
      readonly column: number;
    }
  | {
      readonly type: 'export-file';
      readonly requestId: number;
      readonly tableId: number;
      readonly request: ExportRequest;
    }
  /** The command of this request id is no longer wanted. It fails, where it is still under way. */
  | { readonly type: 'cancel'; readonly requestId: number }
  | {
      readonly type: 'store-bytes';
      readonly requestId: number;
      /** One after the other. */
      readonly parts: readonly Uint8Array<ArrayBuffer>[];
      readonly mediaType: string;
    }
  | {
      readonly type: 'check-json';
      readonly requestId: number;
      readonly file: Blob;
      readonly expected: Expected;
    };

/** A command that is answered. */
export type TableTask = Exclude<ToTableWorker, { type: 'cancel' }>;

/** What the table worker answers; `progressed` comes before the answer of a command that takes long. */
export type FromTableWorker =
  | (TableFile & {
      readonly type: 'dataset-imported';
      readonly requestId: number;
      readonly tableId: number;
      readonly summary: DatasetSummary;
      /** So many of the files before stay; `file` has the rows that are not in those. */
      readonly keptCount: number;
    })
  | {
      readonly type: 'table-opened';
      readonly requestId: number;
      readonly tableId: number;
      readonly summary: DatasetSummary;
      /** Of rows that were searched. */
      readonly hitColumns: readonly number[];
    }
  | { readonly type: 'dataset-exported'; readonly requestId: number; readonly buffers: DatasetBuffers }
  | { readonly type: 'window-read'; readonly requestId: number; readonly window: CellWindow }
  | { readonly type: 'cell-read'; readonly requestId: number; readonly text: string }
  | { readonly type: 'chart-data-read'; readonly requestId: number; readonly rows: ChartRows }
  | { readonly type: 'table-closed'; readonly requestId: number }
  | { readonly type: 'statistics-read'; readonly requestId: number; readonly statistics: ColumnStatistics }
  | { readonly type: 'file-exported'; readonly requestId: number; readonly file: Blob }
  | {
      readonly type: 'progressed';
      readonly requestId: number;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: 'bytes-stored';
      readonly requestId: number;
      readonly file: Blob;
      readonly sha256: BlobHash;
    }
  | { readonly type: 'json-checked'; readonly requestId: number; readonly problem: string | null }
  | { readonly type: 'request-failed'; readonly requestId: number; readonly message: string };
