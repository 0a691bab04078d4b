import { DataType, DateUnit, Precision, TimeUnit, type Data, type Field } from 'apache-arrow';
import { elementOf } from '../cell-reader.ts';
import { halfToNumber } from '../format-number.ts';
import { createCellReader } from '../read-cells.ts';
import { createLocalTimes } from './local-times.ts';

const millisecondsInDay = 86_400_000;

/** What a stored integer is divided by for milliseconds. */
const perMillisecond: Record<TimeUnit, number> = {
  [TimeUnit.SECOND]: 0.001,
  [TimeUnit.MILLISECOND]: 1,
  [TimeUnit.MICROSECOND]: 1_000,
  [TimeUnit.NANOSECOND]: 1_000_000,
};

/** Reads values of a piece as doubles; times as milliseconds since 1970, those of no zone as times of the reader's own. */
export function createNumberReader(field: Field, data: Data): (index: number) => number {
  const { type } = data;
  if (DataType.isFloat(type)) {
    const values: ArrayLike<number> = data.values;
    return type.precision === Precision.HALF
      ? (index) => halfToNumber(elementOf(values, index))
      : (index) => elementOf(values, index);
  }
  if (DataType.isInt(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    return (index) => Number(elementOf(values, index));
  }
  if (DataType.isTimestamp(type)) {
    const values: ArrayLike<bigint> = data.values;
    const divisor = perMillisecond[type.unit];
    const read = (index: number): number => Number(elementOf(values, index)) / divisor;
    if (type.timezone) return read;
    const toLocal = createLocalTimes();
    return (index) => toLocal(read(index));
  }
  if (DataType.isDate(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    const factor = type.unit === DateUnit.DAY ? millisecondsInDay : 1;
    const toLocal = createLocalTimes();
    return (index) => toLocal(Number(elementOf(values, index)) * factor);
  }
  const readText = createCellReader(field, data);
  return (index) => Number(readText(index, 100).text);
}
