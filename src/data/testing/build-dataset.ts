import type { ColumnBuffers, ColumnType, DatasetBuffers, TimeUnit } from '../../model/dataset.ts';

/** Builders of column buffers from plain values, for tests; null stands for a null. */

export function dataset(...columns: ColumnBuffers[]): DatasetBuffers {
  return { rowCount: columns[0]?.length ?? 0, columns };
}

export function int64(name: string, values: readonly (bigint | null)[]): ColumnBuffers {
  return column(name, 'int64', values, {
    values: bytesOf(BigInt64Array.from(values, (value) => value ?? 0n)),
  });
}

export function uint64(name: string, values: readonly (bigint | null)[]): ColumnBuffers {
  return column(name, 'uint64', values, {
    values: bytesOf(BigUint64Array.from(values, (value) => value ?? 0n)),
  });
}

export function float64(name: string, values: readonly (number | null)[]): ColumnBuffers {
  return column(name, 'float64', values, {
    values: bytesOf(Float64Array.from(values, (value) => value ?? 0)),
  });
}

export function bool(name: string, values: readonly (boolean | null)[]): ColumnBuffers {
  return column(name, 'bool', values, { values: packBits(values.map((value) => value === true)) });
}

/** Days since 1970-01-01. */
export function date(name: string, values: readonly (number | null)[]): ColumnBuffers {
  return column(name, 'date', values, { values: bytesOf(Int32Array.from(values, (value) => value ?? 0)) });
}

export function datetime(
  name: string,
  values: readonly (bigint | null)[],
  timeUnit: TimeUnit,
  timeZone: string | null = null,
): ColumnBuffers {
  const stored = bytesOf(BigInt64Array.from(values, (value) => value ?? 0n));
  return column(name, 'datetime', values, { values: stored, timeUnit, timeZone });
}

export function string(name: string, values: readonly (string | null)[]): ColumnBuffers {
  return column(name, 'string', values, packTexts(values));
}

/** Whole numbers as decimal text. */
export function integer(name: string, values: readonly (string | null)[]): ColumnBuffers {
  return column(name, 'integer', values, packTexts(values));
}

export function nothing(name: string, length: number): ColumnBuffers {
  return { ...column(name, 'null', [], {}), length, nullCount: length };
}

/** `order` says for each element which child it comes from; each child's elements are taken in turn. */
export function mixed(
  name: string,
  children: readonly ColumnBuffers[],
  order: readonly number[],
): ColumnBuffers {
  const taken = children.map(() => 0);
  const positions = order.map((child) => {
    const position = taken[child] ?? 0;
    taken[child] = position + 1;
    return position;
  });
  return column(name, 'mixed', order, {
    values: Uint8Array.from(order),
    offsets: bytesOf(Int32Array.from(positions)),
    children,
  });
}

function column(
  name: string,
  type: ColumnType,
  values: readonly unknown[],
  buffers: Partial<ColumnBuffers>,
): ColumnBuffers {
  const nullCount = values.filter((value) => value === null).length;
  return {
    name,
    type,
    length: values.length,
    nullCount,
    validity: nullCount === 0 ? null : packBits(values.map((value) => value !== null)),
    values: null,
    offsets: null,
    timeUnit: null,
    timeZone: null,
    children: [],
    ...buffers,
  };
}

function packTexts(values: readonly (string | null)[]) {
  const encoded = values.map((value) => new TextEncoder().encode(value ?? ''));
  const offsets = new Int32Array(values.length + 1);
  encoded.forEach((text, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + text.byteLength;
  });
  const bytes = new Uint8Array(offsets[values.length] ?? 0);
  encoded.forEach((text, index) => {
    bytes.set(text, offsets[index]);
  });
  return { values: bytes, offsets: bytesOf(offsets) };
}

function packBits(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
