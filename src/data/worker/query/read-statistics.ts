import { DataType, DateUnit, TimeUnit, type Data, type Field } from 'apache-arrow';
import type { ColumnStatistics, Figure, FigureName, Histogram } from '../../column-statistics.ts';
import { toldApartLimit } from '../../table-query.ts';
import { formatFloat } from '../format-number.ts';
import { formatDate, formatTimestamp, type FractionDigits } from '../format-time.ts';
import type { OpenTable } from '../OpenTable.ts';
import { valueTestOf } from '../pieces.ts';
import { createCellReader } from '../read-cells.ts';
import { doublesOf } from './number-keys.ts';
import type { IndexRange } from '../../TableSource.ts';
import { readAhead } from '../read-ahead.ts';
import { Pauses, type Run } from './run.ts';

/** Distinct values that are counted; of more, there are as many at least. */
const countedValues = 50_000;
const topCount = 10;
const binCount = 20;
/** Of whole numbers there may be a few more or less. */
const fewestBins = 10;
const mostBins = 30;
const digitsOf: Record<TimeUnit, FractionDigits> = {
  [TimeUnit.SECOND]: 0,
  [TimeUnit.MILLISECOND]: 3,
  [TimeUnit.MICROSECOND]: 6,
  [TimeUnit.NANOSECOND]: 9,
};

/** What the values of a column are like, over the rows that a table has. */
export async function readStatistics(table: OpenTable, column: number, run: Run): Promise<ColumnStatistics> {
  const field = table.columns.schema.fields[column];
  if (!field) throw new Error(`There is no column ${String(column + 1)}.`);
  return isCountable(field.type)
    ? await summariseNumbers(table, field, column, run)
    : await countValues(table, field, column, run);
}

function isCountable(type: DataType): boolean {
  return (
    DataType.isInt(type) || DataType.isFloat(type) || DataType.isDate(type) || DataType.isTimestamp(type)
  );
}

/** Each batch of a column, with the elements of it that the table has. */
async function* readPieces(
  { columns, rows }: OpenTable,
  column: number,
  { signal, report }: Run,
): AsyncGenerator<{ piece: Data; isWanted: (index: number) => boolean }> {
  const pauses = new Pauses(signal);
  const wanted = rows === null ? null : new Uint8Array(columns.rowCount);
  for (const row of rows ?? []) if (wanted) wanted[row] = 1;
  const isWanted = ({ start, end }: IndexRange) => wanted?.subarray(start, end).includes(1) !== false;
  const batches = [...columns.batches.entries()].filter(([, rows]) => isWanted(rows));
  const pieces = readAhead(batches.length, async (index) => {
    const [batch, range] = batches[index] ?? [0, { start: 0, end: 0 }];
    return { piece: await columns.readColumn(column, batch), range };
  });
  for await (const { piece, range } of pieces) {
    const { start, end } = range;
    yield { piece, isWanted: wanted === null ? () => true : (index) => wanted[start + index] === 1 };
    report(end, columns.rowCount);
    await pauses.take();
  }
}

type Numbers = Float64Array | BigInt64Array | BigUint64Array;

async function summariseNumbers(
  table: OpenTable,
  field: Field,
  column: number,
  run: Run,
): Promise<ColumnStatistics> {
  const { rowCount } = table.summary;
  const all = createNumbers(field.type, rowCount);
  let count = 0;
  let nullCount = 0;
  let nanCount = 0;
  for await (const { piece, isWanted } of readPieces(table, column, run)) {
    const isValue = valueTestOf(piece);
    const values = numbersOf(piece);
    for (let index = 0; index < piece.length; index++) {
      if (!isWanted(index)) continue;
      const value = values[index];
      if (!isValue(index) || value === undefined) nullCount += 1;
      else if (value !== value) nanCount += 1;
      else all[count++] = value;
    }
  }
  const sorted = all.subarray(0, count).sort();
  const format = formatOf(field.type);
  return {
    rowCount,
    nullCount,
    nanCount,
    distinctCount: countDistinct(sorted),
    isDistinctExact: true,
    figures: count === 0 ? [] : figuresOf(sorted, field.type, format),
    histogram: histogramOf(sorted, field.type, format),
    top: [],
  };
}

function createNumbers(type: DataType, length: number): Numbers {
  if (DataType.isTimestamp(type)) return new BigInt64Array(length);
  if (DataType.isInt(type) && type.bitWidth === 64) {
    return type.isSigned ? new BigInt64Array(length) : new BigUint64Array(length);
  }
  return new Float64Array(length);
}

function numbersOf({ type, values, length }: Data): ArrayLike<number | bigint> {
  if (DataType.isFloat(type)) return doublesOf(values, length, type.precision);
  // Of dates the days are taken, whatever their unit is.
  if (DataType.isDate(type) && type.unit !== DateUnit.DAY) {
    const moments: ArrayLike<number | bigint> = values;
    return Float64Array.from({ length }, (_, index) => Math.floor(Number(moments[index] ?? 0) / 86_400_000));
  }
  return values;
}

function countDistinct(sorted: Numbers): number {
  let count = sorted.length === 0 ? 0 : 1;
  for (let index = 1; index < sorted.length; index++) if (sorted[index] !== sorted[index - 1]) count += 1;
  return count;
}

type Format = (value: number | bigint) => string;

function formatOf(type: DataType): Format {
  if (DataType.isDate(type)) return (value) => formatDate(Math.floor(Number(value)));
  if (DataType.isTimestamp(type)) {
    const { unit, timezone } = type;
    return (value) =>
      formatTimestamp(
        typeof value === 'bigint' ? value : BigInt(Math.round(value)),
        digitsOf[unit],
        timezone || null,
      );
  }
  return (value) => (typeof value === 'bigint' ? String(value) : formatShort(value, type));
}

