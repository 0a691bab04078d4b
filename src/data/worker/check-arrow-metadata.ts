import { FlatBuffer } from './flat-buffer.ts';

/** Positions of the fields in the tables of Arrow's schema files. https://github.com/apache/arrow/tree/main/format */
const footer = { schema: 1, dictionaries: 2, recordBatches: 3 };
const schema = { fields: 1, metadata: 2 };
const field = { children: 5, metadata: 6 };
const message = { header: 2 };
const dictionaryBatch = { data: 1 };
const recordBatch = { length: 0, nodes: 1, buffers: 2, variadicCounts: 4 };

const blockSize = 24;
const nodeSize = 16;
const referenceSize = 4;
const countSize = 8;
/** A damaged file may refer to the same fields over and over. */
const fieldLimit = 1_000_000;
/** Rows of a batch at most: lengths are kept in 32 bits. */
export const rowLimit = 2 ** 31 - 1;

/**
 * Looks at the lengths of the lists in an Arrow file's footer, since apache-arrow believes them: one damaged byte may
 * have it build a list of a billion entries, and never answer again. Throws a RangeError when a list has no room.
 */
export function checkFooter(bytes: Uint8Array): void {
  const file = new FlatBuffer(bytes);
  const root = file.follow(0);
  checkSchema(file, file.table(root, footer.schema), bytes.byteLength);
  for (const kind of [footer.dictionaries, footer.recordBatches]) {
    file.list(root, kind, blockSize, bytes.byteLength);
  }
}

/** Looks at the lists in the message before a batch, for the same reason. Returns how many rows the batch has. */
export function checkMessage(bytes: Uint8Array, isDictionary: boolean): number {
  const file = new FlatBuffer(bytes);
  const header = file.table(file.follow(0), message.header);
  const batch = isDictionary && header !== null ? file.table(header, dictionaryBatch.data) : header;
  if (batch === null) throw new RangeError('a batch is missing');
  file.list(batch, recordBatch.nodes, nodeSize, bytes.byteLength);
  file.list(batch, recordBatch.buffers, nodeSize, bytes.byteLength);
  file.list(batch, recordBatch.variadicCounts, countSize, bytes.byteLength);
  const rowCount = file.number(batch, recordBatch.length);
  if (rowCount < 0 || rowCount > rowLimit) {
    throw new RangeError(`a batch is said to have ${String(rowCount)} rows`);
  }
  return rowCount;
}

function checkSchema(file: FlatBuffer, root: number | null, end: number): void {
  if (root === null) throw new RangeError('the schema is missing');
  file.list(root, schema.metadata, referenceSize, end);
  const waiting = file.list(root, schema.fields, referenceSize, end);
  for (let count = 0; waiting.length > 0; count++) {
    if (count > fieldLimit) throw new RangeError('the schema has too many fields');
    const table = file.follow(waiting.pop() ?? 0);
    file.list(table, field.metadata, referenceSize, end);
    for (const child of file.list(table, field.children, referenceSize, end)) waiting.push(child);
  }
}
