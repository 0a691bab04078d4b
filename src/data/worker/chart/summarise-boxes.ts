import type { ChartColumn } from '../../../model/chart/chart-data.ts';
import type { Pauses } from '../query/run.ts';
import { findRanked } from './find-quantiles.ts';
import type { RowGroups } from './group-rows.ts';
import { gatherGroups } from './measure-groups.ts';

/** Few values that a box plot is drawn of as of all: those of group 0 first, then those of group 1, and so on. */
export interface BoxValues {
  readonly values: readonly Float64Array[];
  /** Values beyond the whiskers, and those of them that are left. */
  readonly outlierCount: number;
  readonly keptCount: number;
}

/** So many values are left as they are, whatever they come to. */
const alwaysKept = 16;

/**
 * For each group values with the quartiles, whiskers and outliers that all of its values have; `whisker` is how far whiskers
 * reach at most, in lengths of the box, null where they reach to the ends. Null where there are too many groups for `most`.
 */
export async function summariseBoxes(
  groups: RowGroups,
  column: ChartColumn,
  { whisker, most }: { readonly whisker: number | null; readonly most: number },
  pauses: Pauses,
): Promise<BoxValues | null> {
  const room = Math.floor(most / Math.max(1, groups.count));
  if (room < alwaysKept * 2) return null;
  const gathered = await gatherGroups(groups, column, pauses);
  const values: Float64Array[] = [];
  let [outlierCount, keptCount] = [0, 0];
  for (let code = 0; code < groups.count; code++) {
    const part = gathered.values.subarray(gathered.ends[code - 1] ?? 0, gathered.ends[code]);
    const box = part.length > alwaysKept ? await summarise(part, whisker, room, pauses) : null;
    values.push(box?.values ?? part);
    outlierCount += box?.outlierCount ?? 0;
    keptCount += box?.keptCount ?? 0;
  }
  return { values, outlierCount, keptCount };
}

/**
 * Values at the ranks that quartiles lie between stand at the ranks between which those of fewer values lie, as far between:
 * so the number of values keeps what is left of it when it is divided by 4.
 */
async function summarise(
  all: Float64Array<ArrayBuffer>,
  whisker: number | null,
  room: number,
  pauses: Pauses,
): Promise<{ values: Float64Array; outlierCount: number; keptCount: number }> {
  const last = all.length - 1;
  const ranks = [0.25, 0.5, 0.75].flatMap((share) => [Math.floor(last * share), Math.ceil(last * share)]);
  const found = await findRanked(all, ranks, pauses);
  const [low1 = NaN, high1 = NaN, low2 = NaN, high2 = NaN, low3 = NaN, high3 = NaN] = found;
  const between = (low: number, high: number, share: number): number =>
    low + (high - low) * ((last * share) % 1);
  const [first, third] = [between(low1, high1, 0.25), between(low3, high3, 0.75)];
  const reach = whisker === null ? Infinity : whisker * (third - first);
  const ends = await findEnds(all, first - reach, third + reach, pauses);
  const most = Math.floor((room - 4) / 4) - 2;
  const [below, above] = [thin(ends.below, most), thin(ends.above.toReversed(), most).toReversed()];
  const quarter = Math.max(below.length, above.length) + 2;
  const length = quarter * 4 + (last % 4) + 1;
  const counts = {
    outlierCount: ends.below.length + ends.above.length,
    keptCount: below.length + above.length,
  };
  if (length >= all.length) return { values: all, ...counts };
  const values = new Float64Array(length);
  const rankOf = (share: number): number => Math.floor((length - 1) * share);
  values.fill(low1, 0, rankOf(0.25) + 1);
  values.fill(high1, rankOf(0.25) + 1, rankOf(0.5));
  values.fill(low2, rankOf(0.5), rankOf(0.5) + 1);
  values.fill(high2, rankOf(0.5) + 1, rankOf(0.75));
  values.fill(low3, rankOf(0.75), rankOf(0.75) + 1);
  values.fill(high3, rankOf(0.75) + 1);
  values.set(below);
  values.set(above, length - above.length);
  // Where the whisker ends within the box, it ends at one of the values above.
  if (ends.lowest <= low1) values[below.length] = ends.lowest;
  if (ends.highest >= high3) values[length - above.length - 1] = ends.highest;
  return { values, ...counts };
}

/** The ends of whiskers, which are values, and those beyond, in order. */
async function findEnds(values: Float64Array, from: number, to: number, pauses: Pauses) {
  let [lowest, highest] = [Infinity, -Infinity];
  const below: number[] = [];
  const above: number[] = [];
  await pauses.inStretches(values.length, (start, end) => {
    for (let index = start; index < end; index++) {
      const value = values[index] ?? NaN;
      if (value < from) below.push(value);
      else if (value > to) above.push(value);
      else {
        if (value < lowest) lowest = value;
        if (value > highest) highest = value;
      }
    }
  });
  return { lowest, highest, below: sort(below), above: sort(above) };
}

function sort(values: readonly number[]): number[] {
  return [...Float64Array.from(values).sort()];
}

/** So many of them at most, the first among them, as far from one another as one can have it. */
function thin(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from(
    { length: most },
    (_, index) => values[Math.floor((index * values.length) / most)] ?? NaN,
  );
}
