import type { Field } from 'apache-arrow';
import type { TableQuery } from '../../table-query.ts';
import { readAhead } from '../read-ahead.ts';
import type { TableColumns } from '../table-columns.ts';
import { createPieceTest, describeColumn, type PieceTest } from './match-column.ts';
import { Pauses, type Run } from './run.ts';
import { createSearchTest } from './search-column.ts';
import { sortRows } from './sort-rows.ts';

/** The answer to a query. */
export interface FoundRows {
  readonly rows: Uint32Array;
  /** The columns that have what was searched for, in one of these rows. */
  readonly hitColumns: readonly number[];
}

/**
 * Those of the given rows of a table that a query asks for, in its order; null for all rows. Rejects with an Error that says
 * what is wrong with the query.
 */
export async function queryRows(
  table: TableColumns,
  given: Uint32Array | null,
  query: TableQuery,
  run: Run,
): Promise<FoundRows> {
  const isFiltered = query.filters.length > 0 || query.search !== '';
  const allowed = given && markRows(given, table.rowCount);
  const hits = new Set<number>();
  const found = isFiltered ? await filterRows(table, allowed, query, hits, run) : null;
  const rows =
    found === null
      ? (given ?? allRows(table.rowCount))
      : given
        ? keepFound(given, found, table.rowCount)
        : found;
  return {
    rows: query.sort.length > 0 ? await sortRows(table, rows, query.sort, run) : rows,
    hitColumns: [...hits].sort((one, other) => one - other),
  };
}

async function filterRows(
  table: TableColumns,
  allowed: Uint8Array | null,
  query: TableQuery,
  hits: Set<number>,
  run: Run,
): Promise<Uint32Array> {
  const { fields } = table.schema;
  const tests = query.filters.map(({ column, condition }) => {
    const field = fields[column];
    if (!field) throw new Error(`There is no column ${String(column + 1)} to filter by.`);
    return { column, test: namingColumn(field, () => createPieceTest(field, condition)) };
  });
  const searches = query.search === '' ? [] : fields.map((field) => createSearchTest(field, query.search));
  const pauses = new Pauses(run.signal);
  const found = new Uint32Array(table.rowCount);
  let count = 0;
  const [leading] = tests;
  const first = readAhead(table.batches.length, async (batch) =>
    leading ? await table.readColumn(leading.column, batch) : null,
  );
  let batch = -1;
  for await (const leadingPiece of first) {
    batch += 1;
    const { start, end } = table.batches[batch] ?? { start: 0, end: 0 };
    const matches = allowed ? allowed.slice(start, end) : new Uint8Array(end - start).fill(1);
    if (leading && leadingPiece) leading.test(leadingPiece, matches);
    for (const { column, test } of tests.slice(1)) {
      if (!matches.includes(1)) break;
      test(await table.readColumn(column, batch), matches);
      await pauses.take();
    }
    if (query.search !== '') await search(table, batch, searches, matches, hits, pauses);
    for (let index = 0; index < matches.length; index++) {
      found[count] = start + index;
      count += matches[index] ?? 0;
    }
    run.report(end, table.rowCount);
    await pauses.take();
  }
  return found.slice(0, count);
}

/** Columns that are read at a time. */
const columnsAtOnce = 16;

/** Clears the marks of the rows that have a text in none of their cells, and adds the columns that have it to `hits`. */
async function search(
  table: TableColumns,
  batch: number,
  tests: readonly (PieceTest | null)[],
  matches: Uint8Array,
  hits: Set<number>,
  pauses: Pauses,
): Promise<void> {
  const missing = Uint8Array.from(matches);
  // Of a column in which it was found only those rows count that it was not yet found in.
  const needs = (column: number) => (hits.has(column) ? missing : matches).includes(1);
  for (let start = 0; start < tests.length; start += columnsAtOnce) {
    const end = Math.min(tests.length, start + columnsAtOnce);
    const group = tests.slice(start, end);
    const isSearched = group.map((test, index) => test !== null && needs(start + index));
    const first = start + isSearched.indexOf(true);
    if (first < start) continue;
    const pieces = await table.readColumns(
      { start: first, end: start + isSearched.lastIndexOf(true) + 1 },
      batch,
    );
    for (const [index, piece] of pieces.entries()) {
      const test = tests[first + index];
      if (!test || !needs(first + index)) continue;
      const found = Uint8Array.from(hits.has(first + index) ? missing : matches);
      test(piece, found);
      if (found.includes(1)) hits.add(first + index);
      for (let row = 0; row < found.length; row++) if (found[row] === 1) missing[row] = 0;
      await pauses.take();
    }
  }
  for (let index = 0; index < missing.length; index++) if (missing[index] === 1) matches[index] = 0;
}

function markRows(rows: Uint32Array, rowCount: number): Uint8Array {
  const marks = new Uint8Array(rowCount);
  for (const row of rows) marks[row] = 1;
  return marks;
}

function keepFound(given: Uint32Array, found: Uint32Array, rowCount: number): Uint32Array {
  const isFound = markRows(found, rowCount);
  return given.filter((row) => isFound[row] === 1);
}

function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

function namingColumn<Value>(field: Field, create: () => Value): Value {
  try {
    return create();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The filter of ${describeColumn(field)} cannot be used: ${reason}`, { cause: error });
  }
}
