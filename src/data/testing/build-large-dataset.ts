import type { ColumnBuffers, ColumnType, DatasetBuffers } from '../../model/dataset.ts';

/** 2026-01-01, in milliseconds since 1970. */
const firstMoment = 1_767_225_600_000;

/**
 * A dataset of ten columns and any number of rows, made fast: five floats (see `largeFloat`), three whole numbers (the row
 * times 1, 2 and 3), a time in Berlin (a second a row) and a text ("row 0000000").
 */
export function buildLargeDataset(rowCount: number): DatasetBuffers {
  const columns: ColumnBuffers[] = [];
  for (let index = 0; index < 5; index++) {
    const values = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) values[row] = largeFloat(row, index);
    columns.push(column(`float ${String(index)}`, 'float64', rowCount, values));
  }
  for (let factor = 1; factor <= 3; factor++) {
    const values = wholeNumbers(rowCount, (row) => row * factor);
    columns.push(column(`int ${String(factor)}`, 'int64', rowCount, values));
  }
  const moments = wholeNumbers(rowCount, (row) => firstMoment + row * 1000);
  columns.push({
    ...column('moment', 'datetime', rowCount, moments),
    timeUnit: 'ms',
    timeZone: 'Europe/Berlin',
  });
  columns.push(textColumn('text', rowCount));
  return { rowCount, columns };
}

/** The value in a row, counted from 0, of the float column `index`. */
export function largeFloat(row: number, index: number): number {
  return ((row * 7919 + index * 104_729) % 1_000_003) / 97;
}

/** 64-bit numbers from doubles, as two halves: making a BigInt for each would take seconds. */
function wholeNumbers(rowCount: number, valueOf: (row: number) => number): Uint32Array {
  const halves = new Uint32Array(rowCount * 2);
  for (let row = 0; row < rowCount; row++) {
    const value = valueOf(row);
    halves[row * 2] = value % 2 ** 32;
    halves[row * 2 + 1] = Math.floor(value / 2 ** 32);
  }
  return halves;
}

function textColumn(name: string, rowCount: number): ColumnBuffers {
  const digits = 7;
  const start = new TextEncoder().encode('row ');
  const size = start.byteLength + digits;
  const values = new Uint8Array(rowCount * size);
  const offsets = new Int32Array(rowCount + 1);
  for (let row = 0; row < rowCount; row++) {
    values.set(start, row * size);
    let rest = row;
    for (let digit = digits - 1; digit >= 0; digit--) {
      values[row * size + start.byteLength + digit] = 0x30 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    offsets[row + 1] = (row + 1) * size;
  }
  return { ...column(name, 'string', rowCount, values), offsets: new Uint8Array(offsets.buffer) };
}

function column(name: string, type: ColumnType, length: number, values: ArrayBufferView): ColumnBuffers {
  return {
    name,
    type,
    length,
    nullCount: 0,
    validity: null,
    values: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    offsets: null,
    timeUnit: null,
    timeZone: null,
    children: [],
  };
}
