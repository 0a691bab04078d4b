import type { ChartColumn } from '../../../model/chart/chart-data.ts';
import type { Pauses } from '../query/run.ts';
import type { RowGroups } from './group-rows.ts';

/** More stretches than any screen has columns of pixels. */
const mostStretches = 2_000;

/** One row of each of `count` stretches as long as one another, chosen at random and the same each time. */
export function sampleRows(rowCount: number, count: number): Int32Array {
  const random = createRandom(rowCount);
  return Int32Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * rowCount) / count);
    const end = Math.floor(((index + 1) * rowCount) / count);
    return start + Math.floor(random() * (end - start));
  });
}

/**
 * The rows that a line cannot do without: of each stretch of `x` and each group the first and the last, and those where `y`
 * is lowest and highest, in the order in which they stand. Rows without an `x` or `y` are left out.
 */
export async function findExtremes(
  x: Extract<ChartColumn, { kind: 'numbers' }>,
  y: Extract<ChartColumn, { kind: 'numbers' }>,
  { codes, count }: RowGroups,
  most: number,
  pauses: Pauses,
): Promise<{ readonly rows: Int32Array; readonly stretchCount: number } | null> {
  const stretchCount = Math.min(mostStretches, Math.floor(most / (4 * Math.max(1, count))));
  if (stretchCount < 1) return null;
  const isUsed = (row: number): boolean =>
    !x.nulls?.[row] && !y.nulls?.[row] && Number.isFinite(x.values[row]) && Number.isFinite(y.values[row]);
  let least = Infinity;
  let greatest = -Infinity;
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = x.values[row] ?? NaN;
      if (!isUsed(row)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  });
  const width = (greatest - least) / stretchCount || 1;
  /** For each stretch of each group: first, last, lowest, highest. */
  const found = new Int32Array(count * stretchCount * 4).fill(-1);
  const at = (values: Float64Array, row: number): number => values[row] ?? NaN;
  const visit = (row: number): void => {
    const stretch = Math.min(stretchCount - 1, Math.floor((at(x.values, row) - least) / width));
    const place = ((codes[row] ?? 0) * stretchCount + stretch) * 4;
    const keep = (slot: number, isBetter: (known: number) => boolean): void => {
      const known = found[place + slot] ?? -1;
      if (known < 0 || isBetter(known)) found[place + slot] = row;
    };
    keep(0, (known) => at(x.values, row) < at(x.values, known));
    keep(1, (known) => at(x.values, row) >= at(x.values, known));
    keep(2, (known) => at(y.values, row) < at(y.values, known));
    keep(3, (known) => at(y.values, row) > at(y.values, known));
  };
  await pauses.inStretches(codes.length, (start, end) => {
    for (let row = start; row < end; row++) if (isUsed(row)) visit(row);
  });
  const rows = Int32Array.from(new Set(found.filter((row) => row >= 0))).sort();
  return { rows, stretchCount };
}

/** The rows of a column. Words that none of them has are left out. */
export function pickRows(column: ChartColumn, rows: Int32Array): ChartColumn {
  const { name } = column;
  if (column.kind === 'numbers') {
    const values = Float64Array.from(rows, (row) => column.values[row] ?? NaN);
    const nulls = column.nulls && Uint8Array.from(rows, (row) => column.nulls?.[row] ?? 0);
    return { kind: 'numbers', name, values, nulls };
  }
  const known = new Map<number, number>();
  const words: (string | boolean)[] = [];
  const codes = Int32Array.from(rows, (row) => {
    const given = column.codes[row] ?? -1;
    const word = column.words[given];
    if (word === undefined) return -1;
    const code = known.get(given) ?? words.push(word) - 1;
    known.set(given, code);
    return code;
  });
  return { kind: 'words', name, words, codes };
}

/** Numbers from 0 up to 1, as mulberry32 makes them. */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
