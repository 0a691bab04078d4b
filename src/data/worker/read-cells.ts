import { DataType, type Data, type Field } from 'apache-arrow';
import { hasBit } from './bits.ts';
import { elementOf, type Cell, type CellReader } from './cell-reader.ts';
import { readDictionaries } from './read-dictionaries.ts';
import { isNested, readNested } from './read-nested.ts';
import { readNumbers } from './read-numbers.ts';
import { readTexts } from './read-texts.ts';
import { readTimes } from './read-times.ts';
import { readUnions } from './read-unions.ts';

const nullCell: Cell = { kind: 'null', text: 'null' };

/** Looks at the type once, so that reading a cell does not. */
export function createCellReader(field: Field, data: Data): CellReader {
  if (DataType.isNull(data.type)) return () => nullCell;
  const read = createValueReader(field, data);
  // A union has no nulls of its own: they are its children's.
  if (DataType.isUnion(data.type) || data.nullCount === 0) return read;
  const { offset } = data;
  const validity = data.nullBitmap ?? new Uint8Array(0);
  return (index, limit) => (hasBit(validity, offset + index) ? read(index, limit) : nullCell);
}

function createValueReader(field: Field, data: Data): CellReader {
  const { type } = data;
  if (DataType.isBool(type)) return readBooleans(data);
  if (DataType.isDictionary(type)) return readDictionaries(field, data, type);
  if (DataType.isUnion(type)) return readUnions(data, type);
  if (isNested(type)) return readNested(data, type);
  return readNumbers(data) ?? readTimes(data) ?? readTexts(field, data);
}

/** Booleans are written as in Python: `True`, `False`. */
function readBooleans({ values, offset }: Data): CellReader {
  const bits: Uint8Array = values;
  return (index) => {
    elementOf(bits, (offset + index) >> 3);
    return { kind: 'boolean', text: hasBit(bits, offset + index) ? 'True' : 'False' };
  };
}
