import type {
  ChartColumn,
  ChartOrder,
  ChartQuery,
  ChartReduction,
  ChartRows,
  ChartValue,
} from '../../../model/chart/chart-data.ts';
import { windowTextLimit } from '../../TableSource.ts';
import { Pauses } from '../query/run.ts';
import { cutText } from '../decode-text.ts';
import type { TableColumns } from '../table-columns.ts';
import { findExtremes, pickRows, sampleRows } from './choose-rows.ts';
import { combineGroups, groupColumn, type GroupedColumn } from './group-rows.ts';
import { measureGroups } from './measure-groups.ts';
import { summariseBoxes } from './summarise-boxes.ts';
import { readChartColumn } from './read-chart-column.ts';

type Aggregate = Extract<ChartReduction, { type: 'aggregate' }>;
type Boxes = Extract<ChartReduction, { type: 'boxes' }>;

/** The columns of a dataset that were read, by their index. */
type ReadColumns = ReadonlyMap<number, ChartColumn>;

interface Limits {
  readonly rowCount: number;
  readonly mostRows: number;
  /** Taken between stretches of rows: windows of tables are read in between. */
  readonly pauses: Pauses;
}

/** The rows that a chart draws of a table; rejects with an `AbortError` once it is not wanted any more. Where an aggregate has more groups than may be drawn, rows are drawn. */
export async function readChartRows(
  table: TableColumns,
  query: ChartQuery,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChartRows> {
  const { rowCount } = table;
  const pauses = new Pauses(signal);
  if (rowCount <= query.mostRows) {
    const columns = await readColumns(table, query.columns, pauses);
    return makeRows([...columns.values()], rowCount, { drawn: 'all', totalCount: rowCount });
  }
  const { reduction, mostRows } = query;
  if (reduction.type === 'aggregate') {
    const columns = await readColumns(table, listAggregated(reduction), pauses);
    const rows = await aggregate(columns, reduction, { rowCount, mostRows, pauses });
    if (rows) return rows;
  }
  if (reduction.type === 'boxes') {
    const columns = await readColumns(table, listBoxed(reduction), pauses);
    const rows = await takeBoxes(columns, reduction, { rowCount, mostRows, pauses });
    if (rows) return rows;
  }
  const columns = await readColumns(table, query.columns, pauses);
  const extremes =
    reduction.type === 'extremes'
      ? await takeExtremes(columns, reduction, { rowCount, mostRows, pauses })
      : null;
  return extremes ?? take([...columns.values()], sampleRows(rowCount, mostRows), 'sample', rowCount);
}

async function readColumns(
  table: TableColumns,
  indices: readonly number[],
  pauses: Pauses,
): Promise<ReadColumns> {
  const columns = new Map<number, ChartColumn>();
  for (const index of indices) {
    if (!columns.has(index)) columns.set(index, await readChartColumn(table, index, pauses));
  }
  return columns;
}

function listAggregated({ groups, measures, orders }: Aggregate): number[] {
  const measured = [...measures, ...orders].flatMap(({ column }) => (column === null ? [] : [column]));
  return [...groups.map(({ column }) => column), ...measured];
}

function listBoxed({ value, by }: Boxes): number[] {
  return [value, ...by.map(({ column }) => column)];
}

/** The columns of the groups have the value that the first row of each has. */
async function takeBoxes(
  columns: ReadColumns,
  { value, by, whisker }: Boxes,
  { rowCount, mostRows, pauses }: Limits,
): Promise<ChartRows | null> {
  const over = columns.get(value);
  if (over?.kind !== 'numbers') return null;
  const grouped = await groupAll(columns, by, pauses);
  const groups = grouped && (await combineGroups(rowCount, grouped, mostRows, pauses));
  const boxes = groups && (await summariseBoxes(groups, over, { whisker, most: mostRows }, pauses));
  if (!boxes) return null;
  const firstRows = firstRowsOf(groups.codes, groups.count);
  // A group without values has its place, and no box.
  const numbers = boxes.values.flatMap((box) => (box.length > 0 ? [...box] : [NaN]));
  const rows = boxes.values.flatMap((box, code) =>
    Array.from({ length: Math.max(1, box.length) }, () => firstRows[code] ?? 0),
  );
  const taken = [...new Set(by.map(({ column }) => column))].flatMap((index) => {
    const column = columns.get(index);
    return column && index !== value ? [pickRows(column, Int32Array.from(rows))] : [];
  });
  const nulls = Uint8Array.from(numbers, (number) => Number(Number.isNaN(number)));
  const measured: ChartColumn = { ...over, values: Float64Array.from(numbers), nulls };
  return {
    ...makeRows([measured, ...taken], rows.length, { drawn: 'boxes', totalCount: rowCount }),
    outliers: { count: boxes.outlierCount, drawnCount: boxes.keptCount },
  };
}

async function takeExtremes(
  columns: ReadColumns,
  { x, y, by }: Extract<ChartReduction, { type: 'extremes' }>,
  { rowCount, mostRows, pauses }: Limits,
): Promise<ChartRows | null> {
  const [along, over] = [columns.get(x), columns.get(y)];
  if (along?.kind !== 'numbers' || over?.kind !== 'numbers') return null;
  const grouped = await groupAll(
    columns,
    by.map((column) => ({ column, name: '', by: 'value' })),
    pauses,
  );
  const groups = grouped && (await combineGroups(rowCount, grouped, mostRows, pauses));
  const extremes = groups && (await findExtremes(along, over, groups, mostRows, pauses));
  if (!extremes) return null;
  const taken = take([...columns.values()], extremes.rows, 'extremes', rowCount);
  return { ...taken, stretchCount: extremes.stretchCount };
}

async function aggregate(
  columns: ReadColumns,
  { groups, measures, orders }: Aggregate,
  { rowCount, mostRows, pauses }: Limits,
): Promise<ChartRows | null> {
  const grouped = await groupAll(columns, groups, pauses);
  const combined = grouped && (await combineGroups(rowCount, grouped, mostRows, pauses));
  if (!combined) return null;
  const firstRows = firstRowsOf(combined.codes, combined.count);
  const groupColumns = grouped.map(({ values, codes }, index): ChartColumn => {
    const own = Array.from(firstRows, (row) => values[codes[row] ?? 0] ?? null);
    return toColumn(groups[index]?.name ?? '', own);
  });
  const measureColumns: ChartColumn[] = [];
  for (const { name, operation, column } of measures) {
    const source = column === null ? null : (columns.get(column) ?? null);
    const values = await measureGroups(combined, operation, source, pauses);
    const nulls = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
    measureColumns.push({ kind: 'numbers', name, values, nulls });
  }
  const sorted: ChartValue[][] = [];
  for (const order of orders) {
    sorted.push(await sortValues(columns, order, grouped[order.group], pauses));
  }
  return {
    ...makeRows([...groupColumns, ...measureColumns], combined.count, {
      drawn: 'aggregate',
      totalCount: rowCount,
    }),
    extents: grouped.map(({ extent }) => extent),
    orders: sorted,
  };
}

async function groupAll(
  columns: ReadColumns,
  groups: Aggregate['groups'],
  pauses: Pauses,
): Promise<readonly GroupedColumn[] | null> {
  const grouped: GroupedColumn[] = [];
  for (const group of groups) {
    const column = columns.get(group.column);
    const made = column && (await groupColumn(column, group, pauses));
    if (!made) return null;
    grouped.push(made);
  }
  return grouped;
}

function firstRowsOf(codes: Int32Array, count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = codes.length - 1; row >= 0; row--) rows[codes[row] ?? 0] = row;
  return rows;
}

