import type { DatasetSummary } from '../../../model/dataset.ts';
import { hasSketches } from '../../table/column-sketches.ts';

const headHeight = 40;
const sketchHeight = 24;
const footHeight = 32;
const rowHeight = 28;
const rowsAtRest = 12;

/** CSS pixels that a table will take, before it is there. */
export function tableHeight({ rowCount }: Pick<DatasetSummary, 'rowCount'>): number {
  return (
    headHeight +
    (hasSketches(rowCount) ? sketchHeight : 0) +
    Math.min(rowCount, rowsAtRest) * rowHeight +
    footHeight
  );
}
