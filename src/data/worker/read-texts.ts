import { DataType, Vector, type Data, type Field } from 'apache-arrow';
import { typeKey } from './arrow-fields.ts';
import { cutText, decodeText } from './decode-text.ts';
import { elementOf, type CellReader } from './cell-reader.ts';

/** Readers of texts and bytes, and of whatever else there is, which is shown as Arrow writes it. */
export function readTexts(field: Field, data: Data): CellReader {
  const { type } = data;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    const kind = field.metadata.get(typeKey) === 'integer' ? 'number' : 'text';
    const readBytes = bytesReader(data);
    return (index, limit) => ({ kind, text: decodeText(readBytes(index), limit) });
  }
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    const readBytes = bytesReader(data);
    return (index, limit) => ({ kind: 'text', text: formatBytes(readBytes(index), limit) });
  }
  if (DataType.isFixedSizeBinary(type)) {
    const values: Uint8Array = data.values;
    const { byteWidth } = type;
    return (index, limit) => {
      const bytes = values.subarray(index * byteWidth, (index + 1) * byteWidth);
      return { kind: 'text', text: formatBytes(bytes, limit) };
    };
  }
  const vector = new Vector([data]);
  return (index, limit) => ({ kind: 'text', text: cutText(String(vector.get(index)), limit) });
}

function bytesReader({ values, valueOffsets }: Data): (index: number) => Uint8Array {
  const bytes: Uint8Array = values;
  const offsets: ArrayLike<number | bigint> = valueOffsets;
  return (index) => bytes.subarray(Number(elementOf(offsets, index)), Number(elementOf(offsets, index + 1)));
}

/** Bytes in hexadecimal digits, `0x00ff`. */
function formatBytes(bytes: Uint8Array, limit: number): string {
  const digits = Array.from(bytes.subarray(0, limit), (byte) => byte.toString(16).padStart(2, '0'));
  return cutText(`0x${digits.join('')}`, limit);
}
