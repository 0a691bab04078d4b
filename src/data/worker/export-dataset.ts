import type { Field, RecordBatch, Table } from 'apache-arrow';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import { ColumnProblem, refuseDamage } from './column-problem.ts';
import { joinColumn } from './join-column.ts';
import { findDatasetProblem } from './validate-buffers.ts';

/**
 * The way back of `writeArrowFile`: a table as column buffers, each of them new and held by nothing else.
 * Types that the model lacks become the nearest that holds every value of theirs; throws an Error that names column and
 * type where there is none, and one that names the damage where the file is damaged.
 */
export function exportDataset({ schema, batches, numRows }: Table): DatasetBuffers {
  const columns = schema.fields.map((field, index) => exportColumn(field, index, batches));
  const dataset = { rowCount: numRows, columns };
  // The lengths have been looked at, for there to be something to copy; what is copied has not.
  const problem = findDatasetProblem(dataset);
  if (problem !== null) throw new Error(`The table file is damaged: ${problem}`);
  return dataset;
}

function exportColumn(field: Field, index: number, batches: readonly RecordBatch[]): ColumnBuffers {
  try {
    const pieces = batches.map(({ data }) => data.children[index] ?? refuseDamage('is missing from a batch'));
    return joinColumn(field, pieces);
  } catch (error) {
    if (!(error instanceof ColumnProblem)) throw error;
    // apache-arrow reads an empty name back as null.
    const problem = `Column ${String(index + 1)} (${JSON.stringify(field.name || '')}) ${error.message}.`;
    throw new Error(error.isDamage ? `The table file is damaged: ${problem}` : problem, { cause: error });
  }
}
