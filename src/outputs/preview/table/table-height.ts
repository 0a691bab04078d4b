import type { DatasetSummary } from '../../../model/dataset.ts';

const headHeight = 40;
const footHeight = 26;
const rowHeight = 28;
const rowsAtRest = 12;

/** CSS pixels that a table will take, before it is there. */
export function tableHeight({ rowCount }: Pick<DatasetSummary, 'rowCount'>): number {
  return headHeight + Math.min(rowCount, rowsAtRest) * rowHeight + footHeight;
}
