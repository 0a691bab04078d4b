import { FlatBuffer } from './flat-buffer.ts';

/** Positions of the fields in the tables of Arrow's schema files. https://github.com/apache/arrow/tree/main/format */
const footer = { schema: 1, dictionaries: 2, recordBatches: 3 };
const schema = { fields: 1, metadata: 2 };
const field = { children: 5, metadata: 6 };
const message = { header: 2 };
const dictionaryBatch = { data: 1 };
const recordBatch = { nodes: 1, buffers: 2 };

const blockSize = 24;
const nodeSize = 16;
const referenceSize = 4;
/** A damaged file may refer to the same fields over and over. */
const fieldLimit = 1_000_000;

/**
 * Looks at the lengths of the lists in an Arrow file's metadata, since apache-arrow believes them: one damaged byte may
 * have it build a list of a billion entries, and never answer again.
 * Throws a RangeError when a list has no room in the file. `footerStart` and `footerEnd` are positions in it.
 */
export function checkArrowMetadata(bytes: Uint8Array, footerStart: number, footerEnd: number): void {
  const file = new FlatBuffer(bytes);
  const root = file.follow(footerStart);
  checkSchema(file, file.table(root, footer.schema), footerEnd);
  for (const kind of [footer.dictionaries, footer.recordBatches]) {
    for (const block of file.list(root, kind, blockSize, footerEnd)) {
      checkMessage(file, block, kind === footer.dictionaries);
    }
  }
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

function checkMessage(file: FlatBuffer, block: number, isDictionary: boolean): void {
  const start = file.int64(block);
  const end = start + file.int32(block + 8);
  // A mark of four bytes and a length of four precede the message.
  const header = file.table(file.follow(start + 8), message.header);
  const batch = isDictionary && header !== null ? file.table(header, dictionaryBatch.data) : header;
  if (batch === null) return;
  file.list(batch, recordBatch.nodes, nodeSize, end);
  file.list(batch, recordBatch.buffers, nodeSize, end);
}
