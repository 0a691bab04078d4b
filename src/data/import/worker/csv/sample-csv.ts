import type { ImportOptions, NumberStyle, ValueRules } from '../../../../model/import-options.ts';
import { detectEncoding, isBinary } from '../detect-encoding.ts';
import { readBytes, Recoder } from '../read-file.ts';
import { detectNumbers, findBestStyle, isPlain, mayBeGrouped, plainNumbers } from '../values/number-style.ts';
import { choosePlan, findKind, inferPlan, kinds, type ColumnPlan } from '../values/value-kinds.ts';
import { createMarkTest, listMarks, MarkSearch } from '../values/missing-marks.ts';
import { detectDelimiter, detectHeader, findMode, nameColumns } from './detect-dialect.ts';
import { parseRows, parseSomeRows } from './parse-rows.ts';
import { PieceCutter, type CsvPiece, type LoneQuote } from './PieceCutter.ts';
import { countLines, countRowsAbove, describeRowsAbove, findLineStart } from './rows-above.ts';

/** What is said and what was found out of how a CSV file is written. */
export interface CsvSample extends Pick<ValueRules, 'misfitWay' | 'missingMarks'> {
  readonly delimiter: string;
  readonly encoding: string;
  /** Bytes at the start that are not read: a byte order mark, a line that says what parts the fields, rows above the table. */
  readonly markLength: number;
  /** So many rows of the file are in them. */
  readonly rowsBefore: number;
  /** The rows above the table among them. */
  readonly above: readonly (readonly string[])[];
  readonly hasHeader: boolean;
  readonly plans: readonly ColumnPlan[];
  /** How numbers are written. */
  readonly numbers: NumberStyle;
  /** Texts that may stand for missing values, beside those that were said to. */
  readonly foundMarks: readonly string[];
  /** What is to be said of names of columns, in sentences. */
  readonly notes: readonly string[];
  /** The first rows of the file, whole, the header among them. */
  readonly head: readonly (CsvPiece | LoneQuote)[];
  /** The rows of it, without the header and marks of missing values, and others from places behind it. */
  readonly rows: readonly (readonly string[])[];
  /** So many of them are of the head. */
  readonly headRowCount: number;
  /** None of the head was skipped, so that their places are those in the file. */
  readonly arePlacesKnown: boolean;
  /** Bytes of the file that they take, about. */
  readonly headSize: number;
  /** The head is the whole file. */
  readonly isWhole: boolean;
}

/** Bytes of the file that are looked at from its start; more where no row ends in them. */
const firstHead = 512_000;
const longestHead = 150_000_000;
const spreadCount = 12;
const spreadSize = 64_000;

/** Looks at the start of a file and at places spread over it. Rejects with a sentence where it is no text. */
export async function sampleCsv(
  file: Blob,
  fileName: string,
  options: Extract<ImportOptions, { format: 'csv' }>,
): Promise<CsvSample> {
  const start = await readBytes(file, 0, firstHead);
  const spread = await readSpread(file);
  const found = detectEncoding([start, ...spread]);
  const encoding = options.encoding ?? found.encoding;
  if (isBinary(start) && !encoding.startsWith('utf-16')) {
    throw new Error('it is no text: most likely a program or a picture. Choose a file with a table');
  }
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(start);
  const said = readDelimiterLine(text);
  const delimiter = options.delimiter ?? said?.delimiter ?? detectDelimiter(text, fileName);
  const hasMark = options.encoding === null || options.encoding === found.encoding;
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  const saidLength = (hasMark ? found.markLength : 0) + (said?.length ?? 0) * unit;
  const above = findRowsAbove(
    text.slice(said?.length ?? 0),
    delimiter,
    options.firstRow,
    said === null ? 0 : 1,
  );
  const markLength = findLineStart(start, saidLength, { lineCount: countLines(above), encoding });
  const rowsBefore = above.length + (said === null ? 0 : 1);
  const { head, headSize } = await readHead(file, start, { delimiter, encoding, markLength });
  const rows = head.flatMap((part) =>
    part.type === 'piece' ? parseRows(new TextDecoder().decode(part.bytes), delimiter).rows : [],
  );
  const shown = rows.filter((row) => row.length > 1 || row[0] !== '');
  if (shown.length === 0) throw new Error(describeNothing(options.firstRow ?? 1));
  const hasHeader = options.hasHeader ?? detectHeader(shown);
  const header = hasHeader ? (shown[0] ?? null) : null;
  const data = hasHeader ? shown.slice(1) : shown;
  const columnCount = countColumns(header, data);
  const further = spread.flatMap((bytes) => parseSpread(bytes, decoder, delimiter, columnCount));
  const { names, notes } = nameColumns(header, columnCount);
  const isMarked = createMarkTest(options.missingMarks);
  const empty = (row: readonly string[]): readonly string[] =>
    isMarked ? row.map((cell) => (isMarked(cell) ? '' : cell)) : row;
  const sampled = [...data, ...further].map(empty);
  const columns = names.map((_, column) => sampled.map((row) => (row[column] ?? '').trim()));
  const numbers = detectNumbers(columns, delimiter, options);
  return {
    delimiter,
    encoding,
    markLength,
    rowsBefore,
    above,
    hasHeader,
    plans: names.map((name, column) => planColumn(name, columns[column] ?? [], numbers, options)),
    numbers,
    foundMarks: listMarks(columns.map((values) => searchMarks(values, numbers))),
    notes: [...describeRowsAbove(above), ...notes],
    head,
    rows: sampled,
    headRowCount: data.length,
    arePlacesKnown: shown.length === rows.length && head.every(({ type }) => type === 'piece'),
    headSize,
    isWhole: headSize === file.size,
    misfitWay: options.misfitWay,
    missingMarks: options.missingMarks,
  };
}

