import { RecordBatch, Table, type Field } from 'apache-arrow';

/**
 * The rows of tables after one another, where they are: nothing is copied. At least one table. Throws an Error that names
 * the column that is not the same in all.
 */
export function joinTables(tables: readonly Table[]): Table {
  for (const [index, after] of tables.entries()) {
    const before = tables[index - 1];
    const problem = before ? findDifference(before, after) : null;
    if (problem === null) continue;
    throw new Error(
      `Its rows cannot be added to those before: ${problem}. Replace the output instead, or put out the columns that it had.`,
    );
  }
  const filled = tables.filter(({ numRows }) => numRows > 0);
  // A column without a value may be of another type than one with some.
  const [{ schema } = new Table()] = [...filled, ...tables.slice(-1)];
  const batches = filled.flatMap((table) =>
    table.batches.map((batch) => new RecordBatch(schema, batch.data)),
  );
  return new Table(schema, batches);
}

function findDifference(before: Table, after: Table): string | null {
  const [old, added] = [before.schema.fields, after.schema.fields];
  const missing = old.find(({ name }) => added.every((field) => field.name !== name));
  if (missing) return `the column “${missing.name}” is gone`;
  const surplus = added.find(({ name }) => old.every((field) => field.name !== name));
  if (surplus) return `the column “${surplus.name}” is new`;
  const haveRows = before.numRows > 0 && after.numRows > 0;
  for (const [index, field] of old.entries()) {
    const other = added[index];
    if (other?.name !== field.name) return `the column “${field.name}” stands in another place`;
    if (haveRows && nameType(other) !== nameType(field))
      return `the column “${field.name}” held ${nameType(field)}, and holds ${nameType(other)} now`;
  }
  return null;
}

/** Whole numbers that fit no 64 bits are texts with a mark. */
function nameType({ type, metadata }: Field): string {
  return metadata.size === 0 ? String(type) : `${String(type)} of ${[...metadata.values()].join(', ')}`;
}
