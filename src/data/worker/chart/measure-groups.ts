import type { ChartColumn, MeasureOperation } from '../../../model/chart/chart-data.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Pauses } from '../query/run.ts';
import { findQuantile } from './find-quantiles.ts';
import type { RowGroups } from './group-rows.ts';

type NumberColumn = Extract<ChartColumn, { kind: 'numbers' }>;

/** For each group the measure, NaN where there is none: as Vega has it, what is null or no number is left out. */
export async function measureGroups(
  groups: RowGroups,
  operation: MeasureOperation,
  column: ChartColumn | null,
  pauses: Pauses,
): Promise<Float64Array<ArrayBuffer>> {
  if (operation === 'count' || column === null) return await countRows(groups, () => true, pauses);
  switch (operation) {
    case 'valid':
      return await countRows(groups, createValidTest(column), pauses);
    case 'missing':
      return await countRows(groups, createMissingTest(column), pauses);
    case 'distinct':
      return await countDistinct(groups, column, pauses);
    case 'sum':
      return await sum(groups, column, pauses);
    case 'mean':
    case 'average':
      return await findMeans(groups, column, pauses);
    case 'stdev':
      return await findDeviations(groups, column, pauses);
    case 'min':
      return await findBest(groups, column, (value, best) => value < best, pauses);
    case 'max':
      return await findBest(groups, column, (value, best) => value > best, pauses);
    case 'median':
      return await findMedians(groups, column, pauses);
    default:
      return assertNever(operation);
  }
}

/** The numbers of a column group by group, in one array; `ends` tells where those of each group end. */
export async function gatherGroups(
  groups: RowGroups,
  column: ChartColumn,
  pauses: Pauses,
): Promise<{ readonly values: Float64Array<ArrayBuffer>; readonly ends: Float64Array }> {
  const counts = await countRows(groups, createValidTest(column), pauses);
  const ends = new Float64Array(groups.count);
  let total = 0;
  counts.forEach((count, code) => {
    ends[code] = total;
    total += count;
  });
  const values = new Float64Array(column.kind === 'numbers' ? total : 0);
  await forEachValid(groups, column, pauses, (code, value) => {
    const place = ends[code] ?? 0;
    values[place] = value;
    ends[code] = place + 1;
  });
  return { values, ends };
}

async function countRows(
  { codes, count }: RowGroups,
  isCounted: (row: number) => boolean,
  pauses: Pauses,
): Promise<Float64Array<ArrayBuffer>> {
  const counts = new Float64Array(count);
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const code = codes[row] ?? 0;
      if (isCounted(row)) counts[code] = (counts[code] ?? 0) + 1;
    }
  });
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
async function countDistinct({ codes, count }: RowGroups, column: ChartColumn, pauses: Pauses) {
  const seen = new Map<number | null, Set<number>>();
  const counts = new Float64Array(count);
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = column.kind === 'words' ? (column.codes[row] ?? -1) : readNumber(column, row);
      const code = codes[row] ?? 0;
      let groups = seen.get(value);
      if (!groups) seen.set(value, (groups = new Set()));
      if (groups.has(code)) continue;
      groups.add(code);
      counts[code] = (counts[code] ?? 0) + 1;
    }
  });
  return counts;
}

function readNumber({ values, nulls }: NumberColumn, row: number) {
  return nulls?.[row] ? null : (values[row] ?? null);
}

async function forEachValid(
  { codes }: RowGroups,
  column: ChartColumn,
  pauses: Pauses,
  visit: (code: number, value: number) => void,
) {
  if (column.kind === 'words') return;
  const { values, nulls } = column;
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = values[row] ?? NaN;
      if (!nulls?.[row] && !Number.isNaN(value)) visit(codes[row] ?? 0, value);
    }
  });
}

async function sum(groups: RowGroups, column: ChartColumn, pauses: Pauses) {
  const sums = new Float64Array(groups.count).fill(NaN);
  await forEachValid(groups, column, pauses, (code, value) => {
    const before = sums[code] ?? NaN;
    sums[code] = Number.isNaN(before) ? value : before + value;
  });
  return sums;
}

/** Step by step, as Vega does: what is equal there is equal here, down to the last digit. */
async function findMeans(groups: RowGroups, column: ChartColumn, pauses: Pauses) {
  const counts = new Float64Array(groups.count);
  const means = new Float64Array(groups.count);
  await forEachValid(groups, column, pauses, (code, value) => {
    const count = (counts[code] ?? 0) + 1;
    const mean = means[code] ?? 0;
    counts[code] = count;
    means[code] = mean + (value - mean) / count;
  });
  return means.map((mean, code) => (counts[code] === 0 ? NaN : mean));
}

async function findBest(
  groups: RowGroups,
  column: ChartColumn,
  isBetter: (value: number, best: number) => boolean,
  pauses: Pauses,
) {
  const best = new Float64Array(groups.count).fill(NaN);
  await forEachValid(groups, column, pauses, (code, value) => {
    const before = best[code] ?? NaN;
    if (Number.isNaN(before) || isBetter(value, before)) best[code] = value;
  });
  return best;
}

/** Of a sample, one less in the divisor; none for a single value. */
async function findDeviations(groups: RowGroups, column: ChartColumn, pauses: Pauses) {
  const counts = new Float64Array(groups.count);
  const means = new Float64Array(groups.count);
  const squares = new Float64Array(groups.count);
  await forEachValid(groups, column, pauses, (code, value) => {
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

async function findMedians(groups: RowGroups, column: ChartColumn, pauses: Pauses) {
  const { values, ends } = await gatherGroups(groups, column, pauses);
  const medians = new Float64Array(groups.count);
  for (let code = 0; code < groups.count; code++) {
    const part = values.subarray(ends[code - 1] ?? 0, ends[code]);
    medians[code] = await findQuantile(part, 0.5, pauses);
  }
  return medians;
}
