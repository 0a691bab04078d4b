import { readBytes } from '../read-file.ts';
import { detectEncoding } from '../detect-encoding.ts';
import type { ValueSource } from '../values/load-values.ts';
import { parseExactJson } from '../values/plain-values.ts';
import { RowColumns } from './RowColumns.ts';

/** A JSON text is parsed as a whole, which takes several times as much memory. */
const longestText = 256_000_000;

const wanted =
  'A table is an array of objects, an object of arrays of one length, or an object that holds one of these under a key';

/** Rows, and where in the text they are. */
interface FoundRows {
  readonly rows: readonly unknown[];
  /** The keys that lead to them. */
  readonly path: readonly string[];
}

/**
 * The table in a JSON text: an array of objects or arrays, an object of columns, or one of these under a key. Rejects with
 * a sentence that says what the text is instead.
 */
export async function readJsonTable(
  file: Blob,
): Promise<ValueSource & { readonly notes: readonly string[] }> {
  if (file.size > longestText) {
    throw new Error(
      'JSON of more than 256 MB is not read, as it has to be in memory as a whole. Save it as JSON Lines, an object a line',
    );
  }
  const bytes = await readBytes(file);
  const text = new TextDecoder(detectEncoding([bytes]).encoding).decode(bytes);
  if (text.trim() === '') throw new Error('it is empty. Choose another file');
  const value = parse(text);
  const columns = new RowColumns();
  const found = readSplit(value) ?? findRows(value, []);
  if (!found) throw new Error(`it is JSON, but no table: ${describe(value)}. ${wanted}`);
  const { rows, path } = found;
  const placed = rows.map((row) => columns.place(row) ?? columns.place([row]) ?? []);
  return {
    names: columns.names,
    rowsBefore: 0,
    notes:
      path.length === 0
        ? []
        : [`The rows are those under “${path.join('.')}”. What else is in the file is left out.`],
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

/** The rows of `{"columns": ["a", "b"], "data": [[1, 3], [2, 4]]}`, as pandas splits a frame. */
function readSplit(value: unknown): FoundRows | null {
  if (typeof value !== 'object' || value === null || !('columns' in value) || !('data' in value)) return null;
  const { columns, data } = value;
  if (!Array.isArray(columns) || !Array.isArray(data)) return null;
  const names: readonly unknown[] = columns;
  const rows: readonly unknown[] = data;
  if (!names.every((name) => typeof name === 'string' || typeof name === 'number')) return null;
  if (new Set(names.map(String)).size !== names.length) return null;
  const isSplit = rows.every((row) => Array.isArray(row) && row.length === names.length);
  if (!isSplit) return null;
  const keyed = rows.map((row) =>
    Object.fromEntries(Array.isArray(row) ? names.map((name, index) => [String(name), row[index]]) : []),
  );
  return { rows: keyed, path: [] };
}

/** The rows of a table, of several under keys beside each other those of the longest; null where there are none. */
function findRows(value: unknown, path: readonly string[]): FoundRows | null {
  if (Array.isArray(value)) {
    const rows: readonly unknown[] = value;
    const isTable = path.length === 0 || rows.some((row) => typeof row === 'object' && row !== null);
    return isTable ? { rows, path } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries: (readonly [string, unknown])[] = Object.entries(value);
  const columns = readColumns(entries);
  if (columns) return { rows: columns, path };
  if (path.length >= 2) return null;
  const found = entries.flatMap(([key, inner]) => findRows(inner, [...path, key]) ?? []);
  const nearest = Math.min(...found.map((each) => each.path.length));
  return found
    .filter((each) => each.path.length === nearest)
    .reduce<FoundRows | null>(
      (longest, each) => (longest && longest.rows.length >= each.rows.length ? longest : each),
      null,
    );
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
