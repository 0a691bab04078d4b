import { BlobHash } from '../model/ids.ts';
import type { Result } from '../shared/result.ts';
import { chartQuery, chartRows } from './parse-chart-data.ts';
import { datasetBuffers, datasetSummary } from './parse-dataset-buffers.ts';
import {
  blob,
  count,
  field,
  list,
  nullable,
  number,
  oneOf,
  ownBytes,
  parseWhole,
  record,
  refuse,
  text,
  truth,
  type Place,
} from './parse-fields.ts';
import type { FromTableWorker, TableFile, ToTableWorker } from './table-messages.ts';
import { columnStatistics, tableQuery } from './parse-table-query.ts';
import {
  cellKinds,
  exportFormats,
  type CellKind,
  type CellWindow,
  type ColumnTexts,
  type ExportRequest,
  type IndexRange,
} from './TableSource.ts';

/** Checks what arrives in the worker; the problem tells the path, as in "at buffers.columns[2].name: …". */
export function parseToTableWorker(message: unknown): Result<ToTableWorker, string> {
  return parseWhole(message, toTableWorker);
}

/** Checks what arrives on the page. */
export function parseFromTableWorker(message: unknown): Result<FromTableWorker, string> {
  return parseWhole(message, fromTableWorker);
}

/** The id of a request that could not be read otherwise, so that its sender is not left waiting. */
export function requestIdOf(message: unknown): number | null {
  const parsed = parseWhole(message, (place) => count(field(place, 'requestId')));
  return parsed.isOk ? parsed.value : null;
}

function toTableWorker(place: Place): ToTableWorker {
  const requestId = count(field(place, 'requestId'));
  const type = field(place, 'type');
  switch (type.value) {
    case 'import-dataset':
      return {
        type: 'import-dataset',
        requestId,
        buffers: datasetBuffers(field(place, 'buffers')),
        before: list(field(place, 'before'), tableFile),
      };
    case 'open-table':
    case 'export-dataset':
      return { type: type.value, requestId, files: list(field(place, 'files'), blob) };
    case 'read-window':
      return {
        type: 'read-window',
        requestId,
        tableId: count(field(place, 'tableId')),
        rows: indexRange(field(place, 'rows')),
        columns: indexRange(field(place, 'columns')),
      };
    case 'read-cell':
      return {
        type: 'read-cell',
        requestId,
        tableId: count(field(place, 'tableId')),
        row: count(field(place, 'row')),
        column: count(field(place, 'column')),
      };
    case 'read-chart-data':
      return {
        type: 'read-chart-data',
        requestId,
        tableId: count(field(place, 'tableId')),
        query: chartQuery(field(place, 'query')),
      };
    case 'close-table':
      return { type: 'close-table', requestId, tableId: count(field(place, 'tableId')) };
    case 'query-table':
      return {
        type: 'query-table',
        requestId,
        tableId: count(field(place, 'tableId')),
        query: tableQuery(field(place, 'query')),
      };
    case 'read-statistics':
      return {
        type: 'read-statistics',
        requestId,
        tableId: count(field(place, 'tableId')),
        column: count(field(place, 'column')),
      };
    case 'export-file':
      return {
        type: 'export-file',
        requestId,
        tableId: count(field(place, 'tableId')),
        request: exportRequest(field(place, 'request')),
      };
    case 'cancel':
      return { type: 'cancel', requestId };
    case 'store-bytes':
      return {
        type: 'store-bytes',
        requestId,
        parts: list(field(place, 'parts'), ownBytes),
        mediaType: text(field(place, 'mediaType')),
      };
    case 'check-json': {
      const expected = field(place, 'expected');
      return {
        type: 'check-json',
        requestId,
        file: blob(field(place, 'file')),
        expected: {
          schema: record(field(expected, 'schema')),
          isNullable: truth(field(expected, 'isNullable')),
        },
      };
    }
    default:
      return refuse(type, 'a command to the table worker');
  }
}

