import Papa from 'papaparse';

/** Rows of CSV, and which of them are not quoted as they should be. */
export interface ParsedRows {
  readonly rows: string[][];
  readonly malformed: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();

/** Parses whole rows whose ends are line feeds, but within quotes. */
export function parseRows(text: string, delimiter: string): ParsedRows {
  // Without it, papaparse takes no blanks between the last quote and the end.
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const { data, errors } = createParser(delimiter).parse(whole, 0, false);
  // What follows the last line end is no row.
  data.pop();
  return { rows: data, malformed: errors.length === 0 ? none : new Set(errors.map(({ row }) => row ?? -1)) };
}

/** The first rows of a text, of which the last may be cut. */
export function parseSomeRows(text: string, delimiter: string, count: number): string[][] {
  return createParser(delimiter, count).parse(text, 0, false).data;
}

/** What papaparse returns, which its types leave open. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly row?: number | undefined }[];
}

interface RowParser {
  parse(text: string, baseIndex: number, ignoresLastRow: boolean): Parsed;
}

function createParser(delimiter: string, preview = 0): RowParser {
  // The core alone: what stands around it in `Papa.parse` goes over all rows once more.
  return new Papa.Parser({ delimiter, newline: '\n', preview });
}

/** A row as a line of CSV. */
export function writeRow(row: readonly string[], delimiter: string): string {
  return Papa.unparse([[...row]], { delimiter });
}
