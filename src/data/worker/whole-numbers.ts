import { DataType, type Data, type Field } from 'apache-arrow';
import { typeKey } from './arrow-fields.ts';

/** Whether a column holds whole numbers: of 64 bits, or of any size as digits. */
export function isWhole({ type, metadata }: Field): boolean {
  return (DataType.isInt(type) && type.bitWidth === 64) || metadata.get(typeKey) === 'integer';
}

/** The whole number in a row that has one; of datetimes their count. */
export function wholeAt(data: Data, row: number): bigint {
  if (!DataType.isUtf8(data.type)) return BigInt(data.values[row]);
  const [start, end] = [data.valueOffsets[row], data.valueOffsets[row + 1]];
  return BigInt(new TextDecoder().decode(data.values.subarray(start, end)));
}

/** All of them, null where there is none. */
export function wholesOf(data: Data): (bigint | null)[] {
  return Array.from({ length: data.length }, (_, row) => (data.getValid(row) ? wholeAt(data, row) : null));
}

/** The least and the greatest number, 0 among them. */
export function rangeOf(data: Data): [bigint, bigint] {
  let [low, high] = [0n, 0n];
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const value = wholeAt(data, row);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
