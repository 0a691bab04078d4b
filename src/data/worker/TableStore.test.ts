import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { ColumnBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { importAndReopen, rowsOf } from './testing/import-and-reopen.ts';

describe('a table of several batches', () => {
  const rowCount = 150_000;
  const order = Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const buffers = build.dataset(
    build.int64(
      'n',
      Array.from({ length: rowCount }, (_, row) => (row % 5 === 4 ? null : BigInt(row))),
    ),
    build.string(
      't',
      Array.from({ length: rowCount }, (_, row) => (row % 7 === 6 ? null : `t${String(row)}`)),
    ),
    build.bool(
      'b',
      Array.from({ length: rowCount }, (_, row) => row % 2 === 0),
    ),
    build.mixed(
      'm',
      [
        build.bool(
          '',
          order.flatMap((child, row) => (child === 0 ? [row % 2 === 0] : [])),
        ),
        build.string(
          '',
          order.flatMap((child, row) => (child === 1 ? [row % 2 === 0 ? null : String(row)] : [])),
        ),
      ],
      order,
    ),
  );

  test('reads across the border of two batches', async () => {
    const { reopened } = await importAndReopen(structuredClone(buffers));

    const window = await reopened.readWindow({ start: 65_533, end: 65_539 }, { start: 0, end: 4 });

    expect(rowsOf(window)).toEqual([
      ['number 65533', 'null null', 'boolean False', 'boolean False'],
      ['null null', 'text t65534', 'boolean True', 'boolean True'],
      ['number 65535', 'text t65535', 'boolean False', 'text 65535'],
      ['number 65536', 'text t65536', 'boolean True', 'boolean True'],
      ['number 65537', 'text t65537', 'boolean False', 'boolean False'],
      ['number 65538', 'text t65538', 'boolean True', 'null null'],
    ]);
  });

  test('reads its last rows, and leaves away what lies behind them', async () => {
    const { reopened } = await importAndReopen(structuredClone(buffers));

    const window = await reopened.readWindow({ start: 149_999, end: 150_060 }, { start: 1, end: 9 });

    expect(window.rows).toEqual({ start: 149_999, end: 150_000 });
    expect(window.columns).toEqual({ start: 1, end: 4 });
    expect(rowsOf(window)).toEqual([['text t149999', 'boolean False', 'boolean False']]);
  });

  test('takes no more bytes than its values', async () => {
    const { byteSize } = await importAndReopen(structuredClone(buffers));

    expect(byteSize).toBeLessThan(1.02 * byteLengthOf(buffers.columns));
  });
});

describe('long texts', () => {
  const long = `${'x'.repeat(299)}🎉`;
  const giant = '🎉'.repeat(600_000);

  test('are cut in a window and whole in a cell', async () => {
    const { reopened } = await importAndReopen(
      build.dataset(build.string('t', [long, `x${'é'.repeat(800)}`])),
    );

    const [column] = (await reopened.readWindow()).cells;

    expect(column?.texts).toEqual([long, `x${'é'.repeat(499)}`]);
    expect(await reopened.readCell(1, 0)).toBe(`x${'é'.repeat(800)}`);
  });

  test('are cut with a note after a million characters, between characters', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.string('t', [giant, `x${giant}`])));

    const even = await reopened.readCell(0, 0);
    const odd = await reopened.readCell(1, 0);

    expect(even === `${'🎉'.repeat(500_000)}\n… cut after 1,000,000 characters`).toBe(true);
    expect(odd === `x${'🎉'.repeat(499_999)}\n… cut after 1,000,000 characters`).toBe(true);
  });
});

describe('a table file', () => {
  test('carries its own SHA-256 and size', async () => {
    const { file, sha256, byteSize } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    const bytes = new Uint8Array(await file.arrayBuffer());
    expect({ sha256, byteSize }).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      byteSize: bytes.byteLength,
    });
  });

  test('is another one where a column has another scale', async () => {
    const hashes = ([undefined, 'ordinal', 'nominal'] as const).map(async (scale) => {
      const column = { ...build.int64('n', [1n]), ...(scale && { scale }) };
      return (await importAndReopen(build.dataset(column))).sha256;
    });
    expect(new Set(await Promise.all(hashes)).size).toBe(3);
  });

  test('is not written where the browser has no SHA-256', async () => {
    vi.stubGlobal('crypto', {});
    try {
      await expect(importAndReopen(build.dataset(build.int64('n', [1n])))).rejects.toThrow(
        'This page has no SHA-256, as it was not opened over https or from localhost.',
      );
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('is gone once closed', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    await reopened.close();

    await expect(reopened.readWindow()).rejects.toThrow('The table was closed.');
  });

  test('has no cell outside its rows and columns', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    await expect(reopened.readCell(1, 0)).rejects.toThrow('There is no cell in row 2, column 1.');
  });
});

function byteLengthOf(columns: readonly ColumnBuffers[]): number {
  return columns.reduce(
    (sum, { validity, values, offsets, children }) =>
      sum +
      (validity?.byteLength ?? 0) +
      (values?.byteLength ?? 0) +
      (offsets?.byteLength ?? 0) +
      byteLengthOf(children),
    0,
  );
}
