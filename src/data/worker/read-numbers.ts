import { DataType, Precision, type Data } from 'apache-arrow';
import { formatDecimal, formatFloat, formatFloat32, halfToNumber } from './format-number.ts';
import { elementOf, type CellReader } from './cell-reader.ts';

/** Readers of numbers; null for other types. Whole numbers are exact: those of 64 bits are never made doubles. */
export function readNumbers(data: Data): CellReader | null {
  const { type } = data;
  if (DataType.isInt(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    return (index) => ({ kind: 'number', text: String(elementOf(values, index)) });
  }
  if (DataType.isFloat(type)) return readFloats(data.values, type.precision);
  if (DataType.isDecimal(type)) {
    const values: Uint32Array = data.values;
    const { scale, bitWidth } = type;
    const size = bitWidth / 32;
    return (index) => {
      elementOf(values, (index + 1) * size - 1);
      const limbs = values.subarray(index * size, (index + 1) * size);
      return { kind: 'number', text: formatDecimal(limbs, scale) };
    };
  }
  return null;
}

function readFloats(values: ArrayLike<number>, precision: Precision): CellReader {
  const format = precision === Precision.DOUBLE ? formatFloat : formatFloat32;
  return (index) => {
    const stored = elementOf(values, index);
    const value = precision === Precision.HALF ? halfToNumber(stored) : stored;
    return { kind: Number.isNaN(value) ? 'nan' : 'number', text: format(value) };
  };
}
