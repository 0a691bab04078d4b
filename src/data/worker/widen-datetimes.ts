import { DataType, Field, makeData, TimeUnit, Timestamp, type Data } from 'apache-arrow';
import type { JoinedColumn } from './widen-column.ts';
import { rangeOf, wholeAt } from './whole-numbers.ts';

/** Nanoseconds in a microsecond. */
const thousand = 1000n;

/** Null where some are no datetimes, some have a time zone and some have none, or a unit does not reach as far. */
export function commonDatetime(columns: readonly JoinedColumn[]): Field | null {
  const types = columns.flatMap(({ field: { type } }) => (DataType.isTimestamp(type) ? [type] : []));
  const zones = new Set(types.map(({ timezone }) => timezone ?? null));
  if (types.length < columns.length || (zones.size > 1 && zones.has(null))) return null;
  const unit = commonUnit(columns, new Set(types.map((type) => type.unit)));
  const zone = zones.size > 1 ? 'UTC' : types[0]?.timezone;
  return unit === null ? null : new Field(columns[0]?.field.name ?? '', new Timestamp(unit, zone), true);
}

/** Datetimes in a unit as fine as theirs or finer; with a time zone they count in UTC, whichever it is. */
export function widenDatetimes(data: Data, type: Timestamp): Data {
  if (isOfUnit(data.type, type.unit)) return data.clone(type);
  const counts = BigInt64Array.from({ length: data.length }, (_, row) =>
    data.getValid(row) ? wholeAt(data, row) * thousand : 0n,
  );
  const { length, nullCount, nullBitmap } = data;
  return makeData({ type, length, nullCount, nullBitmap, data: counts });
}

function commonUnit(columns: readonly JoinedColumn[], units: ReadonlySet<TimeUnit>): TimeUnit | null {
  const [first] = units;
  if (first === undefined || units.size === 1) return first ?? null;
  if (units.size > 2 || !units.has(TimeUnit.NANOSECOND) || !units.has(TimeUnit.MICROSECOND)) return null;
  const reach = columns
    .filter(({ field }) => isOfUnit(field.type, TimeUnit.MICROSECOND))
    .flatMap(({ pieces }) => pieces)
    .every((data) =>
      rangeOf(data).every((count) => BigInt.asIntN(64, count * thousand) === count * thousand),
    );
  return reach ? TimeUnit.NANOSECOND : null;
}

function isOfUnit(type: DataType, unit: TimeUnit): boolean {
  return DataType.isTimestamp(type) && type.unit === unit;
}
