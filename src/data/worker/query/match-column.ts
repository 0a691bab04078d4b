import { DataType, DateUnit, type Data, type Field, type TimeUnit } from 'apache-arrow';
import { parseNumber } from '../../filter-value.ts';
import { toldApartLimit, type Comparison, type Condition } from '../../table-query.ts';
import { typeKey } from '../arrow-fields.ts';
import { cutText } from '../decode-text.ts';
import { createCellReader } from '../read-cells.ts';
import { valueTestOf } from '../pieces.ts';
import { summariseField } from '../summarise.ts';
import { comparedTextLimit, compareTexts, numberOf } from './cell-keys.ts';
import { createTextTest, isText, keepContaining, keepTexts } from './match-texts.ts';
import { daySpan, momentSpan } from './moments.ts';
import { doublesOf } from './number-keys.ts';
import { keepInRange, rangeBetween, rangeFor, wholeSpan, type Span, type WholeRange } from './whole-range.ts';
import type { Cell } from '../cell-reader.ts';

/** Clears the marks of those elements of a piece that do not meet a condition. */
export type PieceTest = (piece: Data, matches: Uint8Array) => void;

type Bounds = Extract<Condition, { type: 'compare' | 'between' }>;

const millisecondsInDay = 86_400_000n;
const perSecond: Record<TimeUnit, bigint> = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** Looks at the type and the condition once. Throws an Error that says what is wrong with the condition. */
export function createPieceTest(field: Field, condition: Condition): PieceTest {
  switch (condition.type) {
    case 'is-null':
      return (piece, matches) => {
        keepByNulls(field, piece, true, matches);
      };
    case 'is-not-null':
      return (piece, matches) => {
        keepByNulls(field, piece, false, matches);
      };
    case 'text':
      return textTest(field, condition);
    case 'one-of': {
      const texts = new Set(condition.texts.map((text) => text && cutText(text, toldApartLimit)));
      return cellTest(field, ({ kind, text }) => texts.has(kind === 'null' ? null : text), toldApartLimit);
    }
    case 'compare':
    case 'between':
      return boundsTest(field, condition);
  }
}

function textTest(field: Field, condition: Extract<Condition, { type: 'text' }>): PieceTest {
  const test = createTextTest(condition);
  if (!isText(field.type)) {
    return cellTest(field, ({ kind, text }) => kind !== 'null' && test(text), Number.MAX_SAFE_INTEGER);
  }
  return (piece, matches) => {
    keepByNulls(field, piece, false, matches);
    const { match, text, isCaseSensitive } = condition;
    if (match === 'contains' && keepContaining(piece, text, isCaseSensitive, matches)) return;
    keepTexts(piece, test, matches);
  };
}

function boundsTest(field: Field, bounds: Bounds): PieceTest {
  const { type } = field;
  if (DataType.isInt(type) || field.metadata.get(typeKey) === 'integer') {
    const range = rangeOf(bounds, (text) => wholeSpan(text) ?? refuse(text, 'a number'));
    if (!DataType.isInt(type)) return digitsTest(field, range);
    return wholeTest(field, range, !type.isSigned);
  }
  if (DataType.isTimestamp(type)) {
    const { unit } = type;
    const span = (text: string) =>
      momentSpan(text, perSecond[unit], type.timezone || null) ?? refuse(text, 'a date such as 2026-11-21');
    return wholeTest(field, rangeOf(bounds, span), false);
  }
  if (DataType.isDate(type)) {
    const scale = type.unit === DateUnit.DAY ? 1n : millisecondsInDay;
    const span = (text: string) => {
      const day = daySpan(text) ?? refuse(text, 'a date such as 2026-11-21');
      return { first: day.first * scale, last: (day.last + 1n) * scale - 1n };
    };
    return wholeTest(field, rangeOf(bounds, span), false);
  }
  if (DataType.isFloat(type)) return floatTest(field, bounds);
  return cellTest(field, createCellComparison(bounds));
}

function rangeOf(bounds: Bounds, spanOf: (text: string) => Span): WholeRange {
  return bounds.type === 'between'
    ? rangeBetween(spanOf(bounds.low), spanOf(bounds.high))
    : rangeFor(bounds.operator, spanOf(bounds.value));
}

function wholeTest(field: Field, range: WholeRange, isUnsigned: boolean): PieceTest {
  return (piece, matches) => {
    keepByNulls(field, piece, false, matches);
    keepInRange(halvesOf(piece), isUnsigned, range, matches);
  };
}

function digitsTest(field: Field, { low, high, isOutside }: WholeRange): PieceTest {
  return cellTest(field, ({ kind, text }) => {
    // A file from elsewhere may have other texts where it says that there are numbers.
    if (kind === 'null' || !/^-?\d+$/.test(text)) return false;
    const value = BigInt(text);
    return (value >= low && value <= high) !== isOutside;
  });
}

