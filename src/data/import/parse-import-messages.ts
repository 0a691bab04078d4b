import { columnTypes } from '../../model/dataset.ts';
import { BlobHash } from '../../model/ids.ts';
import {
  dayOrders,
  decimalMarks,
  fileFormats,
  misfitWays,
  readTypes,
  thousandsMarks,
  type ColumnChoice,
  type HeaderRules,
  type ImportOptions,
  type NumberStyle,
  type ValueRules,
} from '../../model/import-options.ts';
import type { FoundSetting, ImportPreview, ImportReport, PreviewColumn } from '../../model/import-preview.ts';
import type { Result } from '../../shared/result.ts';
import { datasetSummary } from '../parse-dataset-buffers.ts';
import {
  blob,
  count,
  field,
  list,
  nullable,
  oneOf,
  parseWhole,
  refuse,
  text,
  truth,
  type Place,
} from '../parse-fields.ts';
import type { FromImportWorker, ToImportWorker } from './import-messages.ts';

/** Checks what arrives in the worker; the problem tells the path. */
export function parseToImportWorker(message: unknown): Result<ToImportWorker, string> {
  return parseWhole(message, (place) => {
    const given = file(field(place, 'file'));
    const type = oneOf(field(place, 'type'), ['preview-file', 'load-file'] as const);
    const asked = field(place, 'options');
    return type === 'load-file'
      ? { type, file: given, options: importOptions(asked) }
      : { type, file: given, options: nullable(asked, importOptions) };
  });
}

const answerTypes = ['file-previewed', 'load-progressed', 'file-loaded', 'import-failed'] as const;

/** Checks what arrives on the page. */
export function parseFromImportWorker(message: unknown): Result<FromImportWorker, string> {
  return parseWhole(message, (place): FromImportWorker => {
    const type = oneOf(field(place, 'type'), answerTypes);
    switch (type) {
      case 'file-previewed':
        return { type, preview: importPreview(field(place, 'preview')) };
      case 'load-progressed':
        return {
          type,
          readBytes: count(field(place, 'readBytes')),
          isSecond: truth(field(place, 'isSecond')),
        };
      case 'file-loaded':
        return {
          type,
          file: blob(field(place, 'file')),
          sha256: hash(field(place, 'sha256')),
          summary: datasetSummary(field(place, 'summary')),
          fileHash: hash(field(place, 'fileHash')),
          rejected: nullable(field(place, 'rejected'), importReport),
          emptied: nullable(field(place, 'emptied'), importReport),
          shortRowCount: count(field(place, 'shortRowCount')),
          notes: list(field(place, 'notes'), text),
        };
      case 'import-failed':
        return { type, message: text(field(place, 'message')) };
    }
  });
}

function file(place: Place): File {
  return place.value instanceof File ? place.value : refuse(place, 'a File');
}

function delimiter(place: Place): string {
  const character = text(place);
  return /^[^"\r\n]$/.test(character)
    ? character
    : refuse(place, 'one character that is no quote and ends no line');
}

function hash(place: Place): BlobHash {
  const digits = text(place);
  return /^[0-9a-f]{64}$/.test(digits) ? BlobHash.from(digits) : refuse(place, 'a SHA-256');
}

function importOptions(place: Place): ImportOptions {
  const format = oneOf(field(place, 'format'), fileFormats);
  switch (format) {
    case 'csv':
      return {
        format,
        delimiter: nullable(field(place, 'delimiter'), delimiter),
        encoding: nullable(field(place, 'encoding'), text),
        ...headerRules(place),
        decimalMark: nullable(field(place, 'decimalMark'), (mark) => oneOf(mark, decimalMarks)),
        thousandsMark: nullable(field(place, 'thousandsMark'), (mark) => oneOf(mark, thousandsMarks)),
        ...valueRules(place),
      };
    case 'json':
    case 'json-lines':
      return { format, ...valueRules(place) };
    case 'excel':
      return {
        format,
        sheet: nullable(field(place, 'sheet'), text),
        ...headerRules(place),
        ...valueRules(place),
      };
    case 'parquet':
    case 'arrow':
      return { format };
  }
}

/** What is said of values and columns. */
export function valueRules(place: Place): ValueRules {
  return {
    columns: list(field(place, 'columns'), columnChoice),
    misfitWay: oneOf(field(place, 'misfitWay'), misfitWays),
    missingMarks: list(field(place, 'missingMarks'), text),
  };
}

function headerRules(place: Place): HeaderRules {
  return {
    firstRow: nullable(field(place, 'firstRow'), count),
    hasHeader: nullable(field(place, 'hasHeader'), truth),
  };
}

function importReport(place: Place): ImportReport {
  return {
    count: count(field(place, 'count')),
    report: blob(field(place, 'report')),
    reportHash: hash(field(place, 'reportHash')),
  };
}

function columnChoice(place: Place): ColumnChoice {
  return {
    name: text(field(place, 'name')),
    type: oneOf(field(place, 'type'), readTypes),
    dayOrder: nullable(field(place, 'dayOrder'), (order) => oneOf(order, dayOrders)),
  };
}

/** How numbers are written. */
export function numberStyle(place: Place): NumberStyle {
  return {
    decimalMark: oneOf(field(place, 'decimalMark'), decimalMarks),
    thousandsMark: oneOf(field(place, 'thousandsMark'), thousandsMarks),
  };
}

function importPreview(place: Place): ImportPreview {
  return {
    options: importOptions(field(place, 'options')),
    found: foundSetting(field(place, 'found')),
    columns: list(field(place, 'columns'), previewColumn),
    rows: list(field(place, 'rows'), (row) => list(row, (cell) => nullable(cell, text))),
    rowCount: count(field(place, 'rowCount')),
    isCounted: truth(field(place, 'isCounted')),
    tableBytes: count(field(place, 'tableBytes')),
    rejectedCount: count(field(place, 'rejectedCount')),
    emptiedCount: count(field(place, 'emptiedCount')),
    problems: list(field(place, 'problems'), text),
  };
}

function foundSetting(place: Place): FoundSetting {
  return {
    delimiter: nullable(field(place, 'delimiter'), text),
    encoding: nullable(field(place, 'encoding'), text),
    ...headerRules(place),
    numbers: nullable(field(place, 'numbers'), numberStyle),
    missingMarks: list(field(place, 'missingMarks'), text),
    sheets: list(field(place, 'sheets'), text),
    sheet: nullable(field(place, 'sheet'), text),
  };
}

function previewColumn(place: Place): PreviewColumn {
  return {
    name: text(field(place, 'name')),
    type: oneOf(field(place, 'type'), [...columnTypes, 'nested'] as const),
    timeZone: nullable(field(place, 'timeZone'), text),
  };
}
