import type { Data, Field } from 'apache-arrow';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import { ColumnProblem } from './column-problem.ts';
import { joinColumn } from './join-column.ts';
import { readAhead } from './read-ahead.ts';
import type { TableColumns } from './table-columns.ts';
import { findDatasetProblem } from './validate-buffers.ts';

/** Columns, and values of them, that are read at a time. */
const columnsAtOnce = 64;
const valuesAtOnce = 5_000_000;

/**
 * The way back of `writeArrowFile`: a table as column buffers, each of them new and held by nothing else.
 * Types that the model lacks become the nearest that holds every value of theirs; rejects with an Error that names column and
 * type where there is none, and one that names the damage where the file is damaged.
 */
export async function exportDataset(table: TableColumns): Promise<DatasetBuffers> {
  const columns: ColumnBuffers[] = [];
  const { fields } = table.schema;
  // Some columns after the others: no more is held than what is handed over, and the pieces of those.
  const step = Math.max(1, Math.min(columnsAtOnce, Math.floor(valuesAtOnce / Math.max(1, table.rowCount))));
  const groups = readAhead(
    Math.ceil(fields.length / step),
    async (group) => {
      const range = { start: group * step, end: Math.min(fields.length, (group + 1) * step) };
      return await Promise.all(table.batches.map((_, batch) => table.readColumns(range, batch)));
    },
    2,
  );
  for await (const batches of groups) {
    const start = columns.length;
    for (const [index, field] of fields.slice(start, start + step).entries()) {
      columns.push(
        exportColumn(
          field,
          start + index,
          batches.flatMap((pieces) => pieces[index] ?? []),
        ),
      );
    }
  }
  const dataset = { rowCount: table.rowCount, columns };
  // The lengths have been looked at, for there to be something to copy; what is copied has not.
  const problem = findDatasetProblem(dataset);
  if (problem !== null) throw new Error(`The table file is damaged: ${problem}`);
  return dataset;
}

function exportColumn(field: Field, index: number, pieces: readonly Data[]): ColumnBuffers {
  try {
    return joinColumn(field, pieces);
  } catch (error) {
    if (!(error instanceof ColumnProblem)) throw error;
    // apache-arrow reads an empty name back as null.
    const problem = `Column ${String(index + 1)} (${JSON.stringify(field.name || '')}) ${error.message}.`;
    throw new Error(error.isDamage ? `The table file is damaged: ${problem}` : problem, { cause: error });
  }
}
