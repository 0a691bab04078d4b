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
  const place = `Row ${index + 1} of “Manual TI” in the configuration`;
  if (row.column === '') return `${place} has no column. Name one, or remove the row.`;
  const first = rows.findIndex(({ column }) => column === row.column);
  return `${place} is of the column “${row.column}”, as row ${first + 1} is. Remove one of them.`;
}

/** The columns of datasets, each name once, that no row is of; one without a name can have no row. */
export function listOtherColumns(
  columns: readonly ColumnSummary[],
  rows: readonly ManualType[],
): readonly ColumnSummary[] {
  const known = new Set(['', ...rows.map(({ column }) => column)]);
  return columns.filter(({ name }) => {
    const isOther = !known.has(name);
    known.add(name);
    return isOther;
  });
}

/** The row by which a column keeps the types that it has; null where they are no types that a row can give. */
export function describeColumn({ name, type, scale }: ColumnSummary): ManualType | null {
  const representation = representationsOf.get(type);
  return representation ? { column: name, scale: scale ?? inferScale(type), representation } : null;
}

const representationsOf: ReadonlyMap<ColumnSummary['type'], Representation> = new Map([
  ['int64', 'int'],
  ['uint64', 'int'],
  ['integer', 'int'],
  ['float64', 'double'],
  ['datetime', 'datetime'],
  ['string', 'string'],
]);
