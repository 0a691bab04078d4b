import { Footer } from 'apache-arrow/ipc/metadata/file';
import type { Schema } from 'apache-arrow';
import { batchesKey } from './arrow-fields.ts';
import { checkFooter, rowLimit } from './check-arrow-metadata.ts';
import { keepFields } from './keep-fields.ts';
import { readBlob } from './read-blob.ts';

/** Where a message of a file is, and the values behind it. */
export interface Block {
  readonly offset: number;
  readonly metaDataLength: number;
  readonly bodyLength: number;
}

/** What the end of an Arrow file says of it. */
export interface ArrowFooter {
  readonly schema: Schema;
  readonly dictionaries: readonly Block[];
  readonly batches: readonly Block[];
  /** The rows of each batch, where the file tells them apart from its batches. */
  readonly rowCounts: readonly number[] | null;
  /** What was read of the beginning of the file. */
  readonly head: Uint8Array;
}

const magic = new TextEncoder().encode('ARROW1');
/** Magic at both ends (padded to 8 at the first), an end-of-stream mark, the footer's length. */
const smallestFile = 8 + 8 + 4 + magic.byteLength;
/** Read at once from the end: most footers are shorter. */
const tailSize = 32_768;
/** Read at once from the beginning: a first batch as `writeArrowFile` makes it, with what is before it. */
const headSize = 256 * 1024;

/** Reads the end of an Arrow IPC file. Rejects with an Error that says what is wrong with a file that is none. */
export async function readArrowFooter(file: Blob): Promise<ArrowFooter> {
  const { size } = file;
  if (size === 0) throw new Error('The table file is empty.');
  const tailStart = Math.max(0, size - tailSize);
  const [head, tail] = await Promise.all([
    readBlob(file, 0, Math.min(size, headSize)),
    readBlob(file, tailStart, size),
  ]);
  if (!isMagicAt(head, 0)) throw new Error('The table file does not begin like an Arrow file.');
  if (size < smallestFile || !isMagicAt(tail, tail.byteLength - magic.byteLength)) {
    throw new Error(`The table file is cut short: its end is missing after ${String(size)} bytes.`);
  }
  const end = size - magic.byteLength - 4;
  const footerSize = new DataView(tail.buffer).getInt32(end - tailStart, true);
  if (footerSize <= 0 || footerSize > end - 8) {
    throw new Error('The table file is damaged: its footer has an impossible length.');
  }
  const start = end - footerSize;
  const bytes =
    start >= tailStart ? tail.slice(start - tailStart, end - tailStart) : await readBlob(file, start, end);
  return { ...namingDamage(() => decode(bytes, start)), head };
}

function decode(bytes: Uint8Array, end: number): Omit<ArrowFooter, 'head'> {
  checkFooter(bytes);
  const footer = Footer.decode(bytes);
  const check = (block: Block): Block => {
    const { offset, metaDataLength, bodyLength } = block;
    if (offset < 8 || metaDataLength < 8 || bodyLength < 0 || offset + metaDataLength + bodyLength > end) {
      throw new RangeError('a batch lies outside the file');
    }
    return { offset, metaDataLength, bodyLength };
  };
  const batches = Array.from(footer.recordBatches(), check);
  return {
    schema: keepFields(footer.schema),
    dictionaries: Array.from(footer.dictionaryBatches(), check),
    batches,
    rowCounts: readRowCounts(footer.schema.metadata.get(batchesKey), batches.length),
  };
}

/** Null where they are not told, or not of all batches. */
function readRowCounts(told: string | undefined, batchCount: number): number[] | null {
  if (told === undefined || !/^\d{1,10}( \d{1,10})*$/.test(told)) return null;
  const counts = told.split(' ').map(Number);
  return counts.length === batchCount && counts.every((count) => count <= rowLimit) ? counts : null;
}

/** Says of what goes wrong with the bytes of a file that it is damaged. */
export function namingDamage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw damageOf(error);
  }
}

export function damageOf(error: unknown): Error {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
  return new Error(`The table file is damaged: ${reason}.`, { cause: error });
}

function isMagicAt(bytes: Uint8Array, position: number): boolean {
  return magic.every((byte, index) => bytes[position + index] === byte);
}
