import { Field, type Data, type Dictionary, type Vector } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { hasBit } from './bits.ts';
import { refuseDamage, refuseType } from './column-problem.ts';
import { joinColumn } from './join-column.ts';
import { lengthOf, valueTestOf } from './pieces.ts';
import { nullEntry, takeElements } from './take-elements.ts';

/** A column of numbers that stand for the values of a dictionary, as a column of those values. */
export function joinDictionaries(field: Field, type: Dictionary, pieces: readonly Data[]): ColumnBuffers {
  /** Where the entries of each dictionary begin among those of all; a column has one, where no writer is odd. */
  const bases = new Map<Vector, number>();
  const entryPieces: Data[] = [];
  for (const { dictionary } of pieces) {
    if (dictionary === undefined || bases.has(dictionary)) continue;
    bases.set(dictionary, lengthOf(entryPieces));
    entryPieces.push(...dictionary.data);
  }
  const valueField = new Field(field.name, type.dictionary, true, field.metadata);
  const entries = joinColumn(valueField, entryPieces);
  if (entries.type === 'bool' || entries.type === 'mixed') return refuseType(type);
  return takeElements(entries, findEntries(pieces, bases, entries));
}

/** For each element the entry it stands for, `nullEntry` for a null. */
function findEntries(
  pieces: readonly Data[],
  bases: ReadonlyMap<Vector, number>,
  { validity, type }: ColumnBuffers,
): Int32Array {
  for (const { length, values } of pieces) {
    const numbers: ArrayLike<unknown> = values;
    if (numbers.length < length) refuseDamage('has too few places in its dictionary');
  }
  const found = new Int32Array(lengthOf(pieces)).fill(nullEntry);
  let position = 0;
  for (const piece of pieces) {
    const { dictionary, length } = piece;
    const numbers: ArrayLike<number | bigint> = piece.values;
    const isValue = valueTestOf(piece);
    const base = dictionary === undefined ? 0 : (bases.get(dictionary) ?? 0);
    const count = dictionary?.length ?? 0;
    for (let index = 0; index < length; index++, position++) {
      if (!isValue(index)) continue;
      const number = Number(numbers[index]);
      if (number < 0 || number >= count) {
        refuseDamage(`names entry ${String(number)} in a dictionary of ${String(count)}`);
      }
      const isNullEntry = type === 'null' || (validity !== null && !hasBit(validity, base + number));
      if (!isNullEntry) found[position] = base + number;
    }
  }
  return found;
}
