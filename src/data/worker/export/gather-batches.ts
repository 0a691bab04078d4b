import { makeData, RecordBatch, Schema, Struct, type Data, type Field } from 'apache-arrow';
import { rowsPerBatch } from '../../../model/dataset.ts';
import { fieldOf } from '../arrow-fields.ts';
import { ColumnProblem } from '../column-problem.ts';
import { joinColumn } from '../join-column.ts';
import { keepFields } from '../keep-fields.ts';
import type { OpenTable } from '../OpenTable.ts';
import { isNested } from '../read-nested.ts';
import { describeColumn } from '../query/match-column.ts';
import { Pauses, type Run } from '../query/run.ts';
import { sliceColumn } from '../slice-column.ts';
import { batchOf, type TableColumns } from '../table-columns.ts';
import { takeElements } from '../take-elements.ts';
import { takeNested } from '../take-nested.ts';

/** The fields of some columns of a table. */
export function fieldsOf(table: OpenTable, columns: readonly number[]): Field[] {
  return columns.map((column) => {
    const field = table.columns.schema.fields[column];
    if (!field) throw new Error(`There is no column ${String(column + 1)}.`);
    return field;
  });
}

/** Some columns of a table's rows, as they are stored where those are all, else gathered: batch by batch. */
export async function* gatherBatches(
  table: OpenTable,
  columns: readonly number[],
  run: Run,
): AsyncGenerator<RecordBatch> {
  const fields = fieldsOf(table, columns);
  const pauses = new Pauses(run.signal);
  const { rowCount } = table.summary;
  const ranges = table.rows === null ? table.columns.batches : rangesOf(rowCount);
  let schema: Schema | null = null;
  for (const [index, { start, end }] of ranges.entries()) {
    const children: Data[] = [];
    const own: Field[] = [];
    for (const [place, field] of fields.entries()) {
      const column = columns[place] ?? 0;
      if (table.rows === null) {
        children.push(await table.columns.readColumn(column, index));
        own.push(field);
      } else {
        const gathered = await gather(table.columns, field, column, table.rows.subarray(start, end));
        children.push(gathered.data);
        own.push(gathered.field);
      }
      await pauses.take();
    }
    schema ??= keepFields(new Schema(own));
    const type = new Struct(schema.fields);
    yield new RecordBatch(schema, makeData({ type, length: end - start, nullCount: 0, children }));
    run.report(end, rowCount);
  }
}

function rangesOf(rowCount: number) {
  return Array.from({ length: Math.ceil(rowCount / rowsPerBatch) }, (_, index) => ({
    start: index * rowsPerBatch,
    end: Math.min(rowCount, (index + 1) * rowsPerBatch),
  }));
}

/** Some elements of a column, from all of its batches that have some; of what is in no dataset as it is stored. */
async function gather(
  table: TableColumns,
  field: Field,
  column: number,
  rows: Uint32Array,
): Promise<{ field: Field; data: Data }> {
  const pieces: Data[] = [];
  /** The piece of each batch, and where it begins among the pieces; -1 before it is read. */
  const places = new Int32Array(table.batches.length).fill(-1);
  const starts: number[] = [];
  const own = new Int32Array(rows.length);
  const elements = new Int32Array(rows.length);
  let length = 0;
  for (const [index, row] of rows.entries()) {
    const batch = batchOf(table.batches, row);
    if (places[batch] === -1) {
      const piece = await table.readColumn(column, batch);
      places[batch] = pieces.length;
      pieces.push(piece);
      starts.push(length);
      length += piece.length;
    }
    own[index] = places[batch] ?? 0;
    elements[index] = row - (table.batches[batch]?.start ?? 0);
  }
  try {
    if (isNested(field.type))
      return { field, data: takeNested(field.type, pieces, { pieces: own, elements }) };
    const entries = elements.map((element, index) => (starts[own[index] ?? 0] ?? 0) + element);
    const taken = takeElements(joinColumn(field, pieces), entries);
    const takenField = fieldOf(taken);
    return { field: takenField, data: sliceColumn(taken, takenField.type, 0, rows.length) };
  } catch (error) {
    if (!(error instanceof ColumnProblem)) throw error;
    const remedy = 'Export the whole table, or leave the column out';
    throw new Error(`Rows of ${describeColumn(field)} cannot be picked for this file. ${remedy}.`, {
      cause: error,
    });
  }
}
