import type { Field } from 'apache-arrow';
import type { TableQuery } from '../../table-query.ts';
import { readAhead } from '../read-ahead.ts';
import type { TableColumns } from '../table-columns.ts';
import { createPieceTest, describeColumn, type PieceTest } from './match-column.ts';
import { Pauses, type Run } from './run.ts';
import { createSearchTest } from './search-column.ts';
import { sortRows } from './sort-rows.ts';

/**
 * Those of the given rows of a table that a query asks for, in its order; null for all rows. Rejects with an Error that says
 * what is wrong with the query.
 */
export async function queryRows(
  table: TableColumns,
  given: Uint32Array | null,
  query: TableQuery,
  run: Run,
): Promise<Uint32Array> {
  const isFiltered = query.filters.length > 0 || query.search !== '';
  const found = isFiltered ? await filterRows(table, query, run) : null;
  const rows = given ? keepFound(given, found, table.rowCount) : (found ?? allRows(table.rowCount));
  return query.sort.length > 0 ? await sortRows(table, rows, query.sort, run) : rows;
}

async function filterRows(table: TableColumns, query: TableQuery, run: Run): Promise<Uint32Array> {
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
    const matches = new Uint8Array(end - start).fill(1);
    if (leading && leadingPiece) leading.test(leadingPiece, matches);
    for (const { column, test } of tests.slice(1)) {
      if (!matches.includes(1)) break;
      test(await table.readColumn(column, batch), matches);
      await pauses.take();
    }
    if (query.search !== '') await search(table, batch, searches, matches, pauses);
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

/** Clears the marks of the rows that have a text in none of their cells. */
async function search(
  table: TableColumns,
  batch: number,
  tests: readonly (PieceTest | null)[],
  matches: Uint8Array,
  pauses: Pauses,
): Promise<void> {
  const missing = Uint8Array.from(matches);
  for (let start = 0; start < tests.length && missing.includes(1); start += columnsAtOnce) {
    const end = Math.min(tests.length, start + columnsAtOnce);
    const group = tests.slice(start, end);
    const isSearched = group.map((test) => test !== null);
    const first = start + isSearched.indexOf(true);
    if (first < start) continue;
    const pieces = await table.readColumns(
      { start: first, end: start + isSearched.lastIndexOf(true) + 1 },
      batch,
    );
    for (const [index, piece] of pieces.entries()) {
      const test = tests[first + index];
      if (!test || !missing.includes(1)) continue;
      const found = Uint8Array.from(missing);
      test(piece, found);
      for (let row = 0; row < found.length; row++) if (found[row] === 1) missing[row] = 0;
      await pauses.take();
    }
  }
  for (let index = 0; index < missing.length; index++) if (missing[index] === 1) matches[index] = 0;
}

function keepFound(given: Uint32Array, found: Uint32Array | null, rowCount: number): Uint32Array {
  if (found === null) return given;
  const isFound = new Uint8Array(rowCount);
  for (const row of found) isFound[row] = 1;
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