function halvesOf({ values, length }: Data): Uint32Array {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return new Uint32Array(values.buffer, values.byteOffset, Math.min(values.length, length) * 2);
  }
  const numbers: ArrayLike<number> = values;
  const halves = new Int32Array(length * 2);
  for (let index = 0; index < length; index++) {
    const number = numbers[index] ?? 0;
    halves[2 * index] = number;
    halves[2 * index + 1] = number < 0 ? -1 : 0;
  }
  return new Uint32Array(halves.buffer);
}

function floatTest(field: Field, bounds: Bounds): PieceTest {
  const passes = createNumberTest(bounds);
  return (piece, matches) => {
    keepByNulls(field, piece, false, matches);
    if (!DataType.isFloat(piece.type)) return;
    const values = doublesOf(piece.values, piece.length, piece.type.precision);
    for (let index = 0; index < matches.length; index++) {
      if (!passes(values[index] ?? NaN)) matches[index] = 0;
    }
  };
}

function createNumberTest(bounds: Bounds): (value: number) => boolean {
  const numberIn = (text: string) => parseNumber(text) ?? refuse(text, 'a number');
  if (bounds.type === 'between') {
    const [low, high] = [numberIn(bounds.low), numberIn(bounds.high)];
    return (value) => value >= low && value <= high;
  }
  const given = numberIn(bounds.value);
  const tests: Record<Comparison, (value: number) => boolean> = {
    '=': (value) => value === given,
    '≠': (value) => value !== given,
    '<': (value) => value < given,
    '≤': (value) => value <= given,
    '>': (value) => value > given,
    '≥': (value) => value >= given,
  };
  return tests[bounds.operator];
}

/** Numbers as numbers, whatever else there is by its text. */
function createCellComparison(bounds: Bounds): (cell: Cell) => boolean {
  const order = (text: string) => {
    const given = numberOf(text.trim());
    const isNumber = text.trim() !== '' && !Number.isNaN(given);
    return (cell: Cell) => {
      if (cell.kind === 'nan') return NaN;
      if (cell.kind !== 'number') return compareTexts(cell.text, text);
      if (!isNumber) return NaN;
      const value = numberOf(cell.text);
      return value < given ? -1 : value > given ? 1 : 0;
    };
  };
  if (bounds.type === 'between') {
    const [low, high] = [order(bounds.low), order(bounds.high)];
    return (cell) => cell.kind !== 'null' && low(cell) >= 0 && high(cell) <= 0;
  }
  const compare = order(bounds.value);
  const tests: Record<Comparison, (sign: number) => boolean> = {
    '=': (sign) => sign === 0,
    '≠': (sign) => sign !== 0,
    '<': (sign) => sign < 0,
    '≤': (sign) => sign <= 0,
    '>': (sign) => sign > 0,
    '≥': (sign) => sign >= 0,
  };
  return (cell) => cell.kind !== 'null' && tests[bounds.operator](compare(cell));
}

/** By the cells as they are shown, up to so much of their texts; of a dictionary each entry is looked at once. */
function cellTest(
  field: Field,
  passes: (cell: Cell) => boolean,
  limit: number = comparedTextLimit,
): PieceTest {
  return (piece, matches) => {
    const read = createCellReader(field, piece);
    const known = DataType.isDictionary(piece.type) ? new Map<unknown, boolean>() : null;
    for (let index = 0; index < matches.length; index++) {
      if (matches[index] === 0) continue;
      const entry: unknown = known && piece.getValid(index) ? piece.values[index] : undefined;
      let isPassed = entry === undefined ? undefined : known?.get(entry);
      if (isPassed === undefined) {
        isPassed = passes(read(index, limit));
        if (entry !== undefined) known?.set(entry, isPassed);
      }
      if (!isPassed) matches[index] = 0;
    }
  };
}

function keepByNulls(field: Field, piece: Data, areWanted: boolean, matches: Uint8Array): void {
  const { type } = piece;
  if (DataType.isNull(type)) {
    if (!areWanted) matches.fill(0);
  } else if (DataType.isUnion(type) || DataType.isDictionary(type)) {
    // Their nulls are those of their parts.
    cellTest(field, ({ kind }) => (kind === 'null') === areWanted)(piece, matches);
  } else if (piece.nullCount === 0) {
    if (areWanted) matches.fill(0);
  } else {
    const isValue = valueTestOf(piece);
    for (let index = 0; index < matches.length; index++) {
      if (isValue(index) === areWanted) matches[index] = 0;
    }
  }
}

function refuse(text: string, expected: string): never {
  throw new Error(`“${text}” is not ${expected}.`);
}

/** The name of a column in messages. */
export function describeColumn(field: Field): string {
  return `the column “${summariseField(field).name}”`;
}
