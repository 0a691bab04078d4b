import { Message } from 'apache-arrow/ipc/metadata/message';
import { Vector, type Data, type Field, type Schema } from 'apache-arrow';
import { rowsPerBatch } from '../../model/dataset.ts';
import type { IndexRange } from '../TableSource.ts';
import { damageOf, namingDamage, readArrowFooter, type ArrowFooter, type Block } from './arrow-footer.ts';
import { layOut, type ColumnLayout } from './batch-layout.ts';
import { checkMessage } from './check-arrow-metadata.ts';
import { loadColumn, loadRows, type BatchBody } from './load-column.ts';
import { FileBytes } from './FileBytes.ts';
import { readBlob } from './read-blob.ts';
import { readEach, type TableColumns } from './table-columns.ts';

/** A batch as the file has it: the message before its values, undecoded until a column of it is read. */
interface StoredBatch {
  readonly block: Block;
  /** Null where it was not read yet. */
  readonly message: Uint8Array | null;
  readonly rowCount: number;
  /** Where a stored batch is too long to be handled alone, it counts as several. */
  readonly start: number;
}

interface LaidOutBatch {
  readonly body: BatchBody;
  readonly columns: readonly ColumnLayout[];
}

/** Messages that are asked of the browser at a time. */
const readsAtOnce = 64;

/** An Arrow IPC file, of which only what is asked for is read. */
export class ArrowFile implements TableColumns {
  readonly schema: Schema;
  readonly rowCount: number;
  readonly batches: readonly IndexRange[];
  readonly #bytes: FileBytes;
  readonly #footer: ArrowFooter;
  /** For each of `batches` the stored one that it is in. */
  readonly #stored: readonly StoredBatch[];
  readonly #laidOut = new Map<StoredBatch, Promise<LaidOutBatch>>();
  #dictionaries: Promise<ReadonlyMap<number, Vector>> | null = null;

  private constructor(bytes: FileBytes, footer: ArrowFooter, stored: readonly StoredBatch[]) {
    this.#bytes = bytes;
    this.#footer = footer;
    this.schema = footer.schema;
    const pieces = stored.flatMap((batch) =>
      piecesOf(batch.rowCount).map(({ start, end }) => ({
        batch,
        rows: { start: batch.start + start, end: batch.start + end },
      })),
    );
    this.batches = pieces.map(({ rows }) => rows);
    this.#stored = pieces.map(({ batch }) => batch);
    this.rowCount = this.batches.at(-1)?.end ?? 0;
  }

  /**
   * Of a file that is held, nearly all is going to be asked for: it is read at once, which is faster. Rejects with an Error
   * that says what is wrong with a file that is none, or damaged.
   */
  static async open(file: Blob, { isHeld = false } = {}): Promise<ArrowFile> {
    const footer = await readArrowFooter(file);
    const bytes = new FileBytes(file, isHeld ? await readBlob(file) : footer.head);
    const messages = footer.rowCounts === null ? await readMessages(bytes, footer) : [];
    let start = 0;
    const stored = footer.batches.map((block, index): StoredBatch => {
      const message = messages[index] ?? null;
      const rowCount =
        footer.rowCounts?.[index] ?? namingDamage(() => checkMessage(message ?? new Uint8Array(0), false));
      start += rowCount;
      return { block, message, rowCount, start: start - rowCount };
    });
    return new ArrowFile(bytes, footer, stored);
  }

  async readColumn(column: number, batch: number): Promise<Data> {
    return await this.readRows(column, batch, this.batches[batch] ?? { start: 0, end: 0 });
  }

  async readColumns(columns: IndexRange, batch: number): Promise<Data[]> {
    const stored = this.#stored[batch];
    const rows = this.batches[batch];
    const isWhole = stored && rows && rows.end - rows.start === stored.rowCount;
    if (!isWhole || columns.end - columns.start < 2) {
      return await readEach(columns, async (column) => await this.readColumn(column, batch));
    }
    const held = await this.#holdBytes(stored, columns);
    return await readEach(columns, async (column) => await this.#readWhole(column, stored, held));
  }

  async readRows(column: number, batch: number, rows: IndexRange): Promise<Data> {
    const stored = this.#stored[batch];
    const field = this.schema.fields[column];
    if (!stored || !field) throw damageOf('a column is missing from it');
    try {
      const { body, columns } = await this.#layOut(stored);
      const layout = columns[column];
      if (!layout) throw new RangeError('a column is missing from a batch');
      const dictionaries = await this.#readDictionaries(field);
      const isWhole = rows.start === stored.start && rows.end === stored.start + stored.rowCount;
      return isWhole
        ? await loadColumn(field.type, body, layout, dictionaries)
        : await loadRows(
            field.type,
            body,
            layout,
            { start: rows.start - stored.start, end: rows.end - stored.start },
            dictionaries,
          );
    } catch (error) {
      throw isTold(error) ? error : damageOf(error);
    }
  }

  /** The body of a batch with the bytes of some columns at hand, which lie beside one another. */
  async #holdBytes(stored: StoredBatch, { start, end }: IndexRange): Promise<BatchBody> {
    try {
      const { body, columns } = await this.#layOut(stored);
      const regions = columns
        .slice(start, end)
        .flatMap(({ buffers }) => buffers.filter(({ length }) => length > 0));
      const from = regions.reduce((least, { offset }) => Math.min(least, offset), Infinity);
      const to = regions.reduce((most, { offset, length }) => Math.max(most, offset + length), 0);
      const size = regions.reduce((sum, { length }) => sum + length, 0);
      // In an odd file they lie apart.
      if (regions.length === 0 || to - from > 2 * size) return body;
      const first = from - (from % 8);
      const bytes = await body.read(first, to);
      return {
        ...body,
        read: (begin, stop) => Promise.resolve(bytes.subarray(begin - first, stop - first)),
      };
    } catch (error) {
      throw isTold(error) ? error : damageOf(error);
    }
  }

