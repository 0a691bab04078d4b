import { RecordBatchReader, Table, type RecordBatch, type RecordBatchFileReader } from 'apache-arrow';
import { checkArrowMetadata } from './check-arrow-metadata.ts';
import { keepFields } from './keep-fields.ts';

const magic = new TextEncoder().encode('ARROW1');
/** Magic at both ends (padded to 8 at the first), an end-of-stream mark, the footer's length. */
const smallestFile = 8 + 8 + 4 + magic.byteLength;

/**
 * Reads an Arrow IPC file; the table's values are views of the bytes.
 * Throws an Error that says what is wrong with bytes that are no such file.
 */
export function readArrowFile(bytes: Uint8Array): Table {
  const { byteLength } = bytes;
  if (byteLength === 0) throw new Error('The table file is empty.');
  if (!isMagicAt(bytes, 0)) throw new Error('The table file does not begin like an Arrow file.');
  if (byteLength < smallestFile || !isMagicAt(bytes, byteLength - magic.byteLength)) {
    throw new Error(`The table file is cut short: its end is missing after ${String(byteLength)} bytes.`);
  }
  const footerEnd = byteLength - magic.byteLength - 4;
  const footerSize = new DataView(bytes.buffer, bytes.byteOffset).getInt32(footerEnd, true);
  if (footerSize <= 0 || footerSize > footerEnd - 8) {
    throw new Error('The table file is damaged: its footer has an impossible length.');
  }
  try {
    checkArrowMetadata(bytes, footerEnd - footerSize, footerEnd);
    return readTable(bytes);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
    throw new Error(`The table file is damaged: ${reason}.`, { cause: error });
  }
}

function readTable(bytes: Uint8Array): Table {
  const reader = RecordBatchReader.from(bytes).open();
  if (!isFileReader(reader)) throw new Error('it is no file of batches');
  const schema = keepFields(reader.schema);
  const batches: RecordBatch[] = [];
  // One by one: the reader's own loop does not end when a block that should be a batch is a schema.
  for (let index = 0; index < reader.numRecordBatches; index++) {
    const batch = reader.readRecordBatch(index);
    if (batch === null) throw new Error(`batch ${String(index + 1)} is missing`);
    batches.push(batch);
  }
  return new Table(schema, batches);
}

function isFileReader(reader: RecordBatchReader): reader is RecordBatchFileReader {
  return reader.isFile() && reader.isSync();
}

function isMagicAt(bytes: Uint8Array, position: number): boolean {
  return magic.every((byte, index) => bytes[position + index] === byte);
}
