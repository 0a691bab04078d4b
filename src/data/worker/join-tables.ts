import {
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  type Field,
} from 'apache-arrow';
import { keepFields } from './keep-fields.ts';
import { commonField, nameType, widenData, type JoinedColumn } from './widen-column.ts';

/**
 * The rows of one table and then those of another, as the bytes of an Arrow IPC file: as many as both have. Columns whose
 * types differ take one that loses nothing, as `commonField` says. Throws an Error that names the column that does not fit.
 */
export function joinTables(before: Table, after: Table): Uint8Array<ArrayBuffer> {
  const problem = findDifference(before.schema.fields, after.schema.fields);
  if (problem !== null) throw cannotBeJoined(problem);
  if (before.numRows === 0 || after.numRows === 0) return writeTable(after.numRows > 0 ? after : before);
  const schema = keepFields(
    new Schema(
      before.schema.fields.map((_, index) => joinedField(columnOf(before, index), columnOf(after, index))),
    ),
  );
  return writeTable(new Table(schema, [...batchesOf(before, schema), ...batchesOf(after, schema)]));
}

function batchesOf(table: Table, schema: Schema): RecordBatch[] {
  const type = new Struct(schema.fields);
  return table.batches.map(({ data }) => {
    const children = schema.fields.map((field, index) => {
      const [child, from] = [data.children[index], table.schema.fields[index]];
      if (!child || !from) throw new Error('a batch has all columns of its table');
      return widenData(child, from, field);
    });
    return new RecordBatch(schema, makeData({ type, length: data.length, nullCount: 0, children }));
  });
}

function joinedField(before: JoinedColumn, after: JoinedColumn): Field {
  const field = commonField(before, after);
  if (field !== null) return field;
  const [held, holds] = [nameType(before.field), nameType(after.field)];
  throw cannotBeJoined(`the column “${before.field.name}” held ${held}, and holds ${holds} now`);
}

function columnOf(table: Table, index: number): JoinedColumn {
  const [field, vector] = [table.schema.fields[index], table.getChildAt(index)];
  if (!field || !vector) throw new Error('a table has the columns of its schema');
  return { field, vector };
}

function cannotBeJoined(problem: string): Error {
  return new Error(
    `Its rows cannot be added to those before: ${problem}. Replace the output instead, or put out the columns that it had.`,
  );
}

/** A table as the bytes of an Arrow IPC file. */
export function writeTable(table: Table): Uint8Array<ArrayBuffer> {
  const writer = new RecordBatchFileWriter();
  writer.write(table);
  writer.finish();
  const bytes = writer.toUint8Array(true);
  // The writer's type leaves open that its buffer is shared; it is one that it made.
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

function findDifference(old: readonly Field[], added: readonly Field[]): string | null {
  const missing = old.find(({ name }) => added.every((field) => field.name !== name));
  if (missing) return `the column “${missing.name}” is gone`;
  const surplus = added.find(({ name }) => old.every((field) => field.name !== name));
  if (surplus) return `the column “${surplus.name}” is new`;
  const moved = old.find(({ name }, index) => added[index]?.name !== name);
  return moved ? `the column “${moved.name}” stands in another place` : null;
}
