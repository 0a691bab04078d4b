import { Field, type Data, type Dictionary } from 'apache-arrow';
import { elementOf, type CellReader } from './cell-reader.ts';
import { createCellReader } from './read-cells.ts';

/** A column of numbers that stand for the values of a dictionary, such as pandas' categories. */
export function readDictionaries(field: Field, data: Data, type: Dictionary): CellReader {
  const indices: ArrayLike<number | bigint> = data.values;
  const valueField = new Field(field.name, type.dictionary, true, field.metadata);
  // A dictionary that grew over the batches comes in several pieces.
  const pieces = (data.dictionary?.data ?? []).map((piece) => ({
    length: piece.length,
    read: createCellReader(valueField, piece),
  }));
  return (index, limit) => {
    let position = Number(elementOf(indices, index));
    for (const { length, read } of pieces) {
      if (position < length) return read(position, limit);
      position -= length;
    }
    throw new Error('The table file is damaged: a value is missing from its dictionary');
  };
}
