import { expect, it } from 'vitest';
import { parseValue } from '../shared/parse-value.ts';
import { datasetContent } from './parse-dataset-content.ts';

it('a dataset that was stored before marks of numbers, orders of days, notes and rules for values is read', () => {
  const hash = 'a'.repeat(64);
  const stored = {
    table: { summary: { rowCount: 0, columns: [] }, blob: hash, byteSize: 1 },
    file: { name: 'a.csv', byteSize: 1, hash, url: null, isKept: false },
    rejected: null,
    shortRowCount: 0,
    importedAt: 0,
  };
  const said = { format: 'csv', delimiter: null, encoding: null, hasHeader: true } as const;
  const options = { ...said, columns: [{ name: 'd', type: 'date' }] };
  expect(parseValue(datasetContent, { ...stored, options })).toEqual({
    isOk: true,
    value: {
      ...stored,
      emptied: null,
      notes: [],
      options: {
        ...said,
        firstRow: null,
        decimalMark: null,
        thousandsMark: null,
        columns: [{ name: 'd', type: 'date', dayOrder: null }],
        misfitWay: 'leave-row-out',
        missingMarks: [],
      },
    },
  });
});
