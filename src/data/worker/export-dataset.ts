import type { Data, Field } from 'apache-arrow';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import { ColumnProblem } from './column-problem.ts';
import { joinColumn } from './join-column.ts';
import { readPieces, type TableColumns } from './table-columns.ts';
import { findDatasetProblem } from './validate-buffers.ts';

/**
 * The way back of `writeArrowFile`: a table as column buffers, each of them new and held by nothing else.
 * Types that the model lacks become the nearest that holds every value of theirs; rejects with an Error that names column and
 * type where there is none, and one that names the damage where the file is damaged.
 */
export async function exportDataset(table: TableColumns): Promise<DatasetBuffers> {
  const columns: ColumnBuffers[] = [];
  // One after the other: no more is held than what is handed over, and a column's pieces.
  for (const [index, field] of table.schema.fields.entries()) {
    columns.push(exportColumn(field, index, await readPieces(table, index)));
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