/** Whole numbers without a point where they are meant, and no more digits than tell something. */
function formatShort(value: number, type: DataType): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(12));
  return DataType.isInt(type) && Number.isSafeInteger(rounded) ? String(rounded) : formatFloat(rounded);
}

function figuresOf(sorted: Numbers, type: DataType, format: Format): Figure[] {
  const figure = (name: FigureName, value: number | bigint): Figure => ({ name, text: format(value) });
  const figures = [
    figure('minimum', sorted[0] ?? 0),
    figure('lower quartile', quantile(sorted, 0.25)),
    figure('median', quantile(sorted, 0.5)),
    figure('upper quartile', quantile(sorted, 0.75)),
    figure('maximum', sorted[sorted.length - 1] ?? 0),
  ];
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return figures;
  const mean = sumOf(sorted, Number) / sorted.length;
  const squares = sumOf(sorted, (value) => (Number(value) - mean) ** 2);
  figures.push(figure('mean', mean));
  if (sorted.length > 1) figures.push(figure('standard deviation', Math.sqrt(squares / (sorted.length - 1))));
  return figures;
}

/** In between two values as far as the share tells; of those beyond a double's digits the nearer one below. */
function quantile(sorted: Numbers, share: number): number | bigint {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  if (low === high) return low;
  if (typeof low === 'bigint' && !Number.isSafeInteger(Number(low))) return low;
  return Number(low) + (Number(high) - Number(low)) * (place % 1);
}

function sumOf(values: Numbers, of: (value: number | bigint) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum;
}

function histogramOf(sorted: Numbers, type: DataType, format: Format): Histogram | null {
  const from = firstAt(sorted, -Number.MAX_VALUE);
  const finiteEnd = sorted.length - countInfinite(sorted);
  const [first, last] = [sorted[from], sorted[finiteEnd - 1]];
  if (first === undefined || last === undefined || from >= finiteEnd) return null;
  const [low, high] = [Number(first), Number(last)];
  const isWhole =
    !DataType.isFloat(type) && !DataType.isTimestamp(type) && [low, high].every(Number.isSafeInteger);
  if (low === high && !isWhole) return { counts: [finiteEnd - from], edges: [format(first), format(last)] };
  const { width, count } = isWhole
    ? wholeBins(high - low + 1)
    : { width: (high - low) / binCount, count: binCount };
  const edges = Array.from({ length: count + 1 }, (_, index) => low + width * index);
  const starts = edges.map((edge, index) =>
    index === 0 ? from : index === count ? finiteEnd : firstAt(sorted, edge),
  );
  return {
    counts: starts.slice(1).map((end, index) => end - (starts[index] ?? 0)),
    edges: edges.map((edge, index) => {
      // Whole numbers that have a bin each: it ends before the next one.
      if (isWhole && width === 1) return format(edge);
      if (index === 0 || index === count) return format(index === 0 ? first : last);
      if (isWhole) return format(edge);
      return format(Number(edge.toPrecision(15)));
    }),
  };
}

/**
 * Bins that hold the same number of whole numbers each, as one with fewer would look like a gap: so wide that the last one
 * reaches least beyond the end.
 */
function wholeBins(span: number): { width: number; count: number } {
  const choices = Array.from({ length: mostBins - fewestBins + 1 }, (_, index) => {
    const width = Math.ceil(span / (fewestBins + index));
    const count = Math.ceil(span / width);
    return { width, count, surplus: (count * width - span) / width };
  });
  return choices.reduce((best, each) => {
    const isNearer = Math.abs(each.count - binCount) < Math.abs(best.count - binCount);
    return each.surplus < best.surplus || (each.surplus === best.surplus && isNearer) ? each : best;
  });
}

/** The first place with a value of so much at least. */
function firstAt(sorted: Numbers, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countInfinite(sorted: Numbers): number {
  return sorted instanceof Float64Array ? sorted.length - firstAt(sorted, Infinity) : 0;
}

async function countValues(
  table: OpenTable,
  field: Field,
  column: number,
  run: Run,
): Promise<ColumnStatistics> {
  const counts = new Map<string, number>();
  let nullCount = 0;
  let nanCount = 0;
  let longest = 0;
  let isExact = true;
  for await (const { piece, isWanted } of readPieces(table, column, run)) {
    const read = createCellReader(field, piece);
    for (let index = 0; index < piece.length; index++) {
      if (!isWanted(index)) continue;
      const { kind, text } = read(index, toldApartLimit);
      if (kind === 'null') nullCount += 1;
      else if (kind === 'nan') nanCount += 1;
      else {
        if (text.length > longest) longest = text.length;
        const count = counts.get(text);
        if (count !== undefined || counts.size < countedValues) counts.set(text, (count ?? 0) + 1);
        else isExact = false;
      }
    }
  }
  const top = [...counts].sort(([, one], [, other]) => other - one).slice(0, topCount);
  const isText = DataType.isUtf8(field.type) || DataType.isLargeUtf8(field.type);
  const cut = longest >= toldApartLimit ? ` or more` : '';
  return {
    rowCount: table.summary.rowCount,
    nullCount,
    nanCount,
    distinctCount: counts.size,
    isDistinctExact: isExact,
    figures: isText ? [{ name: 'longest text', text: `${String(longest)}${cut}` }] : [],
    histogram: null,
    top: top.map(([text, count]) => ({ text, count })),
  };
}
