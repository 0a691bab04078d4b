import {
  Bool,
  DateDay,
  DenseUnion,
  Field,
  Float64,
  Int64,
  Null,
  Timestamp,
  TimeUnit as ArrowTimeUnit,
  Uint64,
  Utf8,
  type DataType,
} from 'apache-arrow';
import type { ColumnBuffers, TimeUnit } from '../../model/dataset.ts';
import { assertNever } from '../../shared/assert-never.ts';

/** Marks texts that are whole numbers: Arrow has no type for those beyond 256 bits, and few readers know that one. */
export const typeKey = 'cahier.type';

/** Has the scale that a column was given. */
export const scaleKey = 'cahier.scale';

/** Has the rows of each batch of a file, so that none of them need be looked at before it is read. */
export const batchesKey = 'cahier.batches';

const arrowUnits: Record<TimeUnit, ArrowTimeUnit> = {
  s: ArrowTimeUnit.SECOND,
  ms: ArrowTimeUnit.MILLISECOND,
  us: ArrowTimeUnit.MICROSECOND,
  ns: ArrowTimeUnit.NANOSECOND,
};

const timeUnitsOfArrow: Record<ArrowTimeUnit, TimeUnit> = {
  [ArrowTimeUnit.SECOND]: 's',
  [ArrowTimeUnit.MILLISECOND]: 'ms',
  [ArrowTimeUnit.MICROSECOND]: 'us',
  [ArrowTimeUnit.NANOSECOND]: 'ns',
};

export function timeUnitOf(unit: ArrowTimeUnit): TimeUnit {
  return timeUnitsOfArrow[unit];
}

/** The field that says in an Arrow schema what a column holds; `summarise` is the way back. */
export function fieldOf(column: ColumnBuffers): Field {
  const { name, type, scale } = column;
  const metadata = new Map<string, string>();
  if (type === 'integer') metadata.set(typeKey, 'integer');
  if (scale) metadata.set(scaleKey, scale);
  return new Field(name, typeOf(column), true, metadata);
}

function typeOf(column: ColumnBuffers): DataType {
  switch (column.type) {
    case 'null':
      return new Null();
    case 'bool':
      return new Bool();
    case 'int64':
      return new Int64();
    case 'uint64':
      return new Uint64();
    case 'float64':
      return new Float64();
    case 'date':
      return new DateDay();
    case 'datetime':
      return new Timestamp(arrowUnits[column.timeUnit ?? 'ns'], column.timeZone);
    case 'string':
    case 'integer':
      return new Utf8();
    case 'mixed':
      return new DenseUnion(
        column.children.map((_, index) => index),
        column.children.map((child) => fieldOf({ ...child, name: child.type })),
      );
    default:
      return assertNever(column.type);
  }
}
