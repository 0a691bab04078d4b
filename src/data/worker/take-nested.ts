import { BufferType, Data, DataType, type Vector } from 'apache-arrow';
import { hasBit, setBits } from './bits.ts';
import { elementOf } from './cell-reader.ts';
import { refuseType } from './column-problem.ts';
import { valueTestOf } from './pieces.ts';
import { isNested } from './read-nested.ts';
import { nullEntry, validityOf } from './take-elements.ts';

/** For each element to be taken the piece that it lies in, and where; `nullEntry` for a null. */
interface Places {
  readonly pieces: Int32Array;
  readonly elements: Int32Array;
}

/** What of a piece is in bytes: a child's elements of one of the parent's are those from `start` up to `end`. */
type SpanOf = (element: number) => readonly [start: number, end: number];

/**
 * Some elements of a column of values within values, from its pieces, as they are stored. Throws a `ColumnProblem` where
 * there are types in it that cannot be picked: unions, views, and dictionaries that differ between the pieces.
 */
export function takeNested(type: DataType, pieces: readonly Data[], places: Places): Data {
  const isValue = pieces.map(valueTestOf);
  const elements = places.elements.map((element, index) =>
    element !== nullEntry && isValue[places.pieces[index] ?? 0]?.(element) === true ? element : nullEntry,
  );
  const { length } = elements;
  const { nullCount, validity } = validityOf(elements);
  const given = { pieces: places.pieces, elements };
  const make = (
    buffers: { offsets?: Int32Array | BigInt64Array; values?: ArrayBufferView },
    children: Data[] = [],
    dictionary?: Vector,
  ) =>
    new Data(
      type,
      0,
      length,
      nullCount,
      {
        ...(buffers.offsets && { [BufferType.OFFSET]: buffers.offsets }),
        ...(buffers.values && { [BufferType.DATA]: buffers.values }),
        ...(validity && { [BufferType.VALIDITY]: validity }),
      },
      children,
      dictionary,
    );

  if (DataType.isNull(type)) return new Data(type, 0, length, length);
  if (DataType.isBool(type)) return make({ values: takeBits(pieces, given) });
  if (DataType.isUnion(type) || DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
    return refuseType(type);
  }
  if (DataType.isDictionary(type)) {
    const [dictionary] = pieces.map((piece) => piece.dictionary);
    if (pieces.some((piece) => piece.dictionary !== dictionary)) return refuseType(type);
    return make({ values: takeFixed(type, pieces, given) }, [], dictionary);
  }
  if (DataType.isStruct(type)) {
    return make(
      {},
      type.children.map((field, child) => takeNested(field.type, childrenOf(pieces, child), given)),
    );
  }
  if (DataType.isFixedSizeList(type)) {
    const { listSize } = type;
    const spans = pieces.map((): SpanOf => (element) => [element * listSize, (element + 1) * listSize]);
    const inner = placesWithin(given, spans, listSize);
    return make({}, takeChild(type, pieces, inner));
  }
  const spans = pieces.map(({ valueOffsets }): SpanOf => {
    const offsets: ArrayLike<number | bigint> = valueOffsets ?? [];
    return (element) => [Number(elementOf(offsets, element)), Number(elementOf(offsets, element + 1))];
  });
  if (isNested(type)) {
    const offsets = offsetsOf(given, spans, DataType.isLargeList(type));
    return make({ offsets }, takeChild(type, pieces, placesWithin(given, spans, 0)));
  }
  if (
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type)
  ) {
    const isLarge = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
    return make({ offsets: offsetsOf(given, spans, isLarge), values: takeBytes(pieces, given, spans) });
  }
  return make({ values: takeFixed(type, pieces, given) });
}

function childrenOf(pieces: readonly Data[], child: number): Data[] {
  return pieces.flatMap(({ children }) => children[child] ?? []);
}

function takeChild({ children }: DataType, pieces: readonly Data[], places: Places): Data[] {
  return (children ?? []).slice(0, 1).map(({ type }) => takeNested(type, childrenOf(pieces, 0), places));
}

/** Calls `visit` for each element that is a value, with its span. */
function visitSpans(
  { pieces, elements }: Places,
  spans: readonly SpanOf[],
  visit: (index: number, piece: number, start: number, end: number) => void,
): void {
  for (const [index, element] of elements.entries()) {
    const piece = pieces[index] ?? 0;
    const span = element === nullEntry ? null : spans[piece]?.(element);
    if (span) visit(index, piece, span[0], span[1]);
  }
}

/** The places of what lies within the elements; a null has so many nulls within it. */
function placesWithin(places: Places, spans: readonly SpanOf[], nullSize: number): Places {
  const sizes = new Int32Array(places.elements.length).fill(nullSize);
  visitSpans(places, spans, (index, _, start, end) => {
    sizes[index] = end - start;
  });
  const starts = startsOf(sizes);
  const length = starts[sizes.length] ?? 0;
  const within = { pieces: new Int32Array(length), elements: new Int32Array(length).fill(nullEntry) };
  visitSpans(places, spans, (index, piece, start, end) => {
    const at = starts[index] ?? 0;
    for (let element = start; element < end; element++) {
      within.pieces[at + element - start] = piece;
      within.elements[at + element - start] = element;
    }
  });
  return within;
}

function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  for (const [index, size] of sizes.entries()) starts[index + 1] = (starts[index] ?? 0) + size;
  return starts;
}

function offsetsOf(places: Places, spans: readonly SpanOf[], isLarge: boolean): Int32Array | BigInt64Array {
  const sizes = new Int32Array(places.elements.length);
  visitSpans(places, spans, (index, _, start, end) => {
    sizes[index] = end - start;
  });
  const starts = startsOf(sizes);
  return isLarge ? BigInt64Array.from(starts, BigInt) : starts;
}

function takeBytes(pieces: readonly Data[], places: Places, spans: readonly SpanOf[]): Uint8Array {
  let size = 0;
  visitSpans(places, spans, (_index, _piece, start, end) => {
    size += end - start;
  });
  const taken = new Uint8Array(size);
  let at = 0;
  visitSpans(places, spans, (_, piece, start, end) => {
    const bytes: Uint8Array = pieces[piece]?.values;
    taken.set(bytes.subarray(start, end), at);
    at += end - start;
  });
  return taken;
}

function takeBits(pieces: readonly Data[], { pieces: own, elements }: Places): Uint8Array {
  const taken = new Uint8Array(Math.ceil(elements.length / 8));
  for (const [index, element] of elements.entries()) {
    const piece = pieces[own[index] ?? 0];
    if (element === nullEntry || !piece) continue;
    if (hasBit(piece.values, piece.offset + element)) setBits(taken, index, index + 1);
  }
  return taken;
}

/** Elements that have the same number of bytes each, whatever they are. */
function takeFixed(
  type: DataType,
  pieces: readonly Data[],
  { pieces: own, elements }: Places,
): ArrayBufferView {
  const Values: new (length: number) => ArrayBufferView & { readonly BYTES_PER_ELEMENT: number } =
    type.ArrayType;
  const stride = pieces[0]?.stride ?? 1;
  const taken = new Values(elements.length * stride);
  const size = stride * taken.BYTES_PER_ELEMENT;
  const to = new Uint8Array(taken.buffer);
  const from = pieces.map(({ values }) => {
    const { buffer, byteOffset, byteLength }: ArrayBufferView = values;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  for (const [index, element] of elements.entries()) {
    if (element === nullEntry) continue;
    const bytes = from[own[index] ?? 0]?.subarray(element * size, (element + 1) * size);
    if (bytes) to.set(bytes, index * size);
  }
  return taken;
}
