import { unzipSync } from 'fflate';
import { readBytes } from '../read-file.ts';

/** Cells of a sheet whose formulas came to an error. */
export interface CellErrors {
  readonly count: number;
  /** The first of them, as "B2", and its error, as "#DIV/0!". */
  readonly place: string;
  readonly error: string;
}

const cellWithError = /<(?:\w+:)?c\s[^>]*?\bt=["']e["'][^>]*>/g;

/** Characters behind the start of a cell in which its value is looked for. */
const longestCell = 10_000;

/**
 * The errors in a sheet of a workbook, by its place among the sheets: what reads workbooks passes over them. Null where
 * there are none, or where the workbook does not say where the sheet is.
 */
export async function findCellErrors(file: Blob, sheetIndex: number): Promise<CellErrors | null> {
  const bytes = await readBytes(file);
  const unpack = (name: string): string => {
    const unpacked = unzipSync(bytes, { filter: (entry) => entry.name === name })[name];
    return unpacked ? new TextDecoder().decode(unpacked) : '';
  };
  const sheets = [...unpack('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)];
  const id = /\s\w+:id=["']([^"']+)["']/.exec(sheets[sheetIndex]?.[0] ?? '')?.[1];
  const relations = unpack('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g);
  const relation = [...relations].map(([tag]) => tag).find((tag) => readAttribute(tag, 'Id') === id);
  const target = relation && readAttribute(relation, 'Target');
  if (id === undefined || !target) return null;
  const xml = unpack(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  let first: CellErrors | null = null;
  let count = 0;
  for (const { 0: tag, index } of xml.matchAll(cellWithError)) {
    count += 1;
    first ??= {
      count,
      place: readAttribute(tag, 'r') ?? '',
      error: /<(?:\w+:)?v>([^<]*)</.exec(xml.slice(index, index + longestCell))?.[1] ?? '',
    };
  }
  return first && { ...first, count };
}

function readAttribute(tag: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`).exec(tag)?.[1] ?? null;
}

/** What is said of errors in cells, as a sentence. */
export function describeCellErrors({ count, place, error }: CellErrors): string {
  return count === 1
    ? `A cell holds an error (${error} in ${place}): it is a missing value.`
    : `${String(count)} cells hold errors (the first ${error} in ${place}): they are missing values.`;
}
