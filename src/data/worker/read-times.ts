import { DataType, DateUnit, TimeUnit, type Data } from 'apache-arrow';
import { formatDate, formatTimeOfDay, formatTimestamp, type FractionDigits } from './format-time.ts';
import { elementOf, type CellReader } from './cell-reader.ts';

const fractionDigits: Record<TimeUnit, FractionDigits> = {
  [TimeUnit.SECOND]: 0,
  [TimeUnit.MILLISECOND]: 3,
  [TimeUnit.MICROSECOND]: 6,
  [TimeUnit.NANOSECOND]: 9,
};

const unitNames: Record<TimeUnit, string> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'µs',
  [TimeUnit.NANOSECOND]: 'ns',
};

const millisecondsInDay = 86_400_000;

/** Readers of dates and times; null for other types. The stored integers are read, as Arrow's own values are rounded. */
export function readTimes(data: Data): CellReader | null {
  const { type } = data;
  if (DataType.isTimestamp(type)) {
    const values: BigInt64Array = data.values;
    const digits = fractionDigits[type.unit];
    const timeZone = type.timezone || null;
    return (index) => ({
      kind: 'datetime',
      text: formatTimestamp(elementOf(values, index), digits, timeZone),
    });
  }
  if (DataType.isDate(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    const perDay = type.unit === DateUnit.DAY ? 1 : millisecondsInDay;
    return (index) => ({
      kind: 'date',
      text: formatDate(Math.floor(Number(elementOf(values, index)) / perDay)),
    });
  }
  if (DataType.isTime(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    const digits = fractionDigits[type.unit];
    return (index) => ({
      kind: 'datetime',
      text: formatTimeOfDay(BigInt(elementOf(values, index)), digits),
    });
  }
  if (DataType.isDuration(type)) {
    const values: BigInt64Array = data.values;
    const unit = unitNames[type.unit];
    return (index) => ({ kind: 'text', text: `${String(elementOf(values, index))} ${unit}` });
  }
  return null;
}
