import type { ChartColumn, MeasureOperation } from '../../../model/chart/chart-data.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import type { RowGroups } from './group-rows.ts';

/** For each group the measure, NaN where there is none: as Vega has it, what is null or no number is left out. */
export function measureGroups(
  groups: RowGroups,
  operation: MeasureOperation,
  column: ChartColumn | null,
): Float64Array<ArrayBuffer> {
  if (operation === 'count' || column === null) return countRows(groups, () => true);
  switch (operation) {
    case 'valid':
      return countRows(groups, createValidTest(column));
    case 'missing':
      return countRows(groups, createMissingTest(column));
    case 'distinct':
      return countDistinct(groups, column);
    case 'sum':
      return sum(groups, column);
    case 'mean':
    case 'average':
      return findMeans(groups, column);
    case 'stdev':
      return findDeviations(groups, column);
    case 'min':
      return findBest(groups, column, (value, best) => value < best);
    case 'max':
      return findBest(groups, column, (value, best) => value > best);
    case 'median':
      return findMedians(groups, column);
    default:
      return assertNever(operation);
  }
}

function countRows({ codes, count }: RowGroups, isCounted: (row: number) => boolean) {
  const counts = new Float64Array(count);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    if (isCounted(row)) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function createMissingTest(column: ChartColumn): (row: number) => boolean {
  if (column.kind === 'numbers') return (row) => column.nulls?.[row] === 1;
  const isMissing = column.words.map((word) => word === '');
  return (row) => isMissing[column.codes[row] ?? -1] ?? true;
}

function createValidTest(column: ChartColumn): (row: number) => boolean {
  const isMissing = createMissingTest(column);
  if (column.kind === 'words') return (row) => !isMissing(row);
  return (row) => !isMissing(row) && !Number.isNaN(column.values[row]);
}

/** Null is a value here, too. */
function countDistinct({ codes, count }: RowGroups, column: ChartColumn) {
  const seen = new Map<number | null, Set<number>>();
  const counts = new Float64Array(count);
  for (let row = 0; row < codes.length; row++) {
    const value = column.kind === 'words' ? (column.codes[row] ?? -1) : readNumber(column, row);
    const code = codes[row] ?? 0;
    let groups = seen.get(value);
    if (!groups) seen.set(value, (groups = new Set()));
    if (groups.has(code)) continue;
    groups.add(code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function readNumber({ values, nulls }: Extract<ChartColumn, { kind: 'numbers' }>, row: number) {
  return nulls?.[row] ? null : (values[row] ?? null);
}

function forEachValid(
  { codes }: RowGroups,
  column: ChartColumn,
  visit: (code: number, value: number) => void,
) {
  if (column.kind === 'words') return;
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row] ?? NaN;
    if (!column.nulls?.[row] && !Number.isNaN(value)) visit(codes[row] ?? 0, value);
  }
}

function sum(groups: RowGroups, column: ChartColumn) {
  const sums = new Float64Array(groups.count).fill(NaN);
  forEachValid(groups, column, (code, value) => {
    const before = sums[code] ?? NaN;
    sums[code] = Number.isNaN(before) ? value : before + value;
  });
  return sums;
}

/** Step by step, as Vega does: what is equal there is equal here, down to the last digit. */
function findMeans(groups: RowGroups, column: ChartColumn) {
  const counts = new Float64Array(groups.count);
  const means = new Float64Array(groups.count);
  forEachValid(groups, column, (code, value) => {
    const count = (counts[code] ?? 0) + 1;
    const mean = means[code] ?? 0;
    counts[code] = count;
    means[code] = mean + (value - mean) / count;
  });
  return means.map((mean, code) => (counts[code] === 0 ? NaN : mean));
}

function findBest(
  groups: RowGroups,
  column: ChartColumn,
  isBetter: (value: number, best: number) => boolean,
) {
  const best = new Float64Array(groups.count).fill(NaN);
  forEachValid(groups, column, (code, value) => {
    const before = best[code] ?? NaN;
    if (Number.isNaN(before) || isBetter(value, before)) best[code] = value;
  });
  return best;
}

/** Of a sample, one less in the divisor; none for a single value. */
function findDeviations(groups: RowGroups, column: ChartColumn) {
  const counts = new Float64Array(groups.count);
  const means = new Float64Array(groups.count);
  const squares = new Float64Array(groups.count);
  forEachValid(groups, column, (code, value) => {
    const count = (counts[code] ?? 0) + 1;
    const distance = value - (means[code] ?? 0);
    const mean = (means[code] ?? 0) + distance / count;
    counts[code] = count;
    means[code] = mean;
    squares[code] = (squares[code] ?? 0) + distance * (value - mean);
  });
  return squares.map((square, code) => {
    const count = counts[code] ?? 0;
    return count > 1 ? Math.sqrt(Math.max(0, square) / (count - 1)) : NaN;
  });
}

/** The values are put group by group into one array, and each part sorted by itself. */
function findMedians(groups: RowGroups, column: ChartColumn) {
  const counts = countRows(groups, createValidTest(column));
  const ends = new Float64Array(groups.count);
  let total = 0;
  counts.forEach((count, code) => {
    ends[code] = total;
    total += count;
  });
  const values = new Float64Array(total);
  forEachValid(groups, column, (code, value) => {
    const place = ends[code] ?? 0;
    values[place] = value;
    ends[code] = place + 1;
  });
  return counts.map((count, code) => {
    const end = ends[code] ?? 0;
    const sorted = values.subarray(end - count, end).sort();
    const middle = (count - 1) / 2;
    const low = sorted[Math.floor(middle)] ?? NaN;
    return low + ((sorted[Math.ceil(middle)] ?? NaN) - low) * (middle % 1);
  });
}
