import * as v from 'valibot';
import type { DatasetContent } from '../model/dataset-cell.ts';
import {
  dayOrders,
  decimalMarks,
  misfitWays,
  readTypes,
  thousandsMarks,
  type ImportOptions,
} from '../model/import-options.ts';
import { blobHash, count, stored, summary, time } from './parse-basics.ts';

// What has a default was not said before it could be.
const columns = v.array(
  v.object({
    name: v.string(),
    type: v.picklist(readTypes),
    dayOrder: v.optional(v.nullable(v.picklist(dayOrders)), null),
  }),
);
const values = {
  columns,
  // A row was left out before there was another way.
  misfitWay: v.optional(v.picklist(misfitWays), 'leave-row-out'),
  missingMarks: v.optional(v.array(v.string()), () => []),
};
const header = {
  firstRow: v.optional(v.nullable(count), null),
  hasHeader: v.nullable(v.boolean()),
};

const options: v.GenericSchema<unknown, ImportOptions> = v.variant('format', [
  v.object({
    format: v.literal('csv'),
    delimiter: v.nullable(v.string()),
    encoding: v.nullable(v.string()),
    ...header,
    decimalMark: v.optional(v.nullable(v.picklist(decimalMarks)), null),
    thousandsMark: v.optional(v.nullable(v.picklist(thousandsMarks)), null),
    ...values,
  }),
  v.object({ format: v.picklist(['json', 'json-lines']), ...values }),
  v.object({ format: v.literal('excel'), sheet: v.nullable(v.string()), ...header, ...values }),
  v.object({ format: v.picklist(['parquet', 'arrow']) }),
]);

const report = v.object({ count, report: v.object(stored) });

/** What a Dataset cell holds. */
export const datasetContent: v.GenericSchema<unknown, DatasetContent> = v.object({
  table: v.object({ summary, ...stored }),
  file: v.object({
    name: v.string(),
    byteSize: count,
    hash: blobHash,
    url: v.nullable(v.string()),
    isKept: v.boolean(),
  }),
  options,
  rejected: v.nullable(report),
  emptied: v.optional(v.nullable(report), null),
  shortRowCount: count,
  notes: v.optional(v.array(v.string()), () => []),
  importedAt: time,
});
