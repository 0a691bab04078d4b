import { DataType, makeData, type Bool, type Data } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { invariant } from '../../shared/invariant.ts';
import { sliceBits } from './bits.ts';
import { sliceMixed } from './slice-mixed.ts';
import { float64View, int32View, int64View, uint64View } from './views.ts';

/**
 * Elements `start` to `end` of a column as Arrow data of the given type. Nothing is copied but bits that do not begin at
 * a byte. The buffers must have been found good.
 */
export function sliceColumn(column: ColumnBuffers, type: DataType, start: number, end: number): Data {
  const length = end - start;
  const { values, validity, nullCount } = column;
  const nulls =
    validity === null || nullCount === 0
      ? { nullCount: 0 }
      : { nullCount: -1, nullBitmap: sliceBits(validity, start, end) }; // -1: to be counted
  if (DataType.isNull(type)) return makeData({ type, length });
  if (DataType.isBool(type)) return sliceBool(column, type, start, end, nulls);
  if (DataType.isFloat(type)) {
    return makeData({ type, length, ...nulls, data: float64View(values).subarray(start, end) });
  }
  if (DataType.isDate(type)) {
    return makeData({ type, length, ...nulls, data: int32View(values).subarray(start, end) });
  }
  if (DataType.isTimestamp(type)) {
    return makeData({ type, length, ...nulls, data: int64View(values).subarray(start, end) });
  }
  if (DataType.isInt(type)) {
    const data = type.isSigned ? int64View(values) : uint64View(values);
    return makeData({ type, length, ...nulls, data: data.subarray(start, end) });
  }
  if (DataType.isUtf8(type)) {
    // The writer moves the offsets to 0 and takes only the bytes they span.
    const offsets = length === 0 ? Int32Array.of(0) : int32View(column.offsets).subarray(start, end + 1);
    return makeData({ type, length, ...nulls, valueOffsets: offsets, data: values ?? new Uint8Array(0) });
  }
  invariant(DataType.isDenseUnion(type), `a column of type ${column.type} has a plan`);
  return sliceMixed(column, type, start, end);
}

function sliceBool(
  { values }: ColumnBuffers,
  type: Bool,
  start: number,
  end: number,
  nulls: { nullCount: number; nullBitmap?: Uint8Array },
): Data {
  const data = sliceBits(values ?? new Uint8Array(0), start, end);
  return makeData({ type, length: end - start, ...nulls, data });
}
