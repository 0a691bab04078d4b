import type { ColumnType } from '../../model/dataset.ts';
import {
  dayOrders,
  readTypes,
  type ColumnChoice,
  type DayOrder,
  type DecimalMark,
  type FileFormat,
  type ImportOptions,
  type MisfitWay,
  type ReadType,
  type ThousandsMark,
} from '../../model/import-options.ts';
import type { ImportPreview } from '../../model/import-preview.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';

export const formatNames: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV or TSV',
  json: 'JSON',
  'json-lines': 'JSON Lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  excel: 'Excel',
};

/** Names of files that are offered where one is picked. */
export const acceptedFiles =
  '.csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,.parquet,.pq,.arrow,.feather,.ipc,.arrows,.xlsx,.xlsm';

/** Whether a name says that a file may hold a table. Those that begin with a point are what systems keep for themselves. */
export function mayHoldTable(name: string): boolean {
  if (name.startsWith('.')) return false;
  return acceptedFiles.split(',').some((ending) => name.toLowerCase().endsWith(ending));
}

export const misfitWayNames: Readonly<Record<MisfitWay, string>> = {
  'leave-value-empty': 'Leave the value empty',
  'leave-row-out': 'Leave the row out',
};

export const typeNames: Readonly<Record<ReadType, string>> = {
  string: 'Text',
  int64: 'Whole number',
  float64: 'Decimal number',
  bool: 'True or false',
  date: 'Date',
  datetime: 'Date and time',
};

const otherTypeNames: Readonly<Record<Exclude<ColumnType, ReadType>, string>> = {
  null: 'Nothing',
  uint64: 'Whole number',
  integer: 'Long whole number',
  mixed: 'Mixed',
};

/** What a column holds, in words. */
export function nameType(type: ColumnType | 'nested'): string {
  if (type === 'nested') return 'Nested';
  return type in typeNames
    ? (Object.entries(typeNames).find(([key]) => key === type)?.[1] ?? type)
    : (Object.entries(otherTypeNames).find(([key]) => key === type)?.[1] ?? type);
}

/** What may part fields, and how it is called. */
export const delimiterNames: readonly (readonly [string, string])[] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Bar'],
  [' ', 'Space'],
  ['^', 'Caret'],
  ['\u001f', 'Unit separator'],
];

export function nameDelimiter(delimiter: string): string {
  return delimiterNames.find(([character]) => character === delimiter)?.[1] ?? `“${delimiter}”`;
}

/** Encodings that tables come in, by labels of the Encoding Standard. */
export const encodingNames: readonly (readonly [string, string])[] = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Western (Windows-1252)'],
  ['utf-16le', 'UTF-16, little-endian'],
  ['utf-16be', 'UTF-16, big-endian'],
  ['iso-8859-2', 'Central European (ISO 8859-2)'],
  ['windows-1250', 'Central European (Windows-1250)'],
  ['iso-8859-15', 'Western (ISO 8859-15)'],
  ['macintosh', 'Western (Mac)'],
  ['windows-1251', 'Cyrillic (Windows-1251)'],
  ['koi8-r', 'Cyrillic (KOI8-R)'],
  ['windows-1253', 'Greek (Windows-1253)'],
  ['windows-1254', 'Turkish (Windows-1254)'],
  ['windows-1255', 'Hebrew (Windows-1255)'],
  ['windows-1256', 'Arabic (Windows-1256)'],
  ['shift_jis', 'Japanese (Shift JIS)'],
  ['euc-jp', 'Japanese (EUC-JP)'],
  ['gb18030', 'Chinese (GB 18030)'],
  ['big5', 'Chinese (Big5)'],
  ['euc-kr', 'Korean (EUC-KR)'],
];

export function nameEncoding(encoding: string): string {
  return encodingNames.find(([label]) => label === encoding)?.[1] ?? encoding;
}

