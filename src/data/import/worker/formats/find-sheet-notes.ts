import { unzipSync } from 'fflate';
import { readBytes } from '../read-file.ts';

const cellWithError = /<(?:\w+:)?c\s[^>]*?\bt=["']e["'][^>]*>/g;

/** Characters behind the start of a cell in which its value is looked for. */
const longestCell = 10_000;

/**
 * What is to be said of cells of a sheet, by its place among the sheets, in sentences: what reads workbooks passes over errors
 * and over what is merged. `firstRow` is where the table begins. None where the workbook does not say where the sheet is.
 */
export async function findSheetNotes(file: Blob, sheetIndex: number, firstRow: number): Promise<string[]> {
  const xml = await readSheet(file, sheetIndex);
  return [describeErrors(xml), describeMerged(xml, firstRow)].filter((note) => note !== null);
}

async function readSheet(file: Blob, sheetIndex: number): Promise<string> {
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
  if (id === undefined || !target) return '';
  return unpack(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
}

function readAttribute(tag: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`).exec(tag)?.[1] ?? null;
}

function describeErrors(xml: string): string | null {
  const tags = [...xml.matchAll(cellWithError)];
  const [first] = tags;
  if (!first) return null;
  const place = readAttribute(first[0], 'r') ?? '';
  const error = /<(?:\w+:)?v>([^<]*)</.exec(xml.slice(first.index, first.index + longestCell))?.[1] ?? '';
  return tags.length === 1
    ? `A cell holds an error (${error} in ${place}): it is a missing value.`
    : `${String(tags.length)} cells hold errors (the first ${error} in ${place}): they are missing values.`;
}

/** Titles above the table are mostly merged, and no part of it. */
function describeMerged(xml: string, firstRow: number): string | null {
  const ranges = [...xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*>/g)]
    .map(([tag]) => readAttribute(tag, 'ref') ?? '')
    .filter((range) => Number(/:[A-Z]+(\d+)$/.exec(range)?.[1] ?? 0) >= firstRow);
  const [first] = ranges;
  if (first === undefined) return null;
  return ranges.length === 1
    ? `The cells ${first} are merged: the first of them has their value, the others are missing values.`
    : `${String(ranges.length)} ranges of cells are merged (the first ${first}): the first cell of each has their value, the others are missing values.`;
}