/** The line "sep=;" by which Excel is told what parts the fields, without a byte order mark; null where there is no such line. */
function readDelimiterLine(text: string): { readonly delimiter: string; readonly length: number } | null {
  const [line, delimiter] = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n)/i.exec(text) ?? [];
  return line === undefined || delimiter === undefined ? null : { delimiter, length: line.length };
}

/** So many rows of the start of a file tell where its table begins. */
const rowsLookedAt = 200;
const charactersLookedAt = 200_000;

/** The rows above the one that is read first: as was said, `rowsBefore` of the file aside, else as they look. */
function findRowsAbove(
  text: string,
  delimiter: string,
  firstRow: number | null,
  rowsBefore: number,
): readonly (readonly string[])[] {
  const start = firstRow === null ? text.slice(0, charactersLookedAt) : text;
  const wanted = firstRow === null ? rowsLookedAt : firstRow - 1 - rowsBefore;
  // Of 0 rows, all would be parsed.
  if (wanted <= 0) return [];
  const lines = start.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const rows = parseSomeRows(lines, delimiter, wanted);
  return firstRow === null ? rows.slice(0, countRowsAbove(rows)) : rows;
}

function describeNothing(firstRow: number): string {
  return firstRow <= 1
    ? 'it is empty: there is not even a line that names columns. Choose another file'
    : `it has no row ${String(firstRow)}, which is to be read first. Say another one`;
}

function searchMarks(values: readonly string[], numbers: NumberStyle): MarkSearch {
  const search = new MarkSearch();
  for (const value of values) search.add(value, findKind(value, numbers));
  return search;
}

/** As many as the header names, more where most rows have more; without a header, as most rows have. */
function countColumns(header: readonly string[] | null, data: readonly (readonly string[])[]): number {
  const { fieldCount, share } = findMode(data.map((row) => row.length));
  if (header === null) return fieldCount;
  return share > 0.5 ? Math.max(header.length, fieldCount) : header.length;
}

/** Pieces of the file behind its start; of two bytes a character, they begin with a whole one. */
async function readSpread(file: Blob): Promise<Uint8Array<ArrayBuffer>[]> {
  if (file.size <= firstHead + spreadCount * spreadSize) {
    return file.size > firstHead ? [await readBytes(file, firstHead)] : [];
  }
  const step = (file.size - firstHead - spreadSize) / (spreadCount - 1);
  const starts = Array.from(
    { length: spreadCount },
    (_, index) => firstHead + (Math.floor(step * index) & ~1),
  );
  return await Promise.all(starts.map((start) => readBytes(file, start, start + spreadSize)));
}

/** The whole rows at the start of a file. */
async function readHead(
  file: Blob,
  start: Uint8Array<ArrayBuffer>,
  { delimiter, encoding, markLength }: Pick<CsvSample, 'delimiter' | 'encoding' | 'markLength'>,
): Promise<Pick<CsvSample, 'head' | 'headSize'>> {
  let bytes = start;
  for (;;) {
    const isWhole = bytes.length >= file.size;
    const cutter = new PieceCutter(delimiter);
    const recoder = new Recoder(encoding, markLength);
    const cut = cutter.cut(recoder.recode(bytes, isWhole), isWhole);
    const head = [...cut, ...(isWhole ? [] : cutter.giveRows())];
    if (isWhole) return { head, headSize: file.size };
    if (head.some(({ type }) => type === 'piece')) {
      const size = head.reduce((sum, part) => sum + part.bytes.length, 0);
      return { head, headSize: Math.round((bytes.length * size) / (size + cutter.restSize)) };
    }
    if (bytes.length > longestHead) return { head: [], headSize: bytes.length };
    bytes = await readBytes(file, 0, bytes.length * 8);
  }
}

/** The rows of a piece from the midst of a file; none where it does not seem to begin outside of quotes. */
function parseSpread(
  bytes: Uint8Array,
  decoder: TextDecoder,
  delimiter: string,
  columnCount: number,
): string[][] {
  const text = decoder.decode(bytes).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const start = text.indexOf('\n') + 1;
  const end = text.lastIndexOf('\n');
  if (start === 0 || end <= start) return [];
  const { rows } = parseRows(text.slice(start, end), delimiter);
  const fitting = rows.filter((row) => row.length === columnCount);
  return fitting.length >= rows.length * 0.8 ? fitting : [];
}

/** How a column is read: as was said, else by what occurs in it. */
function planColumn(
  name: string,
  values: readonly string[],
  numbers: NumberStyle,
  { columns, decimalMark, thousandsMark }: Extract<ImportOptions, { format: 'csv' }>,
): ColumnPlan {
  const isSaid = decimalMark !== null || thousandsMark !== null;
  const choice = columns.find((each) => each.name === name);
  if (choice) {
    const style = isSaid ? numbers : findBestStyle(values, numbers);
    return choosePlan(choice, findKinds(values, style), style);
  }
  const plan = inferPlan(name, findKinds(values, numbers), numbers);
  if (plan.type !== 'string' || isSaid || isPlain(numbers)) return plan;
  // Beside numbers with a comma there may be some that have a point before decimals, and cannot have it otherwise.
  const plain = inferPlan(name, findKinds(values, plainNumbers), plainNumbers);
  return plain.type === 'float64' && !values.some(mayBeGrouped) ? plain : plan;
}

function findKinds(values: readonly string[], numbers: NumberStyle): number {
  let found: number = kinds.none;
  for (const value of values) found |= findKind(value, numbers);
  return found;
}