/** Groups without a measure come first, as Vega has it. */
async function sortValues(
  columns: ReadColumns,
  { operation, column, isDescending }: ChartOrder,
  grouped: GroupedColumn | undefined,
  pauses: Pauses,
): Promise<ChartValue[]> {
  if (!grouped) return [];
  const source = column === null ? null : (columns.get(column) ?? null);
  const measured = await measureGroups(grouped, operation, source, pauses);
  const rank = (index: number): number => {
    const value = measured[index] ?? NaN;
    return Number.isNaN(value) ? -Infinity : value;
  };
  const indices = grouped.values.map((_, index) => index);
  indices.sort((one, other) => {
    const [first, second] = isDescending ? [other, one] : [one, other];
    return rank(first) < rank(second) ? -1 : rank(first) > rank(second) ? 1 : 0;
  });
  return indices.map((index) => cutValue(grouped.values[index] ?? null));
}

/** The values of a group are of one type, but for nulls. */
function toColumn(name: string, values: readonly ChartValue[]): ChartColumn {
  const isNumeric = values.every((value) => value === null || typeof value === 'number');
  if (isNumeric) {
    return {
      kind: 'numbers',
      name,
      values: Float64Array.from(values, (value) => Number(value ?? NaN)),
      nulls: Uint8Array.from(values, (value) => Number(value === null)),
    };
  }
  const words: (string | boolean)[] = [];
  const known = new Map<ChartValue, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null || typeof value === 'number') return -1;
    const code = known.get(value) ?? words.push(value) - 1;
    known.set(value, code);
    return code;
  });
  return { kind: 'words', name, words, codes };
}

function take(
  columns: readonly ChartColumn[],
  rows: Int32Array,
  drawn: 'sample' | 'extremes',
  totalCount: number,
): ChartRows {
  const taken = columns.map((column) => pickRows(column, rows));
  return makeRows(taken, rows.length, { drawn, totalCount });
}

function makeRows(
  columns: readonly ChartColumn[],
  rowCount: number,
  { drawn, totalCount }: Pick<ChartRows, 'drawn' | 'totalCount'>,
): ChartRows {
  return {
    columns: columns.map(cutWords),
    rowCount,
    drawn,
    totalCount,
    stretchCount: 0,
    outliers: { count: 0, drawnCount: 0 },
    extents: [],
    orders: [],
  };
}

/** No label shows more. */
function cutWords(column: ChartColumn): ChartColumn {
  if (column.kind === 'numbers' || !column.words.some(isLong)) return column;
  return { ...column, words: column.words.map(cutValue) };
}

function cutValue<Value extends ChartValue>(value: Value): Value | string {
  return typeof value === 'string' && isLong(value) ? `${cutText(value, windowTextLimit)}…` : value;
}

function isLong(word: ChartValue): boolean {
  return typeof word === 'string' && word.length > windowTextLimit;
}
