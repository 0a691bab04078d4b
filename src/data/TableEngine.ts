import type { Expected } from '../model/check-json.ts';
import type { DatasetBuffers, DatasetSummary } from '../model/dataset.ts';
import type { BlobHash } from '../model/ids.ts';
import { RemoteTable, type TablePlace } from './RemoteTable.ts';
import { askThroughRestart, TableConnection, type TableWorker } from './TableConnection.ts';
import type { TableFile } from './table-messages.ts';
import type { ChartSource, TableSource } from './TableSource.ts';
import { buffersOf } from './transfer.ts';

/** A dataset turned into a table, and the file it is stored as. */
export interface ImportedDataset extends TableFile {
  readonly table: TableSource;
  readonly summary: DatasetSummary;
  /**
   * Of the files whose rows go before, those that stay, the first rows first: where there are none, nothing beside `file`
   * is needed to open the table again.
   */
  readonly earlier: readonly TableFile[];
}

interface Opening {
  readonly type: 'open-table';
  readonly files: readonly Blob[];
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

  /** Starts the worker where it is about to be needed, so that the first table need not wait for it. */
  prepare(): void {
    if (!this.#isDisposed) this.#connect();
  }

  /**
   * Turns column buffers into a table. The buffers are transferred: the caller's are empty afterwards.
   * `before` are the files of a table whose rows go before; what is written anew does not grow with them, but for a few of
   * them that are made one now and then. Rejects with an Error that names column and problem when the
   * buffers do not fit one another, or the rows before.
   */
  async importDataset(buffers: DatasetBuffers, before: readonly TableFile[] = []): Promise<ImportedDataset> {
    const connection = this.#connect();
    const imported = await connection.request(
      'dataset-imported',
      (requestId) => ({ type: 'import-dataset', requestId, buffers, before }),
      { transfer: buffersOf(buffers.columns) },
    );
    const { tableId, file, sha256, byteSize, summary, keptCount } = imported;
    const earlier = before.slice(0, keptCount);
    const files = [...earlier.map((each) => each.file), file];
    const table = new RemoteTable({ connection, tableId }, summary, () =>
      this.#open({ type: 'open-table', files }),
    );
    return { table, file, sha256, byteSize, summary, earlier };
  }

  /** Opens Arrow IPC files that hold one table, the first rows first. Rejects with an Error that says what is wrong with them. */
  async openTable(...files: readonly Blob[]): Promise<TableSource & ChartSource> {
    return await this.#openRemote({ type: 'open-table', files });
  }

  /**
   * The values of a table as `openTable` takes it as column buffers, which nothing else holds: they may be transferred on.
   * Rejects as `openTable` does, and with an Error that names column and type where a file from elsewhere has a type that
   * no column of a dataset can hold.
   */
  async exportDataset(...files: readonly Blob[]): Promise<DatasetBuffers> {
    const { buffers } = await askThroughRestart(
      async () =>
        await this.#connect().request('dataset-exported', (requestId) => ({
          type: 'export-dataset',
          requestId,
          files,
        })),
    );
    return buffers;
  }

  /** Makes a file of bytes, which are transferred: the caller's are empty afterwards. */
  async storeBytes(
    bytes: Uint8Array<ArrayBuffer>,
    mediaType: string,
  ): Promise<{ readonly content: Blob; readonly hash: BlobHash }> {
    return await this.storeParts([bytes], mediaType);
  }

  /** Makes one file of bytes in parts, each of them in memory of its own, which are transferred as well. */
  async storeParts(
    parts: readonly Uint8Array<ArrayBuffer>[],
    mediaType: string,
  ): Promise<{ readonly content: Blob; readonly hash: BlobHash }> {
    const { file, sha256 } = await this.#connect().request(
      'bytes-stored',
      (requestId) => ({ type: 'store-bytes', requestId, parts, mediaType }),
      { transfer: parts.map(({ buffer }) => buffer) },
    );
    return { content: file, hash: sha256 };
  }

  /** What `checkJson` says of a long text, out of the way of the page. */
  async findJsonProblem(file: Blob, { schema, isNullable }: Expected): Promise<string | null> {
    const { problem } = await askThroughRestart(
      async () =>
        await this.#connect().request('json-checked', (requestId) => ({
          type: 'check-json',
          requestId,
          file,
          expected: { schema, isNullable },
        })),
    );
    return problem;
  }

  /** Stops the worker for good; whatever is still asked is rejected. */
  dispose(): void {
    this.#isDisposed = true;
    this.#connection?.end(new Error('The table engine was closed.'));
  }

  async #openRemote(opening: Opening): Promise<RemoteTable> {
    const { summary, ...place } = await this.#open(opening);
    return new RemoteTable(place, summary, () => this.#open(opening));
  }

  async #open(opening: Opening): Promise<TablePlace & { readonly summary: DatasetSummary }> {
    return await askThroughRestart(async () => {
      const connection = this.#connect();
      const { tableId, summary } = await connection.request('table-opened', (requestId) => ({
        ...opening,
        requestId,
      }));
      return { connection, tableId, summary };
    });
  }

  #connect(): TableConnection {
    if (this.#isDisposed) throw new Error('The table engine was closed.');
    if (this.#connection === null || this.#connection.hasEnded) {
      this.#connection = new TableConnection(this.#makeWorker());
    }
    return this.#connection;
  }
}
