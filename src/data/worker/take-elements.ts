import type { ColumnBuffers } from '../../model/dataset.ts';
import { hasBit, setBits } from './bits.ts';
import { copyText, createTextBuffer, type JoinedTexts } from './join-texts.ts';
import { int32View } from './views.ts';

/** Stands for a null among the entries to be taken. */
export const nullEntry = -1;

/** A column of the named elements of another. */
export function takeElements(column: ColumnBuffers, entries: Int32Array): ColumnBuffers {
  const { length } = entries;
  const given = column.validity === null ? entries : withNulls(entries, column.validity);
  return { ...column, length, ...validityOf(given), ...takeContent(column, given) };
}

function withNulls(entries: Int32Array, validity: Uint8Array): Int32Array {
  return entries.map((entry) => (entry !== nullEntry && hasBit(validity, entry) ? entry : nullEntry));
}

/** The validity of elements of which nulls are `nullEntry`. */
export function validityOf(entries: Int32Array): Pick<ColumnBuffers, 'nullCount' | 'validity'> {
  const nullCount = entries.reduce((sum, entry) => (entry === nullEntry ? sum + 1 : sum), 0);
  if (nullCount === 0) return { nullCount, validity: null };
  const validity = new Uint8Array(Math.ceil(entries.length / 8));
  entries.forEach((entry, index) => {
    if (entry !== nullEntry) setBits(validity, index, index + 1);
  });
  return { nullCount, validity };
}

function takeContent(column: ColumnBuffers, entries: Int32Array): Partial<ColumnBuffers> {
  switch (column.type) {
    case 'null':
      return { validity: null, nullCount: entries.length };
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
      return { values: takeBits(column, entries) };
    case 'mixed':
      return takeMixed(column, entries);
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

function takeBits({ values }: ColumnBuffers, entries: Int32Array): Uint8Array {
  const taken = new Uint8Array(Math.ceil(entries.length / 8));
  entries.forEach((entry, index) => {
    if (entry !== nullEntry && values && hasBit(values, entry)) setBits(taken, index, index + 1);
  });
  return taken;
}

/** Of each part the elements that are named, in the order that they are named in. */
function takeMixed(
  { values, offsets, children }: ColumnBuffers,
  entries: Int32Array,
): Partial<ColumnBuffers> {
  const positions = int32View(offsets);
  const places = children.map((): number[] => []);
  const kinds = new Uint8Array(entries.length);
  const taken = new Int32Array(entries.length);
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? nullEntry;
    const kind = entry === nullEntry ? 0 : (values?.[entry] ?? 0);
    const own = places[kind];
    kinds[index] = kind;
    taken[index] = own?.length ?? 0;
    own?.push(entry === nullEntry ? nullEntry : (positions[entry] ?? 0));
  }
  return {
    values: kinds,
    offsets: new Uint8Array(taken.buffer),
    children: children.map((child, index) => takeElements(child, Int32Array.from(places[index] ?? []))),
  };
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
