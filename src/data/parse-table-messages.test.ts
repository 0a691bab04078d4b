import { expect, test } from 'vitest';
import { parseFromTableWorker, parseToTableWorker } from './parse-table-messages.ts';
import * as build from './testing/build-dataset.ts';

const buffers = build.dataset(build.mixed('m', [build.int64('', [1n])], [0]));
const [column] = buffers.columns;
const file = { file: new Blob(['x']), sha256: '0f'.repeat(32), byteSize: 1 };
const withColumn = (changes: object) => ({ rowCount: 1, columns: [{ ...column, ...changes }] });

test.each([
  { type: 'import-dataset', requestId: 1, buffers, before: [file] },
  { type: 'open-table', requestId: 1, files: [file.file, file.file] },
  {
    type: 'import-dataset',
    requestId: 2,
    buffers: { rowCount: 1, columns: [{ ...build.int64('n', [1n]), scale: 'ordinal' }] },
    before: [],
  },
  { type: 'export-dataset', requestId: 1, files: [file.file] },
  {
    type: 'read-window',
    requestId: 1,
    tableId: 2,
    rows: { start: 0, end: 1 },
    columns: { start: 3, end: 4 },
  },
  { type: 'read-cell', requestId: 1, tableId: 2, row: 0, column: 9 },
  { type: 'close-table', requestId: 1, tableId: 2 },
  {
    type: 'query-table',
    requestId: 1,
    tableId: 2,
    query: {
      filters: [
        { column: 0, condition: { type: 'is-null' } },
        { column: 1, condition: { type: 'compare', operator: '≤', value: '5' } },
        { column: 1, condition: { type: 'between', low: '1', high: '5' } },
        { column: 2, condition: { type: 'text', match: 'pattern', text: '^a', isCaseSensitive: true } },
        { column: 2, condition: { type: 'one-of', texts: ['a', null] } },
      ],
      search: 'a',
      sort: [{ column: 2, direction: 'down' }],
    },
  },
  { type: 'read-statistics', requestId: 1, tableId: 2, column: 0 },
  {
    type: 'export-file',
    requestId: 1,
    tableId: 2,
    request: { format: 'json-lines', columns: [1, 0], rows: { start: 2, end: 5 }, hasHeader: false },
  },
  { type: 'cancel', requestId: 1 },
])('the command $type is understood', (message) => {
  expect(parseToTableWorker(message)).toEqual({ isOk: true, value: message });
});

test.each([
  {
    type: 'dataset-imported',
    requestId: 1,
    tableId: 2,
    summary: {
      rowCount: 1,
      columns: [
        { name: '', type: 'nested', timeZone: null },
        { name: 'n', type: 'int64', timeZone: null, scale: 'nominal' },
      ],
    },
    keptCount: 0,
    ...file,
  },
  { type: 'table-opened', requestId: 1, tableId: 2, summary: { rowCount: 0, columns: [] }, hitColumns: [] },
  { type: 'dataset-exported', requestId: 1, buffers },
  {
    type: 'window-read',
    requestId: 1,
    window: {
      rows: { start: 5, end: 6 },
      columns: { start: 0, end: 1 },
      rowNumbers: [7],
      cells: [{ texts: ['a'], kinds: ['text'] }],
    },
  },
  { type: 'cell-read', requestId: 1, text: '' },
  { type: 'table-closed', requestId: 1 },
  {
    type: 'statistics-read',
    requestId: 1,
    statistics: {
      rowCount: 3,
      nullCount: 1,
      nanCount: 0,
      distinctCount: 2,
      isDistinctExact: true,
      figures: [{ name: 'median', text: '1.5' }],
      histogram: { counts: [1, 1], edges: ['1', '2', '3'] },
      top: [{ text: 'a', count: 2 }],
    },
  },
  { type: 'file-exported', requestId: 1, file: file.file },
  { type: 'progressed', requestId: 1, done: 0.5, total: 2 },
  { type: 'request-failed', requestId: 1, message: 'no' },
])('the answer $type is understood', (message) => {
  expect(parseFromTableWorker(message)).toEqual({ isOk: true, value: message });
});

const toWorker = (fields: object) => ({
  type: 'import-dataset',
  requestId: 1,
  buffers,
  before: null,
  ...fields,
});

test.each<[unknown, string]>([
  [null, 'at the message: expected an object, got null'],
  [{ requestId: 1, type: 'dance' }, 'at type: expected a command to the table worker, got "dance"'],
  [{ type: 'close-table' }, 'at requestId: expected a whole number from 0 up, got undefined'],
  [toWorker({ buffers: 5 }), 'at buffers: expected an object, got number 5'],
  [toWorker({ buffers: { rowCount: 1, columns: {} } }), 'at buffers.columns: expected an array, got Object'],
  [
    toWorker({ buffers: withColumn({ scale: 'big' }) }),
    'at buffers.columns[0].scale: expected "nominal" or "ordinal" or "interval" or "ratio", got "big"',
  ],
  [
    toWorker({ buffers: withColumn({ name: 7 }) }),
    'at buffers.columns[0].name: expected a string, got number 7',
  ],
  [
    toWorker({ buffers: withColumn({ length: -1 }) }),
    'at buffers.columns[0].length: expected a whole number from 0 up, got number -1',
  ],
  [
    toWorker({ buffers: withColumn({ values: [1] }) }),
    'at buffers.columns[0].values: expected a Uint8Array, got Array',
  ],
  [
    toWorker({ buffers: withColumn({ timeUnit: 'min' }) }),
    'at buffers.columns[0].timeUnit: expected "s" or "ms" or "us" or "ns", got "min"',
  ],
  [
    toWorker({ buffers: withColumn({ children: [{ ...column, children: null }] }) }),
    'at buffers.columns[0].children[0].children: expected an array, got null',
  ],
])('a command is refused, naming the place: %#', (message, problem) => {
  expect(parseToTableWorker(message)).toEqual({ isOk: false, problem });
});

test.each<[object, string]>([
  [{ rowNumbers: [] }, 'at window.rowNumbers: expected a number for each row, got Array'],
  [{ cells: [] }, 'at window.cells: expected one element for each column, got Array'],
  [
    { cells: [{ texts: [], kinds: [] }] },
    'at window.cells[0]: expected a text and a kind for each row, got Object',
  ],
])('a window that does not fit its ranges is refused: %#', (changes, problem) => {
  const ranges = { rows: { start: 5, end: 6 }, columns: { start: 0, end: 1 }, rowNumbers: [5] };

  const parsed = parseFromTableWorker({
    type: 'window-read',
    requestId: 1,
    window: { ...ranges, ...changes },
  });

  expect(parsed).toEqual({ isOk: false, problem });
});
