import type { ChartColumn, ChartGroup, ChartValue } from '../../../model/chart/chart-data.ts';
import type { Pauses } from '../query/run.ts';
import { findBin, findBins } from './find-bins.ts';
import { createTimeKeys } from './time-parts.ts';

/** For each row the number of its group, counted from 0 in the order in which they are first met. */
export interface RowGroups {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Rows by what one column says of them. */
export interface GroupedColumn extends RowGroups {
  /** For each group a value that is in it. */
  readonly values: readonly ChartValue[];
  /** For bins the least and greatest value; null for other groups. */
  readonly extent: readonly [number, number] | null;
}

/** Null where there is nothing to make bins of. */
export async function groupColumn(
  column: ChartColumn,
  group: ChartGroup,
  pauses: Pauses,
): Promise<GroupedColumn | null> {
  if (column.kind === 'words') return { ...(await groupWords(column, pauses)), extent: null };
  if (group.by === 'value') {
    return { ...(await groupNumbers(column, (value) => value, pauses)), extent: null };
  }
  if (group.by === 'time') {
    const keyOf = createTimeKeys(group.parts, group.isUtc);
    return { ...(await groupNumbers(column, keyOf, pauses)), extent: null };
  }
  const extent = await findExtent(column, pauses);
  if (!extent) return null;
  const bins = findBins(extent, group.bin);
  const grouped = await groupNumbers(column, (value) => findBin(bins, value), pauses);
  // The middle of a bin lies in it whatever is rounded.
  const values = grouped.values.map((value) =>
    typeof value === 'number' ? findBin(bins, value) + bins.step / 2 : value,
  );
  return { ...grouped, values, extent };
}

/** Groups of rows that are in the same one of each; null where there would be more than `most`. */
export async function combineGroups(
  rowCount: number,
  grouped: readonly RowGroups[],
  most: number,
  pauses: Pauses,
): Promise<RowGroups | null> {
  let combined: RowGroups = { codes: new Int32Array(rowCount), count: Math.min(1, rowCount) };
  for (const next of grouped) {
    const joined = await combineTwo(combined, next, most, pauses);
    if (!joined) return null;
    combined = joined;
  }
  return combined;
}

async function combineTwo(
  first: RowGroups,
  second: RowGroups,
  most: number,
  pauses: Pauses,
): Promise<RowGroups | null> {
  const codes = new Int32Array(first.codes.length);
  // Where there are few groups, a list tells the number of each pair sooner than a map.
  const pairCount = first.count * second.count;
  const known = pairCount <= most * 4 ? new Int32Array(pairCount).fill(-1) : new Map<number, number>();
  const find = (pair: number): number | undefined => (known instanceof Map ? known.get(pair) : known[pair]);
  let count = 0;
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end && count <= most; row++) {
      const pair = (first.codes[row] ?? 0) * second.count + (second.codes[row] ?? 0);
      let code = find(pair) ?? -1;
      if (code < 0) {
        code = count++;
        if (known instanceof Map) known.set(pair, code);
        else known[pair] = code;
      }
      codes[row] = code;
    }
  });
  return count > most ? null : { codes, count };
}

async function groupWords({ words, codes: given }: Extract<ChartColumn, { kind: 'words' }>, pauses: Pauses) {
  const known = new Int32Array(words.length + 1).fill(-1);
  const codes = new Int32Array(given.length);
  const values: ChartValue[] = [];
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const word = given[row] ?? -1;
      let code = known[word + 1] ?? -1;
      if (code < 0) {
        code = values.push(words[word] ?? null) - 1;
        known[word + 1] = code;
      }
      codes[row] = code;
    }
  });
  return { codes, values, count: values.length };
}

async function groupNumbers(
  { values: given, nulls }: Extract<ChartColumn, { kind: 'numbers' }>,
  keyOf: (value: number) => number | string,
  pauses: Pauses,
) {
  const known = new Map<number | string | null, number>();
  const codes = new Int32Array(given.length);
  const values: ChartValue[] = [];
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = nulls?.[row] ? null : (given[row] ?? null);
      const key = value === null || Number.isNaN(value) ? value : keyOf(value);
      let code = known.get(key);
      if (code === undefined) {
        code = values.push(value) - 1;
        known.set(key, code);
      }
      codes[row] = code;
    }
  });
  return { codes, values, count: values.length };
}

async function findExtent(
  { values, nulls }: Extract<ChartColumn, { kind: 'numbers' }>,
  pauses: Pauses,
): Promise<[number, number] | null> {
  let least = Infinity;
  let greatest = -Infinity;
  await pauses.inStretches(values.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = values[row] ?? NaN;
      if (nulls?.[row]) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  });
  return Number.isFinite(least) && Number.isFinite(greatest) ? [least, greatest] : null;
}
