import type { ColumnSummary } from './dataset.ts';
import { inferScale } from './infer-scale.ts';
import type { ManualType, Representation } from './manual-types.ts';

/** What is wrong with each row of "Manual TI"; null where nothing is. Of rows of one column the first is right. */
export function findRowProblems(rows: readonly ManualType[]): (string | null)[] {
  return rows.map(({ column }, index) => {
    if (column === '') return 'Name a column.';
    const first = rows.findIndex((other) => other.column === column);
    return first === index ? null : `Row ${first + 1} is of this column, too: keep one of them.`;
  });
}

/** Why a cell with these rows is not run, by the first mistake in them; null where there is none. */
export function describeMistake(rows: readonly ManualType[]): string | null {
  const problems = findRowProblems(rows);
  const index = problems.findIndex((problem) => problem !== null);
  const row = rows[index];
  if (!row) return null;
  const place = `“Manual TI” in the configuration, row ${index + 1}`;
  if (row.column === '') return `${place}, has no column. Name one, or remove the row.`;
  const first = rows.findIndex(({ column }) => column === row.column);
  return `${place}, is of the column “${row.column}”, as row ${first + 1} is. Remove one of them.`;
}

/** The row by which a column gets the types that it has, or those nearest to them. */
export function describeColumn({ name, type, scale }: ColumnSummary): ManualType {
  return { column: name, scale: scale ?? inferScale(type), representation: getRepresentation(type) };
}

/** A row for each column of datasets, but for those that have none to be named by, and those that rows have already. */
export function listMissingRows(
  columns: readonly ColumnSummary[],
  rows: readonly ManualType[],
): readonly ManualType[] {
  const found = new Map<string, ManualType>();
  const known = new Set(['', ...rows.map(({ column }) => column)]);
  for (const column of columns) {
    if (!known.has(column.name) && !found.has(column.name)) found.set(column.name, describeColumn(column));
  }
  return [...found.values()];
}

function getRepresentation(type: ColumnSummary['type']): Representation {
  switch (type) {
    case 'int64':
    case 'uint64':
    case 'integer':
      return 'int';
    case 'float64':
      return 'double';
    case 'date':
    case 'datetime':
      return 'datetime';
    default:
      return 'string';
  }
}