/** How large the table of a file will be: "About 1,200,000 rows, 12 columns, 85.0 MB". */
export function describeSize({ rowCount, isCounted, columns, tableBytes }: ImportPreview): string {
  const rows = `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
  const width = `${formatCount(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`;
  return `${isCounted ? '' : 'About '}${rows}, ${width}, ${formatBytes(tableBytes)} as a table`;
}

/** Tables that pandas has no room for in Python's memory, of 4 GB at most. */
const mostForPython = 1_000_000_000;

/** Whether a table fits into what the browser gives, and what is said of it. `room` is null where it does not tell. */
export function describeFit(neededBytes: number, room: number | null): { text: string; isTooLarge: boolean } {
  if (room !== null && neededBytes > room) {
    return {
      text: `It needs about ${formatBytes(neededBytes)}, and this browser has room for ${formatBytes(room)}. Delete notebooks that are not needed, or import fewer rows.`,
      isTooLarge: true,
    };
  }
  return {
    text:
      neededBytes > mostForPython
        ? 'It can be looked at, sorted and charted here. Python has too little memory to take it as a whole.'
        : '',
    isTooLarge: false,
  };
}

/** What a column may be read as, and how that is called. */
export interface OfferedType {
  readonly key: string;
  readonly name: string;
  readonly type: ReadType;
  readonly dayOrder: DayOrder | null;
}

const orderNames: Readonly<Record<DayOrder, string>> = {
  'day-first': 'day first (24.12.)',
  'month-first': 'month first (12/24)',
};

/** What a column of text may be read as; dates with the year last in either order. */
export const offeredTypes: readonly OfferedType[] = readTypes.flatMap((type) => {
  const plain = { key: keyOfChoice({ type, dayOrder: null }), name: typeNames[type], type, dayOrder: null };
  if (type !== 'date' && type !== 'datetime') return [plain];
  const ordered = dayOrders.map((dayOrder) => ({
    key: keyOfChoice({ type, dayOrder }),
    name: `${typeNames[type]}, ${orderNames[dayOrder]}`,
    type,
    dayOrder,
  }));
  return [plain, ...ordered];
});

/** What tells choices of a type apart. */
export function keyOfChoice({ type, dayOrder }: Pick<ColumnChoice, 'type' | 'dayOrder'>): string {
  return dayOrder === null ? type : `${type} ${dayOrder}`;
}

/** How the choice for a column is called. */
export function nameChoice(choice: Pick<ColumnChoice, 'type' | 'dayOrder'>): string {
  const key = keyOfChoice(choice);
  return offeredTypes.find((offered) => offered.key === key)?.name ?? typeNames[choice.type];
}

/** The same options with another choice for a column; null where it is to be found out. */
export function chooseType(options: ImportOptions, name: string, offered: OfferedType | null): ImportOptions {
  if (!('columns' in options)) return options;
  const others = options.columns.filter((column) => column.name !== name);
  if (offered === null) return { ...options, columns: others };
  const { type, dayOrder } = offered;
  return { ...options, columns: [...others, { name, type, dayOrder }] };
}

/** Marks before decimals. */
export const decimalNames: readonly (readonly [DecimalMark, string])[] = [
  ['.', 'Point: 0.5'],
  [',', 'Comma: 0,5'],
];

/** Marks between groups of three digits. */
export const thousandsNames: readonly (readonly [ThousandsMark, string])[] = [
  ['', 'None: 1000'],
  ['.', 'Point: 1.000'],
  [',', 'Comma: 1,000'],
  ["'", 'Apostrophe: 1’000'],
  [' ', 'Space: 1 000'],
];

/** What marks of numbers were found to be, by name alone: "Comma". */
export function nameMark(names: readonly (readonly [string, string])[], mark: string | undefined): string {
  return names.find(([character]) => character === mark)?.[1].replace(/:.*/, '') ?? '';
}

/** The same options with another mark before decimals; thousands cannot have the same one. */
export function chooseDecimalMark(
  options: Extract<ImportOptions, { format: 'csv' }>,
  decimalMark: DecimalMark | null,
): ImportOptions {
  const thousandsMark = options.thousandsMark === decimalMark ? null : options.thousandsMark;
  return { ...options, decimalMark, thousandsMark };
}

/** Why a file is better not imported as it is read now; null where nothing speaks against it. */
export function describeEmptiness(
  { rowCount, rejectedCount }: ImportPreview,
  replaced: string | null,
): { readonly text: string; readonly isRefused: boolean } | null {
  if (rowCount > 0) return null;
  if (rejectedCount > 0) {
    return {
      text: 'No row fits how the file is read. Change that above; there is nothing to import.',
      isRefused: true,
    };
  }
  const loss = replaced === null ? '' : ` It would take the place of the rows of “${replaced}”.`;
  return { text: `The file has names of columns and no rows.${loss}`, isRefused: false };
}
