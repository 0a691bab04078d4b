import type { Expected } from '../model/check-json.ts';
import type { DatasetBuffers, DatasetSummary } from '../model/dataset.ts';
import type { BlobHash } from '../model/ids.ts';
import type { CellWindow, IndexRange } from './TableSource.ts';

/** A command to the table worker. Each is answered once, under its request id. */
export type ToTableWorker =
  | {
      readonly type: 'import-dataset';
      readonly requestId: number;
      readonly buffers: DatasetBuffers;
      /** An Arrow IPC file whose rows go before; null for none. */
      readonly before: Blob | null;
    }
  /** Answered as `import-dataset` is. */
  | { readonly type: 'import-csv'; readonly requestId: number; readonly file: Blob }
  | { readonly type: 'open-table'; readonly requestId: number; readonly file: Blob }
  | { readonly type: 'export-dataset'; readonly requestId: number; readonly file: Blob }
  /** Answered as `open-table` is. */
  | { readonly type: 'open-csv'; readonly requestId: number; readonly file: Blob }
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
  | { readonly type: 'close-table'; readonly requestId: number; readonly tableId: number }
  | {
      readonly type: 'store-bytes';
      readonly requestId: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly mediaType: string;
    }
  | {
      readonly type: 'check-json';
      readonly requestId: number;
      readonly file: Blob;
      readonly expected: Expected;
    };

/** What the table worker answers. */
export type FromTableWorker =
  | {
      readonly type: 'dataset-imported';
      readonly requestId: number;
      readonly tableId: number;
      readonly summary: DatasetSummary;
      /** The table as an Arrow IPC file. */
      readonly file: Blob;
      readonly sha256: BlobHash;
      /** Bytes of `file`. */
      readonly byteSize: number;
    }
  | {
      readonly type: 'table-opened';
      readonly requestId: number;
      readonly tableId: number;
      readonly summary: DatasetSummary;
    }
  | { readonly type: 'dataset-exported'; readonly requestId: number; readonly buffers: DatasetBuffers }
  | { readonly type: 'window-read'; readonly requestId: number; readonly window: CellWindow }
  | { readonly type: 'cell-read'; readonly requestId: number; readonly text: string }
  | { readonly type: 'table-closed'; readonly requestId: number }
  | {
      readonly type: 'bytes-stored';
      readonly requestId: number;
      readonly file: Blob;
      readonly sha256: BlobHash;
    }
  | { readonly type: 'json-checked'; readonly requestId: number; readonly problem: string | null }
  | { readonly type: 'request-failed'; readonly requestId: number; readonly message: string };