function fromTableWorker(place: Place): FromTableWorker {
  const requestId = count(field(place, 'requestId'));
  const type = field(place, 'type');
  switch (type.value) {
    case 'dataset-imported':
      return {
        type: 'dataset-imported',
        requestId,
        tableId: count(field(place, 'tableId')),
        summary: datasetSummary(field(place, 'summary')),
        keptCount: count(field(place, 'keptCount')),
        ...tableFile(place),
      };
    case 'table-opened':
      return {
        type: 'table-opened',
        requestId,
        tableId: count(field(place, 'tableId')),
        summary: datasetSummary(field(place, 'summary')),
        hitColumns: list(field(place, 'hitColumns'), count),
      };
    case 'dataset-exported':
      return { type: 'dataset-exported', requestId, buffers: datasetBuffers(field(place, 'buffers')) };
    case 'window-read':
      return { type: 'window-read', requestId, window: cellWindow(field(place, 'window')) };
    case 'cell-read':
      return { type: 'cell-read', requestId, text: text(field(place, 'text')) };
    case 'chart-data-read':
      return { type: 'chart-data-read', requestId, rows: chartRows(field(place, 'rows')) };
    case 'table-closed':
      return { type: 'table-closed', requestId };
    case 'bytes-stored':
      return {
        type: 'bytes-stored',
        requestId,
        file: blob(field(place, 'file')),
        sha256: blobHash(field(place, 'sha256')),
      };
    case 'json-checked':
      return { type: 'json-checked', requestId, problem: nullable(field(place, 'problem'), text) };
    case 'statistics-read':
      return {
        type: 'statistics-read',
        requestId,
        statistics: columnStatistics(field(place, 'statistics')),
      };
    case 'file-exported':
      return { type: 'file-exported', requestId, file: blob(field(place, 'file')) };
    case 'progressed':
      return {
        type: 'progressed',
        requestId,
        done: number(field(place, 'done')),
        total: number(field(place, 'total')),
      };
    case 'request-failed':
      return { type: 'request-failed', requestId, message: text(field(place, 'message')) };
    default:
      return refuse(type, 'an answer of the table worker');
  }
}

function tableFile(place: Place): TableFile {
  return {
    file: blob(field(place, 'file')),
    sha256: blobHash(field(place, 'sha256')),
    byteSize: count(field(place, 'byteSize')),
  };
}

function blobHash(place: Place): BlobHash {
  const hash = text(place);
  return /^[0-9a-f]{64}$/.test(hash) ? BlobHash.from(hash) : refuse(place, '64 hexadecimal digits');
}

function exportRequest(place: Place): ExportRequest {
  return {
    format: oneOf(field(place, 'format'), exportFormats),
    columns: list(field(place, 'columns'), count),
    rows: nullable(field(place, 'rows'), indexRange),
    hasHeader: truth(field(place, 'hasHeader')),
  };
}

function indexRange(place: Place): IndexRange {
  return { start: count(field(place, 'start')), end: count(field(place, 'end')) };
}

function cellWindow(place: Place): CellWindow {
  const rows = indexRange(field(place, 'rows'));
  const columns = indexRange(field(place, 'columns'));
  const cells = field(place, 'cells');
  const numbers = field(place, 'rowNumbers');
  const rowNumbers = list(numbers, count);
  if (rowNumbers.length !== rows.end - rows.start) refuse(numbers, 'a number for each row');
  const parsed = list(cells, (column) => columnTexts(column, rows.end - rows.start));
  if (parsed.length !== columns.end - columns.start) refuse(cells, 'one element for each column');
  return { rows, columns, rowNumbers, cells: parsed };
}

function columnTexts(place: Place, rowCount: number): ColumnTexts {
  const texts = words(field(place, 'texts'), isText, text);
  const kinds = words(field(place, 'kinds'), isCellKind, (kind) => oneOf(kind, cellKinds));
  if (texts.length !== rowCount || kinds.length !== rowCount) refuse(place, 'a text and a kind for each row');
  return { texts, kinds };
}

const knownKinds: ReadonlySet<unknown> = new Set(cellKinds);

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCellKind(value: unknown): value is CellKind {
  return knownKinds.has(value);
}

/** A list of thousands, in which a place is named only where something is wrong with it. */
function words<Word>(place: Place, isWord: (value: unknown) => value is Word, parse: (place: Place) => Word) {
  const { value } = place;
  // Spread, so that what is missing is looked at too.
  return Array.isArray(value) && [...value].every(isWord) ? value : list(place, parse);
}
