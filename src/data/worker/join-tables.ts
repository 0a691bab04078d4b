import { RecordBatch, RecordBatchFileWriter, Table, type Field } from 'apache-arrow';

/**
 * The rows of one table and then those of another, as the bytes of an Arrow IPC file. Throws an Error that names the
 * column that is not the same in both.
 */
export function joinTables(before: Table, after: Table): Uint8Array<ArrayBuffer> {
  // A column without a value may be of another type than one with some.
  const { schema } = before.numRows > 0 ? before : after;
  const problem = findDifference(before, after);
  if (problem !== null) {
    throw new Error(
      `Its rows cannot be added to those before: ${problem}. Replace the output instead, or put out the columns that it had.`,
    );
  }
  const batches = [before, after]
    .filter(({ numRows }) => numRows > 0)
    .flatMap((table) => table.batches.map((batch) => new RecordBatch(schema, batch.data)));
  return writeTable(new Table(schema, batches));
}

/** A table as the bytes of an Arrow IPC file. */
export function writeTable(table: Table): Uint8Array<ArrayBuffer> {
  const writer = new RecordBatchFileWriter();
  writer.write(table);
  writer.finish();
  const bytes = writer.toUint8Array(true);
  // The writer's type leaves open that its buffer is shared; it is one that it made.
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
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
