import { Field, Int32, List, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as build from '../testing/build-dataset.ts';
import { rowsPerBatch } from '../../model/dataset.ts';
import { buildLargeDataset } from '../testing/build-large-dataset.ts';
import { fileOfBatches } from './testing/table-of-batches.ts';
import { openBytes, openTable } from './testing/table-columns.ts';
import { writeArrowFile } from './write-arrow-file.ts';

const good = () => writeArrowFile(build.dataset(build.string('a', ['x', 'y']), build.float64('b', [1, 2])));

describe('bytes that are no table are refused with a reason', () => {
  test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['no bytes', () => new Uint8Array(0), 'The table file is empty.'],
    [
      'another kind of file',
      () => new TextEncoder().encode('a,b\n1,2\n'),
      'The table file does not begin like an Arrow file.',
    ],
    [
      'a file cut short',
      (bytes) => bytes.subarray(0, 300),
      'The table file is cut short: its end is missing after 300 bytes.',
    ],
    [
      'nothing but a beginning',
      () => new TextEncoder().encode('ARROW1'),
      'The table file is cut short: its end is missing after 6 bytes.',
    ],
    [
      'an impossible footer',
      (bytes) => bytes.fill(0xff, -10, -6),
      'The table file is damaged: its footer has an impossible length.',
    ],
  ])('%s', async (_title, damage, message) => {
    await expect(openBytes(damage(good()))).rejects.toThrow(message);
  });

  test('a damaged footer', async () => {
    await expect(openBytes(good().fill(0xee, -200, -10))).rejects.toThrow(/^The table file is damaged: /);
  });
});

test('a table file damaged anywhere is refused or read, and nothing worse', async () => {
  const { byteLength } = good();
  for (let position = 0; position < byteLength; position++) {
    const bytes = good();
    bytes[position] = (bytes[position] ?? 0) ^ 0x55;
    try {
      const window = await (await openTable(bytes)).readWindow({ start: 0, end: 9 }, { start: 0, end: 9 });
      expect(window.cells.length).toBeLessThanOrEqual(2);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }
});

test('ten thousand columns, many of one name, are read as they were written', async () => {
  const columns = Array.from({ length: 10_000 }, (_, index) =>
    build.int64(`c${String(index % 100)}`, [BigInt(index)]),
  );

  const table = await openTable(writeArrowFile(build.dataset(...columns)));

  const { cells } = await table.readWindow({ start: 0, end: 1 }, { start: 9_997, end: 10_000 });
  expect(cells.map(({ texts }) => texts)).toEqual([['9997'], ['9998'], ['9999']]);
  expect(table.summary.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
});

/** How many bytes are read of a file while `act` runs. */
async function countBytes(act: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { arrayBuffer } = Blob.prototype;
  const spy = vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(async function (this: Blob) {
    count += this.size;
    return await arrayBuffer.call(this);
  });
  await act();
  spy.mockRestore();
  return count;
}

test('of a table no more is read than what is looked at', async () => {
  const bytes = writeArrowFile(buildLargeDataset(200_000));

  const opened = await countBytes(async () => await openTable(bytes));
  const table = await openTable(bytes);
  const read = await countBytes(
    async () => await table.readWindow({ start: 100_000, end: 100_060 }, { start: 0, end: 3 }),
  );
  const again = await countBytes(
    async () => await table.readWindow({ start: 100_020, end: 100_080 }, { start: 0, end: 3 }),
  );

  expect(opened).toBeLessThan(300_000);
  const values = 3 * 8192 * 8;
  expect(read).toBeGreaterThan(values);
  // With the message that says where they are.
  expect(read).toBeLessThan(values + 10_000);
  expect(again).toBe(0);
});

test('the first rows are read as the table is opened', async () => {
  const table = await openTable(writeArrowFile(buildLargeDataset(200_000)));

  const read = await countBytes(
    async () => await table.readWindow({ start: 0, end: 60 }, { start: 0, end: 200 }),
  );

  expect(read).toBe(0);
});

test('batches that have other rows than the file says are damage', async () => {
  const bytes = writeArrowFile(buildLargeDataset(200_000));
  const text = new TextDecoder('latin1').decode(bytes);
  const told = /\d+ 65536 65536 65536 \d+/.exec(text.slice(-20_000))?.[0] ?? '';
  const at = text.lastIndexOf(told) + told.length - 1;
  bytes[at] = bytes[at] === 0x39 ? 0x38 : 0x39;

  const table = await openTable(bytes);

  await expect(table.readCell(199_990, 0)).rejects.toThrow(
    'The table file is damaged: a batch has other rows than it is said to have.',
  );
});

test('a file of one long batch is read in parts as well', async () => {
  const rowCount = 2 * rowsPerBatch + 100;
  const numbers = Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? null : row));
  const columns = {
    n: vectorFromArray(numbers, new Int32()),
    t: vectorFromArray(
      numbers.map((number) => (number === null ? null : `text ${String(number)}`)),
      new Utf8(),
    ),
    b: vectorFromArray(numbers.map((number) => number !== null && number % 2 === 0)),
    l: vectorFromArray(
      numbers.map((number) => (number === null ? null : [number])),
      new List(new Field('item', new Int32(), true)),
    ),
  };
  const table = await openTable(tableToIPC(new Table(columns), 'file'));

  const { cells } = await table.readWindow(
    { start: rowsPerBatch - 2, end: rowsPerBatch + 2 },
    { start: 0, end: 9 },
  );

  expect(table.columns.batches.map(({ start }) => start)).toEqual([0, rowsPerBatch, 2 * rowsPerBatch]);
  expect(cells.map(({ texts }) => texts)).toEqual([
    ['65534', 'null', '65536', '65537'],
    ['text 65534', 'null', 'text 65536', 'text 65537'],
    ['True', 'False', 'True', 'False'],
    ['[65534]', 'null', '[65536]', '[65537]'],
  ]);
});

test('batches of any size hold the same table', async () => {
  const texts = fc.array(fc.option(fc.string({ unit: 'binary' })), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(40), { maxLength: 5 }), async (values, cuts) => {
      const whole = (start: number, end: number) =>
        build.dataset(
          build.string('t', values.slice(start, end)),
          build.int64(
            'n',
            values.slice(start, end).map((value) => (value === null ? null : BigInt(value.length))),
          ),
        );
      const edges = [0, ...cuts.filter((cut) => cut < values.length).sort((a, b) => a - b), values.length];
      const parts = edges.slice(1).map((end, index) => whole(edges[index] ?? 0, end));
      const all = { start: 0, end: 100 };

      const cut = await openTable(await fileOfBatches(...parts));
      const one = await openTable(writeArrowFile(whole(0, values.length)));

      expect(await cut.readWindow(all, all)).toEqual(await one.readWindow(all, all));
    }),
    { numRuns: 20 },
  );
});
