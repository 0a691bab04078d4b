import { AsyncByteQueue, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct } from 'apache-arrow';
import { rowsPerBatch, type DatasetBuffers, type DatasetSummary } from '../../../model/dataset.ts';
import { FileHash } from '../../../model/FileHash.ts';
import type { BlobHash } from '../../../model/ids.ts';
import { fieldOf } from '../../worker/arrow-fields.ts';
import { keepFields } from '../../worker/keep-fields.ts';
import { sliceColumn } from '../../worker/slice-column.ts';
import { summariseField } from '../../worker/summarise.ts';

/** A table that was written. */
export interface WrittenTable {
  readonly file: Blob;
  readonly sha256: BlobHash;
  readonly summary: DatasetSummary;
}

/** Bytes that are gathered here before they become a blob, which the browser keeps elsewhere. */
const mostInMemory = 16_000_000;

const mediaType = 'application/vnd.apache.arrow.file';

/** Writes an Arrow IPC file batch by batch, of which little is in memory at any time. */
export class ArrowFileWriter {
  readonly #writer = new RecordBatchFileWriter();
  readonly #schema: Schema;
  readonly #hash: FileHash;
  readonly #blobs: Blob[] = [];
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #partBytes = 0;
  #byteSize = 0;
  #rowCount = 0;

  /** `byteSize` is about what is expected of the file. */
  constructor(schema: Schema, byteSize: number) {
    this.#schema = keepFields(schema);
    this.#hash = new FileHash(byteSize);
    this.#writer.reset(
      new ByteSink((bytes) => {
        this.#add(bytes);
      }),
      this.#schema,
    );
  }

  /** The schema of a table of such columns. */
  static schemaOf({ columns }: DatasetBuffers): Schema {
    return new Schema(columns.map(fieldOf));
  }

  get byteSize(): number {
    return this.#byteSize;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Writes columns of at most `rowsPerBatch` rows, whose buffers are good. */
  writeColumns({ rowCount, columns }: DatasetBuffers): void {
    const { fields } = this.#schema;
    const children = columns.flatMap((column, index) => {
      const field = fields[index];
      return field ? [sliceColumn(column, field.type, 0, rowCount)] : [];
    });
    const data = makeData({ type: new Struct(fields), length: rowCount, nullCount: 0, children });
    this.#write(new RecordBatch(this.#schema, data));
  }

  /** Writes a batch of any size of this schema. */
  writeBatch(batch: RecordBatch): void {
    for (let start = 0; start < batch.numRows; start += rowsPerBatch) {
      const part = batch.numRows <= rowsPerBatch ? batch : batch.slice(start, start + rowsPerBatch);
      this.#write(new RecordBatch(this.#schema, part.data));
    }
  }

  async finish(): Promise<WrittenTable> {
    this.#writer.finish();
    this.#gather();
    const file = new Blob(this.#blobs, { type: mediaType });
    const summary = { rowCount: this.#rowCount, columns: this.#schema.fields.map(summariseField) };
    return { file, sha256: await this.#hash.finish(file), summary };
  }

  #write(batch: RecordBatch): void {
    if (batch.numRows === 0) return;
    this.#writer.write(batch);
    this.#rowCount += batch.numRows;
  }

  #add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#hash.add(bytes);
    this.#byteSize += bytes.byteLength;
    this.#parts.push(bytes);
    this.#partBytes += bytes.byteLength;
    if (this.#partBytes > mostInMemory) this.#gather();
  }

  #gather(): void {
    this.#blobs.push(new Blob(this.#parts));
    this.#parts = [];
    this.#partBytes = 0;
  }
}

/** Passes on what is written, in place of a queue that keeps it. */
class ByteSink extends AsyncByteQueue {
  readonly #pass: (bytes: Uint8Array<ArrayBuffer>) => void;

  constructor(pass: (bytes: Uint8Array<ArrayBuffer>) => void) {
    super();
    this.#pass = pass;
  }

  override write(value: ArrayBufferLike | ArrayBufferView): void {
    const bytes = ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
    // A copy where the memory is shared, which a blob does not take.
    this.#pass(
      bytes.buffer instanceof ArrayBuffer
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : bytes.slice(),
    );
  }
}
