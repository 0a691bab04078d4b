import type { ColumnBuffers, DatasetBuffers, DatasetSummary } from '../model/dataset.ts';
import type { BlobHash } from '../model/ids.ts';
import { RemoteTable, type TablePlace } from './RemoteTable.ts';
import { TableConnection, type TableWorker } from './TableConnection.ts';
import type { TableSource } from './TableSource.ts';

/** A dataset turned into a table, and the file it is stored as. */
export interface ImportedDataset {
  readonly table: TableSource;
  /** An Arrow IPC file; nothing beside it is needed to open the table again. */
  readonly file: Blob;
  readonly sha256: BlobHash;
  /** Bytes of `file`. */
  readonly byteSize: number;
  readonly summary: DatasetSummary;
}

/**
 * Tables, kept and read in a worker of their own, which is started when first needed. Should that worker die, what was
 * asked of it is rejected; the next request starts another, in which its tables are opened again.
 */
export class TableEngine {
  readonly #makeWorker: () => TableWorker;
  #connection: TableConnection | null = null;
  #isDisposed = false;

  constructor(makeWorker: () => TableWorker) {
    this.#makeWorker = makeWorker;
  }

  /**
   * Turns column buffers into a table. The buffers are transferred: the caller's are empty afterwards.
   * Rejects with an Error that names column and problem when the buffers do not fit one another.
   */
  async importDataset(buffers: DatasetBuffers): Promise<ImportedDataset> {
    const connection = this.#connect();
    const imported = await connection.request(
      'dataset-imported',
      (requestId) => ({ type: 'import-dataset', requestId, buffers }),
      { transfer: buffersOf(buffers.columns) },
    );
    const { tableId, file, sha256, byteSize, summary } = imported;
    const table = new RemoteTable({ connection, tableId }, summary, () => this.#open(file));
    return { table, file, sha256, byteSize, summary };
  }

  /** Opens an Arrow IPC file. Rejects with an Error that says what is wrong with its bytes. */
  async openTable(file: Blob): Promise<TableSource> {
    const { summary, ...place } = await this.#open(file);
    return new RemoteTable(place, summary, () => this.#open(file));
  }

  /** Stops the worker for good; whatever is still asked is rejected. */
  dispose(): void {
    this.#isDisposed = true;
    this.#connection?.end(new Error('The table engine was closed.'));
  }

  async #open(file: Blob): Promise<TablePlace & { readonly summary: DatasetSummary }> {
    const connection = this.#connect();
    const { tableId, summary } = await connection.request('table-opened', (requestId) => ({
      type: 'open-table',
      requestId,
      file,
    }));
    return { connection, tableId, summary };
  }

  #connect(): TableConnection {
    if (this.#isDisposed) throw new Error('The table engine was closed.');
    if (this.#connection === null || this.#connection.hasEnded) {
      this.#connection = new TableConnection(this.#makeWorker());
    }
    return this.#connection;
  }
}

/** Every buffer once: columns may be views of one. Shared memory cannot be transferred and is copied instead. */
function buffersOf(columns: readonly ColumnBuffers[], found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  for (const column of columns) {
    for (const view of [column.validity, column.values, column.offsets]) {
      if (view?.buffer instanceof ArrayBuffer) found.add(view.buffer);
    }
    buffersOf(column.children, found);
  }
  return [...found];
}
