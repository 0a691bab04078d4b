import { DataType, UnionMode, type Field } from 'apache-arrow';
import type { BufferRegion, FieldNode, RecordBatch } from 'apache-arrow/ipc/metadata/message';

/** Arrow's first versions gave unions validity bits as well. */
const versionOfBareUnions = 4;

/** Which parts of a batch make up one column. */
export interface ColumnLayout {
  readonly nodes: readonly FieldNode[];
  readonly buffers: readonly BufferRegion[];
  /** How many buffers each view of texts has. */
  readonly variadicCounts: readonly number[];
}

interface Cursor {
  node: number;
  buffer: number;
  variadic: number;
}

/** The parts of each column in a batch. Throws a RangeError where the batch has too few, or they lie outside its values. */
export function layOut(
  batch: RecordBatch,
  fields: readonly Pick<Field, 'type'>[],
  bodyLength: number,
  version: number,
): ColumnLayout[] {
  const { nodes, buffers, variadicBufferCounts } = batch;
  for (const { offset, length } of buffers) {
    if (offset < 0 || length < 0 || offset + length > bodyLength) {
      throw new RangeError('values lie outside their batch');
    }
  }
  const at: Cursor = { node: 0, buffer: 0, variadic: 0 };
  return fields.map(({ type }) => {
    const from = { ...at };
    pass(type, at, variadicBufferCounts, version);
    if (at.node > nodes.length || at.buffer > buffers.length) {
      throw new RangeError('a column is missing from a batch');
    }
    return {
      nodes: nodes.slice(from.node, at.node),
      buffers: buffers.slice(from.buffer, at.buffer),
      variadicCounts: variadicBufferCounts.slice(from.variadic, at.variadic),
    };
  });
}

/** Moves behind the parts of a type. https://arrow.apache.org/docs/format/Columnar.html#buffer-listing-for-each-layout */
function pass(type: DataType, at: Cursor, variadicCounts: readonly number[], version: number): void {
  at.node += 1;
  if (DataType.isNull(type)) return;
  if (DataType.isUnion(type)) {
    at.buffer += (version < versionOfBareUnions ? 1 : 0) + (type.mode === UnionMode.Dense ? 2 : 1);
  } else if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
    at.buffer += 2 + (variadicCounts[at.variadic] ?? 0);
    at.variadic += 1;
  } else if (hasTextOffsets(type)) {
    at.buffer += 3;
  } else if (DataType.isStruct(type) || DataType.isFixedSizeList(type)) {
    at.buffer += 1;
  } else {
    at.buffer += 2;
  }
  // The children of a dictionary's type are those of its values, which lie elsewhere.
  if (DataType.isDictionary(type)) return;
  const children: readonly Field[] = type.children ?? [];
  for (const child of children) pass(child.type, at, variadicCounts, version);
}

export function hasTextOffsets(type: DataType): boolean {
  return (
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type)
  );
}

/** Bits of an element of a type whose elements are all as long; null for others. */
export function elementBits(type: DataType): number | null {
  if (DataType.isBool(type)) return 1;
  if (DataType.isDictionary(type)) return type.indices.bitWidth;
  if (DataType.isInt(type) || DataType.isDecimal(type) || DataType.isTime(type)) return type.bitWidth;
  if (DataType.isFloat(type) || DataType.isDate(type)) return type.ArrayType.BYTES_PER_ELEMENT * 8;
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return 64;
  return DataType.isFixedSizeBinary(type) ? type.byteWidth * 8 : null;
}
