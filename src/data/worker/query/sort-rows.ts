import { DataType, type Field } from 'apache-arrow';
import type { SortKey } from '../../table-query.ts';
import { typeKey } from '../arrow-fields.ts';
import { createCellReader } from '../read-cells.ts';
import { readAhead } from '../read-ahead.ts';
import { readPieces, type TableColumns } from '../table-columns.ts';
import { compareKeys, comparedTextLimit, isMissing, keyOf, type CellKey } from './cell-keys.ts';
import { addKeys, createKeys, hasNumberKeys, isNaNRow, isNullRow, type NumberKeys } from './number-keys.ts';
import { radixSort } from './radix-sort.ts';
import { Pauses, type Run } from './run.ts';
import { placeTexts, sortTexts } from './sort-texts.ts';
import { valueTestOf } from '../pieces.ts';

/**
 * Rows of a table, sorted: those that are alike stay in their order, and those without a value, or with NaN, come last
 * whichever way they are sorted. Texts go by their code points.
 */
export async function sortRows(
  table: TableColumns,
  rows: Uint32Array,
  sort: readonly SortKey[],
  run: Run,
): Promise<Uint32Array> {
  const pauses = new Pauses(run.signal);
  let sorted = rows;
  // The last key first: as each sorting is stable, what it did stays within what is alike in the keys before it.
  for (const [index, key] of [...sort].reverse().entries()) {
    const report = (share: number) => {
      run.report(index + share, sort.length);
    };
    sorted = await sortByColumn(table, sorted, key, pauses, report);
    report(1);
  }
  return sorted;
}

async function sortByColumn(
  table: TableColumns,
  rows: Uint32Array,
  { column, direction }: SortKey,
  pauses: Pauses,
  report: (share: number) => void,
): Promise<Uint32Array> {
  const field = table.schema.fields[column];
  if (!field) throw new Error(`There is no column ${String(column + 1)} to sort by.`);
  const isDown = direction === 'down';
  if (hasNumberKeys(field.type)) {
    const keys = createKeys(table.rowCount);
    let row = 0;
    const pieces = readAhead(table.batches.length, async (batch) => await table.readColumn(column, batch));
    for await (const piece of pieces) {
      addKeys(keys, piece, row);
      row += piece.length;
      report((0.5 * row) / table.rowCount);
      await pauses.take();
    }
    return sortByKeys(rows, keys, isDown);
  }
  if (isPlainText(field)) return await sortByTexts(table, rows, column, isDown, pauses);
  const keys = await readCellKeys(table, field, column, pauses, report);
  return sortByCells(rows, keys, isDown);
}

function isPlainText({ type, metadata }: Field): boolean {
  return (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) && metadata.get(typeKey) !== 'integer';
}

function sortByKeys(rows: Uint32Array, keys: NumberKeys, isDown: boolean): Uint32Array {
  const { high, low, missing } = keys;
  const { present, last } = split(rows, missing);
  if (isDown) {
    // Turned round, they ascend where the values descend.
    for (let index = 0; index < high.length; index++) {
      high[index] = ~(high[index] ?? 0);
      low[index] = ~(low[index] ?? 0);
    }
  }
  return join(radixSort(present, keys), last);
}

async function sortByTexts(
  table: TableColumns,
  rows: Uint32Array,
  column: number,
  isDown: boolean,
  pauses: Pauses,
): Promise<Uint32Array> {
  const pieces = await readPieces(table, column);
  const missing = new Uint8Array(table.rowCount);
  for (const [batch, piece] of pieces.entries()) {
    if (piece.nullCount === 0) continue;
    const isValue = valueTestOf(piece);
    const first = table.batches[batch]?.start ?? 0;
    for (let index = 0; index < piece.length; index++)
      if (!isValue(index)) missing[first + index] = isNullRow;
  }
  const { present, last } = split(rows, missing);
  return join(await sortTexts(present, placeTexts(pieces, table.rowCount), isDown, pauses), last);
}

async function readCellKeys(
  table: TableColumns,
  field: Field,
  column: number,
  pauses: Pauses,
  report: (share: number) => void,
): Promise<CellKey[]> {
  const keys: CellKey[] = [];
  const pieces = readAhead(table.batches.length, async (batch) => await table.readColumn(column, batch));
  for await (const piece of pieces) {
    const read = createCellReader(field, piece);
    for (let index = 0; index < piece.length; index++) keys.push(keyOf(read(index, comparedTextLimit)));
    report((0.8 * keys.length) / table.rowCount);
    await pauses.take();
  }
  return keys;
}

function sortByCells(rows: Uint32Array, keys: readonly CellKey[], isDown: boolean): Uint32Array {
  const missing = Uint8Array.from(keys, (key) =>
    isMissing(key) ? (key.kind === 5 ? isNaNRow : isNullRow) : 0,
  );
  const { present, last } = split(rows, missing);
  const sign = isDown ? -1 : 1;
  const sorted = Array.from(present).sort((one, other) => {
    const [first, second] = [keys[one], keys[other]];
    return first && second ? sign * compareKeys(first, second) : 0;
  });
  return join(Uint32Array.from(sorted), last);
}

/** Rows with a value, and behind them those with NaN and those with none. */
function split(rows: Uint32Array, missing: Uint8Array): { present: Uint32Array; last: Uint32Array[] } {
  if (!missing.includes(isNullRow) && !missing.includes(isNaNRow)) return { present: rows, last: [] };
  const of = (mark: number) => rows.filter((row) => missing[row] === mark);
  return { present: of(0), last: [of(isNaNRow), of(isNullRow)] };
}

function join(first: Uint32Array, last: readonly Uint32Array[]): Uint32Array {
  if (last.length === 0) return first;
  const joined = new Uint32Array(last.reduce((sum, { length }) => sum + length, first.length));
  let place = 0;
  for (const part of [first, ...last]) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}
