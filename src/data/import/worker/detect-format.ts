import { createImportOptions, type ImportOptions } from '../../../model/import-options.ts';
import { detectEncoding, isBinary } from './detect-encoding.ts';
import { readBytes } from './read-file.ts';

/** What files begin with that hold no table as they are, and what to do with them. */
const others: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'it is packed with gzip. Unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'it is a PDF. Export its table as CSV'],
  [[0x89, 0x50, 0x4e, 0x47], 'it is a picture, and no table'],
  [[0xff, 0xd8, 0xff], 'it is a picture, and no table'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is packed with zstd. Unpack it first'],
  [[0x42, 0x5a, 0x68], 'it is packed with bzip2. Unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'it is packed with xz. Unpack it first'],
  [[0x89, 0x48, 0x44, 0x46], 'it is an HDF5 file. Export a table of it as CSV or Parquet'],
  [[0x46, 0x45, 0x41, 0x31], 'it is a Feather file of the first version. Save it as Parquet'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'it is a SQLite database. Export a table of it as CSV'],
];

/** What begins a text that holds no table as it is. */
const otherTexts: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/is,
    'it is a web page, and no table. Its address may be of a page about the file, or ask to sign in: download the file itself',
  ],
  [/^\s*<\?xml\s/, 'it is XML, and no table. Export it as CSV'],
];

const headSize = 64_000;

/** What a file is, by its content first and its name second. Rejects with a sentence where it is nothing with a table. */
export async function detectFormat(file: File): Promise<ImportOptions> {
  const head = await readBytes(file, 0, headSize);
  const isStart = (start: readonly number[]): boolean => start.every((byte, index) => head[index] === byte);
  if (isStart([0x50, 0x41, 0x52, 0x31])) return createImportOptions('parquet');
  if (isStart([0x41, 0x52, 0x52, 0x4f, 0x57, 0x31])) return createImportOptions('arrow');
  if (isStart([0xff, 0xff, 0xff, 0xff]) && head.length > 8) return createImportOptions('arrow');
  if (isStart([0x50, 0x4b, 0x03, 0x04])) {
    if (/\.xls[xm]$/i.test(file.name)) return createImportOptions('excel');
    throw new Error('it is a zip, and no Excel workbook. Unpack it first');
  }
  if (isStart([0xd0, 0xcf, 0x11, 0xe0])) {
    // Office keeps both in the same container.
    throw new Error(
      /\.xls[xm]$/i.test(file.name)
        ? 'it is protected by a password. Save it without one'
        : 'it is a workbook in the format of before 2007. Save it as .xlsx',
    );
  }
  const other = others.find(([start]) => isStart(start));
  if (other) throw new Error(other[1]);
  const isWide = isStart([0xff, 0xfe]) || isStart([0xfe, 0xff]);
  if (!isWide && isBinary(head) && !head.includes(0)) {
    throw new Error('it is no text, and no file with a table that is known here. Export it as CSV');
  }
  const text = new TextDecoder(detectEncoding([head]).encoding).decode(head);
  const otherText = otherTexts.find(([start]) => start.test(text));
  if (otherText) throw new Error(otherText[1]);
  return createImportOptions(findTextFormat(text, file.name, head.length === file.size));
}

function findTextFormat(text: string, name: string, isWhole: boolean): 'csv' | 'json' | 'json-lines' {
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'json-lines';
  const isJson = /^\s*[[{]/.test(text) && (/\.json$/i.test(name) || !/\.(csv|tsv|tab|txt)$/i.test(name));
  if (!isJson && !/\.json$/i.test(name)) return 'csv';
  const lines = text.trimStart().split(/\r?\n/);
  const [first = '', second = ''] = lines;
  const isLine = (line: string): boolean => {
    try {
      return typeof JSON.parse(line) === 'object';
    } catch {
      return false;
    }
  };
  return isLine(first) && second.trim() !== '' && (isLine(second) || !isWhole) ? 'json-lines' : 'json';
}
