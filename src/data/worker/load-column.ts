import { CompressedVectorLoader } from 'apache-arrow/visitor/vectorloader';
import { BufferRegion, FieldNode } from 'apache-arrow/ipc/metadata/message';
import { DataType, type Data, type Vector } from 'apache-arrow';
import type { IndexRange } from '../TableSource.ts';
import { elementBits, hasTextOffsets, type ColumnLayout } from './batch-layout.ts';
import { countBits } from './bits.ts';

/** The values of a batch, which stay in the file until they are read. */
export interface BatchBody {
  readonly version: number;
  readonly rowCount: number;
  /** Bytes of the values, counted from their start. */
  read(from: number, to: number): Promise<Uint8Array>;
}

type Dictionaries = ReadonlyMap<number, Vector>;

/** A column of a batch, whole. Throws a RangeError, or what apache-arrow throws, where it is damaged. */
export async function loadColumn(
  type: DataType,
  body: BatchBody,
  layout: ColumnLayout,
  dictionaries: Dictionaries,
): Promise<Data> {
  checkLength(body, layout);
  const filled = layout.buffers.filter(({ length }) => length > 0);
  // Columns lie in one piece, so that one read is enough.
  const start = Math.min(...filled.map(({ offset }) => offset - (offset % 8)));
  const end = Math.max(...filled.map(({ offset, length }) => offset + length));
  const bytes = filled.length === 0 ? new Uint8Array(0) : await body.read(start, end);
  const chunks = layout.buffers.map(({ offset, length }) =>
    length === 0 ? new Uint8Array(0) : bytes.subarray(offset - start, offset - start + length),
  );
  return load(type, body, layout, layout.nodes, chunks, dictionaries);
}

/** Some rows of a column, with no more of its bytes than they need where its type tells where they lie. */
export async function loadRows(
  type: DataType,
  body: BatchBody,
  layout: ColumnLayout,
  rows: IndexRange,
  dictionaries: Dictionaries,
): Promise<Data> {
  const isText = hasTextOffsets(type);
  const bits = elementBits(type);
  if (!isText && bits === null) {
    const whole = await loadColumn(type, body, layout, dictionaries);
    return whole.slice(rows.start, rows.end - rows.start);
  }
  checkLength(body, layout);
  const [node] = layout.nodes;
  const [validity, first, second] = layout.buffers;
  if (!node || !validity || !first) throw new RangeError('a column is missing from a batch');
  const length = rows.end - rows.start;
  const [bitmap, values] = await Promise.all([
    node.nullCount === 0
      ? new Uint8Array(0)
      : readPart(body, validity, rows.start >> 3, Math.ceil(rows.end / 8)),
    isText
      ? readTexts(type, body, first, second, rows)
      : readPart(body, first, (rows.start * (bits ?? 0)) / 8, Math.ceil((rows.end * (bits ?? 0)) / 8)).then(
          (bytes) => [bytes],
        ),
  ]);
  const nullCount = node.nullCount === 0 ? 0 : length - countBits(bitmap, length);
  return load(type, body, layout, [new FieldNode(length, nullCount)], [bitmap, ...values], dictionaries);
}

function load(
  type: DataType,
  { version }: BatchBody,
  { variadicCounts }: ColumnLayout,
  nodes: readonly FieldNode[],
  chunks: readonly Uint8Array[],
  dictionaries: Dictionaries,
): Data {
  const regions = chunks.map(({ byteLength }) => new BufferRegion(0, byteLength));
  // It takes its buffers as they are, decompressed or never compressed.
  const loader = new CompressedVectorLoader(
    [...chunks],
    [...nodes],
    regions,
    new Map(dictionaries),
    version,
    [...variadicCounts],
  );
  const data: Data = loader.visit(type);
  return data;
}

/** Offsets that begin at 0, and the bytes that they span. */
async function readTexts(
  type: DataType,
  body: BatchBody,
  offsets: BufferRegion,
  texts: BufferRegion | undefined,
  { start, end }: IndexRange,
): Promise<Uint8Array[]> {
  const isLarge = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  const width = isLarge ? 8 : 4;
  const bytes = await readPart(body, offsets, start * width, (end + 1) * width);
  const stored = isLarge
    ? Array.from(new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / width), Number)
    : Array.from(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / width));
  const [from = 0, to = 0] = [stored[0], stored.at(-1)];
  const size = texts?.length ?? 0;
  if (from < 0 || to < from || to > size) {
    throw new RangeError(`a column has texts from ${String(from)} to ${String(to)} in ${String(size)} bytes`);
  }
  const moved = stored.map((offset) => offset - from);
  const view = isLarge ? BigInt64Array.from(moved, BigInt) : Int32Array.from(moved);
  const values = texts ? await readPart(body, texts, from, to) : new Uint8Array(0);
  return [new Uint8Array(view.buffer), values];
}

/** A part of a buffer; where that is too short, what there is of it: who reads an element that is missing says so. */
async function readPart(
  body: BatchBody,
  { offset, length }: BufferRegion,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const end = Math.min(to, length);
  return from >= end ? new Uint8Array(0) : await body.read(offset + from, offset + end);
}

function checkLength({ rowCount }: BatchBody, { nodes: [node] }: ColumnLayout): void {
  if (node?.length !== rowCount) {
    throw new RangeError(
      `a column has ${String(node?.length ?? 0)} values in a batch of ${String(rowCount)} rows`,
    );
  }
}
