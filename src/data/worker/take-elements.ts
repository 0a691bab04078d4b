import type { DataType } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { setBits } from './bits.ts';
import { refuseType } from './column-problem.ts';
import { copyText, createTextBuffer, type JoinedTexts } from './join-texts.ts';
import { int32View } from './views.ts';

/** Stands for a null among the entries to be taken. */
export const nullEntry = -1;

/** A column of the named elements of another; `type` is named where that cannot be. */
export function takeElements(column: ColumnBuffers, entries: Int32Array, type: DataType): ColumnBuffers {
  const { length } = entries;
  return { ...column, length, ...validityOf(entries), ...takeContent(column, entries, type) };
}

function validityOf(entries: Int32Array): Pick<ColumnBuffers, 'nullCount' | 'validity'> {
  const nullCount = entries.reduce((sum, entry) => (entry === nullEntry ? sum + 1 : sum), 0);
  if (nullCount === 0) return { nullCount, validity: null };
  const validity = new Uint8Array(Math.ceil(entries.length / 8));
  entries.forEach((entry, index) => {
    if (entry !== nullEntry) setBits(validity, index, index + 1);
  });
  return { nullCount, validity };
}

function takeContent(column: ColumnBuffers, entries: Int32Array, type: DataType): Partial<ColumnBuffers> {
  switch (column.type) {
    case 'null':
      return { validity: null };
    case 'string':
    case 'integer':
      return takeTexts(column, entries);
    case 'date':
      return { values: takeWords(column, entries, 1) };
    case 'int64':
    case 'uint64':
    case 'float64':
    case 'datetime':
      return { values: takeWords(column, entries, 2) };
    case 'bool':
    case 'mixed':
      return refuseType(type);
  }
}

/** Elements of so many words of 4 bytes. */
function takeWords({ values }: ColumnBuffers, entries: Int32Array, size: 1 | 2): Uint8Array {
  const from = int32View(values);
  const taken = new Int32Array(entries.length * size);
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? nullEntry;
    if (entry === nullEntry) continue;
    for (let word = 0; word < size; word++) taken[index * size + word] = from[entry * size + word] ?? 0;
  }
  return new Uint8Array(taken.buffer);
}

function takeTexts(column: ColumnBuffers, entries: Int32Array): JoinedTexts {
  const from = int32View(column.offsets);
  const text = column.values ?? new Uint8Array(0);
  const offsets = new Int32Array(entries.length + 1);
  let size = 0;
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? nullEntry;
    if (entry !== nullEntry) size += (from[entry + 1] ?? 0) - (from[entry] ?? 0);
    offsets[index + 1] = size;
  }
  const values = createTextBuffer(size);
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? nullEntry;
    if (entry === nullEntry) continue;
    copyText(text, from[entry] ?? 0, from[entry + 1] ?? 0, values, offsets[index] ?? 0);
  }
  return { values, offsets: new Uint8Array(offsets.buffer) };
}
