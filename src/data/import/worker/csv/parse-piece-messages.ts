import { dayOrders, misfitWays, readTypes } from '../../../../model/import-options.ts';
import { fail, type Result } from '../../../../shared/result.ts';
import { datasetBuffers } from '../../../parse-dataset-buffers.ts';
import {
  count,
  field,
  list,
  nullable,
  oneOf,
  ownBytes,
  parseWhole,
  text,
  truth,
  type Place,
} from '../../../parse-fields.ts';
import { numberStyle } from '../../parse-import-messages.ts';
import type { EmptiedValue, RejectedRow } from '../LineReport.ts';
import type { ColumnPlan } from '../values/value-kinds.ts';
import type { PieceTask, ReadPiece } from './read-piece.ts';

/** Checks what a worker that reads pieces is sent. */
export function parsePieceTask(message: unknown): Result<PieceTask, string> {
  return parseWhole(message, (place) => ({
    bytes: ownBytes(field(place, 'bytes')),
    sliceEnds: list(field(place, 'sliceEnds'), count),
    hasHeader: truth(field(place, 'hasHeader')),
    delimiter: text(field(place, 'delimiter')),
    plans: list(field(place, 'plans'), columnPlan),
    isMaking: truth(field(place, 'isMaking')),
    misfitWay: oneOf(field(place, 'misfitWay'), misfitWays),
    missingMarks: list(field(place, 'missingMarks'), text),
  }));
}

/** Checks what it answers; the problem is also what it says went wrong. */
export function parseReadPiece(message: unknown): Result<ReadPiece, string> {
  const told = parseWhole(message, (place) => text(field(place, 'problem')));
  if (told.isOk) return fail(told.value);
  return parseWhole(message, (place) => ({
    batches: list(field(place, 'batches'), datasetBuffers),
    found: list(field(place, 'found'), count),
    misfits: list(field(place, 'misfits'), (misfit) => ({
      column: count(field(misfit, 'column')),
      reason: text(field(misfit, 'reason')),
    })),
    lineCount: count(field(place, 'lineCount')),
    shortRowCount: count(field(place, 'shortRowCount')),
    rejectedCount: count(field(place, 'rejectedCount')),
    rejected: list(field(place, 'rejected'), rejectedRow),
    emptiedCount: count(field(place, 'emptiedCount')),
    emptied: list(field(place, 'emptied'), emptiedValue),
  }));
}

function columnPlan(place: Place): ColumnPlan {
  return {
    name: text(field(place, 'name')),
    type: nullable(field(place, 'type'), (type) => oneOf(type, readTypes)),
    isZoned: truth(field(place, 'isZoned')),
    dayOrder: nullable(field(place, 'dayOrder'), (order) => oneOf(order, dayOrders)),
    numbers: numberStyle(field(place, 'numbers')),
    isChosen: truth(field(place, 'isChosen')),
  };
}

function rejectedRow(place: Place): RejectedRow {
  return {
    line: count(field(place, 'line')),
    reason: text(field(place, 'reason')),
    text: text(field(place, 'text')),
  };
}

function emptiedValue(place: Place): EmptiedValue {
  return {
    line: count(field(place, 'line')),
    column: text(field(place, 'column')),
    value: text(field(place, 'value')),
    reason: text(field(place, 'reason')),
  };
}