  async #readWhole(column: number, stored: StoredBatch, body: BatchBody): Promise<Data> {
    const field = this.schema.fields[column];
    try {
      const layout = (await this.#layOut(stored)).columns[column];
      if (!field || !layout) throw new RangeError('a column is missing from it');
      return await loadColumn(field.type, body, layout, await this.#readDictionaries(field));
    } catch (error) {
      throw isTold(error) ? error : damageOf(error);
    }
  }

  #layOut(stored: StoredBatch): Promise<LaidOutBatch> {
    let laidOut = this.#laidOut.get(stored);
    if (!laidOut) {
      laidOut = this.#readLayout(stored);
      this.#laidOut.set(stored, laidOut);
      // What could not be read is read again when it is asked for again.
      laidOut.catch(() => this.#laidOut.delete(stored));
    }
    return laidOut;
  }

  async #readLayout({ block, message: read, rowCount }: StoredBatch): Promise<LaidOutBatch> {
    const message = read ?? (await readMessage(this.#bytes, block));
    if (read === null && checkMessage(message, false) !== rowCount) {
      throw new RangeError('a batch has other rows than it is said to have');
    }
    const decoded = Message.decode(message);
    if (!decoded.isRecordBatch()) throw new RangeError('a batch is missing');
    const header = decoded.header();
    const isCompressed = header.compression !== null;
    const body = createBody(this.#bytes, block, decoded.version, isCompressed, rowCount);
    const columns = layOut(header, this.schema.fields, block.bodyLength, decoded.version);
    return { body, columns };
  }

  /** All of them, where a column has one. */
  async #readDictionaries(field: Field): Promise<ReadonlyMap<number, Vector>> {
    if (this.#footer.dictionaries.length === 0 || this.schema.dictionaries.size === 0) return new Map();
    if (!String(field.type).includes('Dictionary')) return new Map();
    this.#dictionaries ??= readDictionaries(this.#bytes, this.#footer);
    return await this.#dictionaries;
  }
}

/** The messages of all batches, some at a time. */
async function readMessages(file: FileBytes, { batches }: ArrowFooter): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  for (let from = 0; from < batches.length; from += readsAtOnce) {
    const blocks = batches.slice(from, from + readsAtOnce);
    messages.push(...(await Promise.all(blocks.map((block) => readMessage(file, block)))));
  }
  return messages;
}

async function readDictionaries(file: FileBytes, footer: ArrowFooter): Promise<ReadonlyMap<number, Vector>> {
  const found = new Map<number, Vector>();
  for (const block of footer.dictionaries) {
    const message = await readMessage(file, block);
    const rowCount = checkMessage(message, true);
    const decoded = Message.decode(message);
    if (!decoded.isDictionaryBatch()) throw new RangeError('a dictionary is missing');
    const { id, isDelta, data } = decoded.header();
    const type = footer.schema.dictionaries.get(id);
    if (type === undefined) continue;
    const body = createBody(file, block, decoded.version, data.compression !== null, rowCount);
    const [layout] = layOut(data, [{ type }], block.bodyLength, decoded.version);
    if (!layout) throw new RangeError('a dictionary is missing');
    const added = new Vector([await loadColumn(type, body, layout, found)]);
    const before = found.get(id);
    found.set(id, before && isDelta ? before.concat(added) : added);
  }
  return found;
}

function createBody(
  file: FileBytes,
  { offset, metaDataLength, bodyLength }: Block,
  version: number,
  isCompressed: boolean,
  rowCount: number,
): BatchBody {
  if (isCompressed) throw new Error('its values are compressed, which only an import can read');
  const start = offset + metaDataLength;
  return {
    version,
    rowCount,
    read: async (from, to) => await file.read(start + from, start + Math.min(to, bodyLength)),
  };
}

/** The message itself: a mark of four bytes and a length of four precede it, in old files the length alone. */
async function readMessage(file: FileBytes, { offset, metaDataLength }: Block): Promise<Uint8Array> {
  const bytes = await file.read(offset, offset + metaDataLength);
  const isMarked = bytes.subarray(0, 4).every((byte) => byte === 0xff);
  return bytes.subarray(isMarked ? 8 : 4);
}

function piecesOf(rowCount: number): IndexRange[] {
  return Array.from({ length: Math.ceil(rowCount / rowsPerBatch) }, (_, index) => ({
    start: index * rowsPerBatch,
    end: Math.min(rowCount, (index + 1) * rowsPerBatch),
  }));
}

/** Whether an error says already what happened to the file. */
function isTold(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('The table file ');
}
