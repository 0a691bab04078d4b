import type { ChartColumn } from '../model/chart/chart-data.ts';
import type { ColumnBuffers } from '../model/dataset.ts';
import type { FromTableWorker } from './table-messages.ts';

/** Every buffer once: columns may be views of one. Shared memory cannot be transferred and is copied instead. */
export function buffersOf(columns: readonly ColumnBuffers[], found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  for (const column of columns) {
    for (const view of [column.validity, column.values, column.offsets]) {
      if (view?.buffer instanceof ArrayBuffer) found.add(view.buffer);
    }
    buffersOf(column.children, found);
  }
  return [...found];
}

/** What an answer hands over instead of copying it. */
export function transferOf(answer: FromTableWorker): ArrayBuffer[] {
  if (answer.type === 'chart-data-read') return answer.rows.columns.flatMap(arraysOf);
  return answer.type === 'dataset-exported' ? buffersOf(answer.buffers.columns) : [];
}

function arraysOf(column: ChartColumn): ArrayBuffer[] {
  if (column.kind === 'words') return [column.codes.buffer];
  return column.nulls ? [column.values.buffer, column.nulls.buffer] : [column.values.buffer];
}
