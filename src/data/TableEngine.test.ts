// Longer than most files: each thing that the engine is asked, and each way in which its worker may end.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { wholeTable } from './table-query.ts';
import { TableEngine } from './TableEngine.ts';
import type { TableFile } from './table-messages.ts';
import * as build from './testing/build-dataset.ts';
import { FakeTableWorker } from './testing/FakeTableWorker.ts';

const workers: FakeTableWorker[] = [];
const createEngine = () =>
  new TableEngine(() => {
    const worker = new FakeTableWorker();
    workers.push(worker);
    return worker;
  });
const toFile = ({ file, sha256, byteSize }: TableFile): TableFile => ({ file, sha256, byteSize });
const people = () => build.dataset(build.string('name', ['Ada', null]), build.int64('born', [1815n, null]));
const all = { start: 0, end: 10 };

afterEach(() => {
  workers.length = 0;
});

test('a dataset becomes a table, and its file opens as the same table', async () => {
  const engine = createEngine();

  const imported = await engine.importDataset(people());
  const opened = await engine.openTable(imported.file);

  const summary = {
    rowCount: 2,
    columns: [
      { name: 'name', type: 'string', timeZone: null },
      { name: 'born', type: 'int64', timeZone: null },
    ],
  };
  const window = {
    rows: { start: 0, end: 2 },
    columns: { start: 0, end: 2 },
    rowNumbers: [0, 1],
    cells: [
      { texts: ['Ada', 'null'], kinds: ['text', 'null'] },
      { texts: ['1815', 'null'], kinds: ['number', 'null'] },
    ],
  };
  expect(imported.summary).toEqual(summary);
  expect(imported.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(imported.byteSize).toBe(imported.file.size);
  expect(opened.summary).toEqual(summary);
  expect(await imported.table.readWindow(all, all)).toEqual(window);
  expect(await opened.readWindow(all, all)).toEqual(window);
  expect(await opened.readCell(0, 0)).toBe('Ada');
});

test('a worker that hangs in a pattern ends once that is given up, and its tables open in the next', async () => {
  vi.useFakeTimers();
  try {
    const engine = createEngine();
    const { table } = await engine.importDataset(people());
    const [worker] = workers;
    if (worker) worker.isSilent = true;
    const giveUp = new AbortController();
    const ask = (match: 'pattern' | 'is') =>
      table.query(
        {
          ...wholeTable,
          filters: [{ column: 0, condition: { type: 'text', match, text: '(a+)+b', isCaseSensitive: true } }],
        },
        { signal: giveUp.signal },
      );
    const asked = [ask('pattern'), ask('is')];
    await vi.advanceTimersByTimeAsync(0);
    giveUp.abort();
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(worker?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(worker?.isTerminated).toBe(true);
    expect(await table.readCell(0, 0)).toBe('Ada');
    expect(workers).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('what else was asked of a worker that hung is asked of the next', async () => {
  vi.useFakeTimers();
  try {
    const engine = createEngine();
    const { table, file } = await engine.importDataset(people());
    const [worker] = workers;
    if (worker) worker.isSilent = true;
    const giveUp = new AbortController();
    const condition = { type: 'text', match: 'pattern', text: '(a+)+b', isCaseSensitive: true } as const;
    const hanging = table.query(
      { ...wholeTable, filters: [{ column: 0, condition }] },
      { signal: giveUp.signal },
    );
    const others = Promise.all([table.readCell(0, 0), table.readStatistics(1), engine.openTable(file)]);
    await vi.advanceTimersByTimeAsync(0);
    giveUp.abort();
    await expect(hanging).rejects.toThrow('dropped');
    await vi.advanceTimersByTimeAsync(3_000);

    const [text, { rowCount }, opened] = await others;

    expect([text, rowCount, await opened.readCell(0, 0)]).toEqual(['Ada', 2, 'Ada']);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  } finally {
    vi.useRealTimers();
  }
});

test('a worker that answers what was given up goes on', async () => {
  const engine = createEngine();
  const { table } = await engine.importDataset(people());
  vi.useFakeTimers();
  try {
    const giveUp = new AbortController();
    const condition = { type: 'text', match: 'pattern', text: 'A', isCaseSensitive: true } as const;
    const asked = table.query(
      { ...wholeTable, filters: [{ column: 0, condition }] },
      { signal: giveUp.signal },
    );
    while (!workers[0]?.commands.includes('query-table')) await Promise.resolve();
    giveUp.abort();
    await expect(asked).rejects.toThrow('dropped');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false]);
  } finally {
    vi.useRealTimers();
  }
});

test('rows are added to a table, which opens from all of its files', async () => {
  const engine = createEngine();
  const ids = (count: number) =>
    build.dataset(
      build.int64(
        'id',
        Array.from({ length: count }, () => 1n),
      ),
    );
  const first = await engine.importDataset(ids(1_000));

  const second = await engine.importDataset(ids(3), [toFile(first)]);
  const third = await engine.importDataset(ids(2), [...second.earlier, toFile(second)]);

  expect(third.earlier).toEqual([toFile(first)]);
  expect([second, third].map(({ summary }) => summary.rowCount)).toEqual([1_003, 1_005]);
  const opened = await createEngine().openTable(first.file, third.file);
  expect(opened.summary).toEqual(third.summary);
  expect((await createEngine().exportDataset(first.file, third.file)).rowCount).toBe(1_005);
  workers.at(0)?.die('gone');
  expect((await third.table.readWindow({ start: 1_003, end: 2_000 }, all)).cells[0]?.texts).toEqual([
    '1',
    '1',
  ]);
});

test('the buffers are handed over, not copied', async () => {
  const buffers = people();

  await createEngine().importDataset(buffers);

  expect(buffers.columns.map(({ values }) => values?.byteLength)).toEqual([0, 0]);
});

test('buffers that do not fit one another are refused with column and problem', async () => {
  const broken = { ...build.int64('born', [1n]), values: new Uint8Array(3) };

  await expect(createEngine().importDataset(build.dataset(broken))).rejects.toThrow(
    'Column 1 ("born") has 3 bytes of values where 8 are needed.',
  );
});

test('a file gives the buffers back that it was made from, in a worker that had never seen them', async () => {
  const { file } = await createEngine().importDataset(people());

  const buffers = await createEngine().exportDataset(file);

  expect(buffers).toEqual(people());
  expect(workers[1]?.commands).toEqual(['export-dataset']);
});

test('what was exported can be imported again, as the same file', async () => {
  const engine = createEngine();
  const { file, sha256 } = await engine.importDataset(people());

  const again = await engine.importDataset(await engine.exportDataset(file));

  expect(again.sha256).toBe(sha256);
});

test('exported buffers are handed over by the worker, not copied', async () => {
  const engine = createEngine();
  const { file } = await engine.importDataset(people());

  await engine.exportDataset(file);

  const [, exported] = workers[0]?.answers ?? [];
  const left = exported?.type === 'dataset-exported' ? exported.buffers.columns : [];
  expect(left.map(({ validity, values }) => [validity?.byteLength, values?.byteLength])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('a file that is no table is refused with what is wrong', async () => {
  const reason = 'The table file does not begin like an Arrow file.';
  await expect(createEngine().openTable(new Blob(['a,b']))).rejects.toThrow(reason);
  await expect(createEngine().exportDataset(new Blob(['a,b']))).rejects.toThrow(reason);
});

test('the worker is started once, when it is first needed', async () => {
  const engine = createEngine();
  expect(workers).toHaveLength(0);

  await engine.importDataset(people());
  await engine.importDataset(people());

  expect(workers).toHaveLength(1);
});

test('all that waits is rejected when the worker dies, and the next request opens the table in another', async () => {
  const engine = createEngine();
  const { table, file } = await engine.importDataset(people());
  const [worker] = workers;
  if (worker) worker.isSilent = true;
  const waiting = Promise.allSettled([
    table.readWindow(all, all),
    table.readCell(0, 0),
    engine.openTable(file),
    engine.exportDataset(file),
  ]);

  worker?.die('out of memory');

  const reason = new Error('The table engine stopped: out of memory.');
  const rejected = { status: 'rejected', reason };
  expect(await waiting).toEqual([rejected, rejected, rejected, rejected]);
  expect(await table.readCell(0, 0)).toBe('Ada');
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

test('an answer that cannot be read ends the worker', async () => {
  const engine = createEngine();
  const { table } = await engine.importDataset(people());
  const [worker] = workers;
  if (worker) worker.isSilent = true;
  const waiting = table.readWindow(all, all);

  worker?.say({ type: 'window-read', requestId: 2, window: { rows: 7 } });

  await expect(waiting).rejects.toThrow(
    'The table engine sent what cannot be read: at window.rows: expected an object, got number 7.',
  );
});

test('a window that is no longer wanted is rejected at once, and its answer dropped', async () => {
  const { table } = await createEngine().importDataset(people());
  const [worker] = workers;
  if (worker) worker.isSilent = true;
  const dropping = new AbortController();
  const window = table.readWindow(all, all, dropping.signal);

  dropping.abort();

  await expect(window).rejects.toMatchObject({ name: 'AbortError' });
  worker?.say({ type: 'request-failed', requestId: 2, message: 'late news' });
  if (worker) worker.isSilent = false;
  expect((await table.readWindow(all, all)).cells).toHaveLength(2);
  await expect(table.readWindow(all, all, dropping.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test('nothing is read from a table that was closed', async () => {
  const { table } = await createEngine().importDataset(people());

  table.close();
  table.close();

  await expect(table.readWindow(all, all)).rejects.toThrow('The table was closed.');
  await expect(table.readCell(0, 0)).rejects.toThrow('The table was closed.');
  expect(workers[0]?.commands).toEqual(['import-dataset', 'close-table']);
});

test('nothing can be asked of an engine that was closed', async () => {
  const engine = createEngine();
  const { table, file } = await engine.importDataset(people());

  engine.dispose();

  const reason = 'The table engine was closed.';
  await expect(table.readWindow(all, all)).rejects.toThrow(reason);
  await expect(engine.openTable(file)).rejects.toThrow(reason);
  await expect(engine.exportDataset(file)).rejects.toThrow(reason);
  await expect(engine.importDataset(people())).rejects.toThrow(reason);
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

test('long JSON is checked by its schema, in the worker', async () => {
  const engine = createEngine();
  const expected = { schema: { type: 'array', items: { type: 'number' } }, isNullable: false };
  const long = '1, '.repeat(100_000);
  expect(await engine.findJsonProblem(new Blob([`[${long}2]`]), expected)).toBeNull();
  expect(await engine.findJsonProblem(new Blob([`[${long}"two"]`]), expected)).toBe(
    `is [${long.slice(0, 79)}…, but 100000 should be a number, not text.`,
  );
  expect(workers.map(({ commands }) => commands)).toEqual([['check-json', 'check-json']]);
});

test('bytes in parts are made one file in the worker, and leave the page', async () => {
  const parts = ['a', 'bc', ''].map((text) => new TextEncoder().encode(text));
  const { content, hash } = await createEngine().storeParts(parts, 'video/mp4');
  expect([await content.text(), content.type, hash, ...parts.map(({ byteLength }) => byteLength)]).toEqual([
    'abc',
    'video/mp4',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ...[0, 0, 0],
  ]);
});

test('bytes are made a file in the worker, and leave the page', async () => {
  const bytes = new TextEncoder().encode('abc');
  const { content, hash } = await createEngine().storeBytes(bytes, 'video/mp4');
  expect([await content.text(), content.type, hash, bytes.byteLength]).toEqual([
    'abc',
    'video/mp4',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    0,
  ]);
});

describe('a query', () => {
  const numbers = () => build.dataset(build.int64('n', [3n, 1n, 2n]));
  const sorted = { ...wholeTable, sort: [{ column: 0, direction: 'up' }] } as const;

  test('is a table of its own, which knows where its rows stand, and is asked again of the next worker', async () => {
    const { table } = await createEngine().importDataset(numbers());
    const query = await table.query(sorted);

    const window = await query.readWindow(all, all);
    workers[0]?.die('gone');

    expect([window.cells[0]?.texts, window.rowNumbers]).toEqual([
      ['1', '2', '3'],
      [1, 2, 0],
    ]);
    expect(await query.readWindow(all, all)).toEqual(window);
    expect(workers[1]?.commands).toEqual(['open-table', 'query-table', 'read-window']);
  });

  test('is given up in the worker when it is no longer wanted', async () => {
    const { table } = await createEngine().importDataset(numbers());
    const stop = new AbortController();

    const asked = table.query(sorted, { signal: stop.signal });
    await Promise.resolve();
    stop.abort();

    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.commands).toEqual(['import-dataset', 'query-table', 'cancel']);
  });

  test('that comes as it was given up is closed in the worker', async () => {
    const { table } = await createEngine().importDataset(numbers());
    const [worker] = workers;
    if (worker) worker.isSilent = true;
    const stop = new AbortController();
    const asked = table.query(sorted, { signal: stop.signal });
    await Promise.resolve();
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    worker?.say({ type: 'table-opened', requestId: 2, tableId: 9, summary: table.summary, hitColumns: [] });
    expect(worker?.commands).toEqual(['import-dataset', 'query-table', 'cancel', 'close-table']);
  });

  test('has statistics and files of its own', async () => {
    const { table } = await createEngine().importDataset(numbers());
    const condition = { type: 'compare', operator: '>', value: '1' } as const;
    const query = await table.query({ ...wholeTable, filters: [{ column: 0, condition }] });

    const csv = { format: 'csv', columns: [0], rows: null, hasHeader: true } as const;
    expect((await query.readStatistics(0)).figures[0]).toEqual({ name: 'minimum', text: '2' });
    expect(await (await query.exportFile(csv)).text()).toBe('n\r\n3\r\n2\r\n');
  });
});
