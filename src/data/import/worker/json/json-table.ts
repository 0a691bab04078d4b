import { readBytes } from '../read-file.ts';
import type { ValueSource } from '../values/load-values.ts';
import { parseExactJson } from '../values/plain-values.ts';
import { RowColumns } from './RowColumns.ts';

/** A JSON text is parsed as a whole, which takes several times as much memory. */
const longestText = 256_000_000;

const wanted =
  'A table is an array of objects, an object of arrays of one length, or an object that holds one of these under a key';

/**
 * The table in a JSON text: an array of objects or arrays, an object of columns, or one of these under a key. Rejects with
 * a sentence that says what the text is instead.
 */
export async function readJsonTable(file: Blob): Promise<ValueSource> {
  if (file.size > longestText) {
    throw new Error(
      'JSON of more than 256 MB is not read, as it has to be in memory as a whole. Save it as JSON Lines, an object a line',
    );
  }
  const value = parse(new TextDecoder().decode(await readBytes(file)));
  const columns = new RowColumns();
  const rows = findRows(value, 0);
  if (!rows) throw new Error(`it is JSON, but no table: ${describe(value)}. ${wanted}`);
  const placed = rows.map((row) => columns.place(row) ?? columns.place([row]) ?? []);
  return {
    names: columns.names,
    async *read() {
      yield await Promise.resolve({ rows: placed, rejected: [], readBytes: file.size });
    },
  };
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    throw new Error(
      `it is no JSON: ${error instanceof Error ? error.message : String(error)}. Correct it, or choose another file`,
      {
        cause: error,
      },
    );
  }
}

/** The rows of a table; null where there is none. */
function findRows(value: unknown, depth: number): readonly unknown[] | null {
  if (Array.isArray(value)) {
    const rows: readonly unknown[] = value;
    return depth === 0 || rows.some((row) => typeof row === 'object' && row !== null) ? rows : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries: (readonly [string, unknown])[] = Object.entries(value);
  const columns = readColumns(entries);
  if (columns) return columns;
  if (depth >= 2) return null;
  for (const [, inner] of entries) {
    const found = findRows(inner, depth + 1);
    if (found) return found;
  }
  return null;
}

/** The rows of `{"a": [1, 2], "b": [3, 4]}` and of `{"a": {"0": 1}, "b": {"0": 3}}`, as pandas writes a frame. */
function readColumns(entries: readonly (readonly [string, unknown])[]): readonly unknown[] | null {
  const lists = entries.map(([name, column]) => [name, listCells(column)] as const);
  const [, first] = lists[0] ?? [];
  if (!first) return null;
  const keys = first.map(([key]) => key);
  const isTable = lists.every(
    ([, cells]) =>
      cells?.length === keys.length &&
      cells.every(
        ([key, value], index) => key === keys[index] && (typeof value !== 'object' || value === null),
      ),
  );
  if (!isTable || keys.length === 0) return null;
  return keys.map((_, index) =>
    Object.fromEntries(lists.map(([name, cells]) => [name, cells?.[index]?.[1]])),
  );
}

/** The cells of a column by their keys; null for what is no column. */
function listCells(column: unknown): readonly (readonly [string, unknown])[] | null {
  return typeof column === 'object' && column !== null ? Object.entries(column) : null;
}

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return `a single ${value === null ? 'null' : typeof value}`;
  const keys = Object.keys(value);
  const shown = keys.slice(0, 3).map((key) => `“${key.slice(0, 40)}”`);
  return keys.length === 0
    ? 'an object without keys'
    : `an object with ${shown.join(', ')}${keys.length > 3 ? ' and more' : ''}`;
}
