import { makeData, RecordBatch, Schema, Struct, Table, type Field } from 'apache-arrow';
import { describeBoth } from './column-words.ts';
import { keepFields } from './keep-fields.ts';
import { commonField, widenData, type JoinedColumn } from './widen-column.ts';

/**
 * The rows of tables after one another, where they are: nothing is copied but columns whose types differ, which take one
 * that loses nothing, as `commonField` says. At least one table. Throws an Error that names the column that does not fit.
 */
export function joinTables(tables: readonly Table[]): Table {
  for (const [index, after] of tables.entries()) {
    const before = tables[index - 1];
    const problem = before ? findDifference(before.schema.fields, after.schema.fields) : null;
    if (problem !== null)
      throw cannotBeJoined(problem, 'Choose an output schema with the columns that it had');
  }
  const filled = tables.filter(({ numRows }) => numRows > 0);
  const [first = new Table(), ...others] = filled.length > 0 ? filled : tables.slice(-1);
  const fields = first.schema.fields.map((_, index) =>
    joinedField([first, ...others].map((table) => columnOf(table, index))),
  );
  const isSame = fields.every((field, index) => field === first.schema.fields[index]);
  const schema = isSame ? first.schema : keepFields(new Schema(fields));
  return new Table(
    schema,
    filled.flatMap((table) => batchesOf(table, schema)),
  );
}

function batchesOf(table: Table, schema: Schema): RecordBatch[] {
  const type = new Struct(schema.fields);
  return table.batches.map(({ data }) => {
    const children = schema.fields.map((field, index) => {
      const [child, from] = [data.children[index], table.schema.fields[index]];
      if (!child || !from) throw new Error('a batch has all columns of its table');
      return widenData(child, from, field);
    });
    const isSame = children.every((child, index) => child === data.children[index]);
    const { length } = data;
    return new RecordBatch(schema, isSame ? data : makeData({ type, length, nullCount: 0, children }));
  });
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

function columnOf(table: Table, index: number): JoinedColumn {
  const [field, vector] = [table.schema.fields[index], table.getChildAt(index)];
  if (!field || !vector) throw new Error('a table has the columns of its schema');
  return { field, vector };
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
