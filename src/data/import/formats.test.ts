import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../model/import-options.ts';
import type { ImportedTable } from '../../model/import-preview.ts';
import { ImportEngine } from './ImportEngine.ts';
import { FakeImportWorker } from './testing/FakeImportWorker.ts';

const engine = new ImportEngine(() => new FakeImportWorker());
const signal = new AbortController().signal;

/** What a file comes to with what is found out of it. */
async function load(
  name: string,
  content: BlobPart,
  change: Partial<ImportOptions> = {},
): Promise<ImportedTable> {
  const file = new File([content], name);
  const { options } = await engine.preview(file, null, signal);
  return await engine.load(file, { ...options, ...change } as ImportOptions, {
    signal,
    onProgress: () => undefined,
  });
}

async function read(...given: Parameters<typeof load>): Promise<unknown> {
  const { content, table } = await load(...given);
  const arrow = tableFromIPC(new Uint8Array(await content.arrayBuffer()));
  const rows = Array.from(arrow, (row) => row?.toArray() as unknown[]);
  return {
    columns: table.summary.columns.map(({ name, type }) => `${name}: ${type}`).join(', '),
    rows: rows.map((row) => Array.from(row, (value) => (typeof value === 'bigint' ? Number(value) : value))),
  };
}

describe('a file of', () => {
  it('CSV', async () => {
    expect(await read('a.csv', 'name,n,x\nAda,1,1.5\nBob,,2\n')).toEqual({
      columns: 'name: string, n: int64, x: float64',
      rows: [
        ['Ada', 1, 1.5],
        ['Bob', null, 2],
      ],
    });
  });

  it('JSON', async () => {
    expect(await read('a.json', '[{"a": 1, "b": "x"}, {"a": 12345678901234567, "c": {"d": [1]}}]')).toEqual({
      columns: 'a: int64, b: string, c: string',
      rows: [
        [1, 'x', null],
        [12345678901234568, null, '{"d":[1]}'],
      ],
    });
  });

  it('JSON Lines', async () => {
    expect(await read('a.jsonl', '{"a": 1.5}\n\n{"a": 2, "t": "2024-02-29"}\n')).toEqual({
      columns: 'a: float64, t: date',
      rows: [
        [1.5, null],
        [2, Date.UTC(2024, 1, 29)],
      ],
    });
  });
});
