import { Schema, type Data, type Field } from 'apache-arrow';
import { describeBoth } from './column-words.ts';
import { keepFields } from './keep-fields.ts';
import { nameType } from './name-type.ts';
import { readPieces, type TableColumns } from './table-columns.ts';
import { commonField, widenData, type JoinedColumn } from './widen-column.ts';

/**
 * The rows of tables after one another, where they are: nothing is copied or read but columns whose types differ, which
 * take one that loses nothing, as `commonField` says. At least one table. Rejects with an Error that names the column that
 * does not fit.
 */
export async function joinTables(tables: readonly TableColumns[]): Promise<TableColumns> {
  for (const [index, after] of tables.entries()) {
    const before = tables[index - 1];
    const problem = before ? findDifference(before.schema.fields, after.schema.fields) : null;
    if (problem !== null)
      throw cannotBeJoined(problem, 'Choose an output schema with the columns that it had');
  }
  const filled = tables.filter(({ rowCount }) => rowCount > 0);
  const [first, ...others] = filled.length > 0 ? filled : tables.slice(-1);
  if (!first) throw new Error('there is a table at least');
  if (others.length === 0) return first;
  const fields: Field[] = [];
  for (const index of first.schema.fields.keys()) {
    fields.push(joinedField(await Promise.all(filled.map((table) => columnOf(table, index, filled)))));
  }
  return createJoined(filled, keepFields(new Schema(fields)));
}

function createJoined(tables: readonly TableColumns[], schema: Schema): TableColumns {
  let start = 0;
  const places = tables.flatMap((table) => {
    const first = start;
    start += table.rowCount;
    return table.batches.map((rows, batch) => ({ table, batch, first, rows }));
  });
  const widen = (data: Data, table: TableColumns, column: number) => {
    const [from, to] = [table.schema.fields[column], schema.fields[column]];
    if (!from || !to) throw new Error('a table has the columns that are asked for');
    return widenData(data, from, to);
  };
  const readRows: TableColumns['readRows'] = async (column, batch, { start, end }) => {
    const place = places[batch];
    if (!place) throw new Error('a table has the batches that are asked for');
    const { table, first } = place;
    const data = await table.readRows(column, place.batch, { start: start - first, end: end - first });
    return widen(data, table, column);
  };
  const batches = places.map(({ first, rows }) => ({ start: first + rows.start, end: first + rows.end }));
  const rowsOf = (batch: number) => batches[batch] ?? { start: 0, end: 0 };
  return {
    schema,
    rowCount: start,
    batches,
    readRows,
    readColumn: async (column, batch) => await readRows(column, batch, rowsOf(batch)),
    readColumns: async (columns, batch) => {
      const place = places[batch];
      if (!place) throw new Error('a table has the batches that are asked for');
      const pieces = await place.table.readColumns(columns, place.batch);
      return pieces.map((data, index) => widen(data, place.table, columns.start + index));
    },
  };
}

function joinedField(columns: readonly JoinedColumn[]): Field {
  const field = commonField(columns);
  if (field !== null) return field;
  const end = columns.findIndex((_, index) => commonField(columns.slice(0, index + 1)) === null);
  const after = columns[end];
  const before = columns.slice(0, end).findLast((column) => after && commonField([column, after]) === null);
  if (!before || !after) throw new Error('what fits each column before fits all of them');
  const [held, holds] = describeBoth(before.field, after.field);
  throw cannotBeJoined(
    `the column “${before.field.name}” held ${held}, and holds ${holds} now`,
    `Put out ${held} again`,
  );
}

/** A column, with its values where its type is not the same in all tables: they tell which one fits them. */
async function columnOf(
  table: TableColumns,
  index: number,
  tables: readonly TableColumns[],
): Promise<JoinedColumn> {
  const field = fieldAt(table, index);
  const name = nameType(field);
  if (tables.every((each) => nameType(fieldAt(each, index)) === name)) return { field, pieces: [] };
  return { field, pieces: await readPieces(table, index) };
}

function fieldAt({ schema }: TableColumns, index: number): Field {
  const field = schema.fields[index];
  if (!field) throw new Error('a table has the columns of its schema');
  return field;
}

function cannotBeJoined(problem: string, remedy: string): Error {
  return new Error(
    `Its rows cannot be added to those before: ${problem}. ${remedy}, or begin anew: turn off “Append to previous output” for one run, which replaces the rows before.`,
  );
}

function findDifference(old: readonly Field[], added: readonly Field[]): string | null {
  const missing = old.find(({ name }) => added.every((field) => field.name !== name));
  if (missing) return `the column “${missing.name}” is gone`;
  const surplus = added.find(({ name }) => old.every((field) => field.name !== name));
  if (surplus) return `the column “${surplus.name}” is new`;
  const moved = old.find(({ name }, index) => added[index]?.name !== name);
  return moved ? `the column “${moved.name}” stands in another place` : null;
}
