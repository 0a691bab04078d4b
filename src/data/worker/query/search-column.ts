import {
  DataType,
  DateUnit,
  type Data,
  type Date_,
  type Field,
  type Timestamp,
  type TimeUnit,
} from 'apache-arrow';
import { findHits, isYear } from '../../search-hits.ts';
import { typeKey } from '../arrow-fields.ts';
import { createCellReader } from '../read-cells.ts';
import { createPieceTest, type PieceTest } from './match-column.ts';
import { isText } from './match-texts.ts';
import { doublesOf } from './number-keys.ts';

/** Whether cells of a column have what is searched for, as `findHits` says; null where none ever has. */
export function createSearchTest(field: Field, wanted: string): PieceTest | null {
  const folded = wanted.toLowerCase();
  if (!canHold(field.type, folded)) return null;
  if (isText(field.type) && field.metadata.get(typeKey) !== 'integer') {
    return createPieceTest(field, { type: 'text', match: 'contains', text: wanted, isCaseSensitive: false });
  }
  const isNear = isTime(field.type)
    ? createYearTest(folded, field.type)
    : DataType.isInt(field.type) || DataType.isFloat(field.type)
      ? createNearTest(folded)
      : null;
  return (piece, matches) => {
    const numbers = isNear && roughNumbers(piece);
    const read = createCellReader(field, piece);
    for (let index = 0; index < matches.length; index++) {
      if (matches[index] === 0) continue;
      // Most numbers and times are told by their size: no text is made of them.
      if (numbers && !isNear(numbers[index] ?? 0)) matches[index] = 0;
      else {
        const { kind, text } = read(index, Number.MAX_SAFE_INTEGER);
        if (findHits(kind, text, wanted).length === 0) matches[index] = 0;
      }
    }
  };
}

/** Whether values of a type are ever shown with all these characters. */
function canHold(type: DataType, wanted: string): boolean {
  if (DataType.isNull(type)) return false;
  if (DataType.isInt(type)) return /^[-\d]+$/.test(wanted);
  if (DataType.isFloat(type)) return /^[-+.\denaif]+$/.test(wanted);
  if (DataType.isBool(type)) return 'true'.includes(wanted) || 'false'.includes(wanted);
  if (DataType.isDate(type)) return /^[-+\d]+$/.test(wanted);
  if (DataType.isTimestamp(type)) return /^[-+:. \d]+$/.test(wanted);
  return true;
}

/** Numbers from here on, and those below the other, are written with powers of ten. */
const largestPlain = 1e16;
const smallestPlain = 1e-4;
/** So much is left for numbers that are rounded as they are shown. */
const slack = 1e-6;

/** Whether a number can begin with these digits, as it is shown; null where they are not digits alone. */
function createNearTest(wanted: string): ((value: number) => boolean) | null {
  const found = /^-?(\d+)(?:\.(\d*))?$/.exec(wanted);
  if (!found) return null;
  const [, whole = '', fraction] = found;
  const isPower = whole.length === 1;
  const least = Number(`${whole}.${fraction ?? ''}`);
  const lows: number[] = [];
  const highs: number[] = [];
  for (let power = 0; power + whole.length <= 20; power++) {
    const step = fraction === undefined ? 10 ** power : 10 ** -fraction.length;
    const low = fraction === undefined ? least * step : least;
    lows.push(low * (1 - slack));
    highs.push((low + step) * (1 + slack));
    // Digits behind a point, and a first 0, stand at one place only.
    if (fraction !== undefined || least === 0) break;
  }
  return (value) => {
    const size = Math.abs(value);
    if (isPower && (size >= largestPlain || size < smallestPlain)) return true;
    for (let index = 0; index < lows.length; index++) {
      if (size < (lows[index] ?? 0)) return false;
      if (size <= (highs[index] ?? 0)) return true;
    }
    return false;
  };
}

const millisecondsInDay = 86_400_000;
const perSecond: Record<TimeUnit, number> = [1, 1e3, 1e6, 1e9];

function isTime(type: DataType): type is Date_ | Timestamp {
  return DataType.isDate(type) || DataType.isTimestamp(type);
}

/** Whether a moment can lie in a year that begins with these digits, in any time zone; null where they are no year. */
function createYearTest(wanted: string, type: Date_ | Timestamp): ((value: number) => boolean) | null {
  if (!isYear(wanted)) return null;
  // Later years are written with a sign.
  if (wanted.length > 4) return () => false;
  const scale = 10 ** (4 - wanted.length);
  const unit = DataType.isTimestamp(type)
    ? perSecond[type.unit] / 1000
    : type.unit === DateUnit.DAY
      ? 1 / millisecondsInDay
      : 1;
  const startOf = (year: number) => new Date(0).setUTCFullYear(year, 0, 1);
  const low = (startOf(Number(wanted) * scale) - millisecondsInDay) * unit;
  const high = (startOf((Number(wanted) + 1) * scale) + millisecondsInDay) * unit;
  return (value) => value >= low && value <= high;
}

/** Numbers about as large as the values; null for values that are none. */
function roughNumbers({ type, values, length }: Data): Float64Array | null {
  if (DataType.isFloat(type)) return doublesOf(values, length, type.precision);
  if (!DataType.isInt(type) && !isTime(type)) return null;
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) {
    const numbers: ArrayLike<number> = values;
    return Float64Array.from(numbers).subarray(0, length);
  }
  // In halves: a BigInt for each would take longer than all else.
  const low = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const isSigned = values instanceof BigInt64Array;
  const high = isSigned ? new Int32Array(low.buffer, low.byteOffset, low.length) : low;
  const numbers = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    numbers[index] = (high[2 * index + 1] ?? 0) * 2 ** 32 + (low[2 * index] ?? 0);
  }
  return numbers;
}
