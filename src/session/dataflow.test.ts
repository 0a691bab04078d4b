// Longer than most files: what cells take from one another when they run, told by the same few helpers.
import { describe, expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { dataset, int64 } from '../data/testing/build-dataset.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { BlobHash, CellId, JobId } from '../model/ids.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import type { JobOutput } from '../model/outputs.ts';
import type { Cell, Notebook } from '../model/notebook.ts';
import {
  buildCell,
  buildConnection,
  buildHash,
  buildInput,
  buildNotebook,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { listStates, openSession, type OpenSession } from './testing/open-session.ts';

const failed: JobEnding = { status: 'failed', error: createPlainError('exception', 'no') };

function setup(cells: readonly Cell[], connections: Notebook['connections'] = []): OpenSession {
  return openSession(buildNotebook([], { cells, connections }));
}

function states({ session }: OpenSession): string {
  return listStates(session);
}

/** Waits until the kernel has been handed a job, ends it, and waits until the cell is done with it. */
async function end({ session, kernel }: OpenSession, title: string, ending: JobEnding): Promise<void> {
  await vi.waitFor(() => {
    expect([kernel.asked.at(-1), kernel.isRunning]).toEqual([`run ${title}`, true]);
  });
  const run = session.getRun(CellId.from(title));
  kernel.end(ending);
  await vi.waitFor(() => {
    expect(run.isBusy).toBe(false);
  });
}

function put(...outputs: readonly JobOutput[]): JobEnding {
  return { status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [] } };
}

function json(handle: string, text: string): JobOutput {
  return { handle, value: { kind: 'json', text } };
}

const chain = [
  buildScriptlet('first', [], ['out']),
  buildScriptlet('second', ['in'], ['out']),
  buildScriptlet('third', ['in'], []),
];
const chainConnections = [
  buildConnection('first.out', 'second.in'),
  buildConnection('second.out', 'third.in'),
];

describe('a chain of scriptlets', () => {
  it('runs what a cell needs and is not there, and hands each what the one before put out', async () => {
    const given = setup(chain, chainConnections);
    const { session, kernel } = given;
    session.runCell(CellId.from('third'));
    expect(states(given)).toBe('first queued, second queued, third queued');
    await end(given, 'first', put(json('out', '{"n": NaN}')));
    await vi.waitFor(() => {
      expect(kernel.request).toMatchObject({ inputs: [{ handle: 'in', kind: 'json', text: '{"n": NaN}' }] });
    });
    await end(given, 'second', put(json('out', '12345678901234567890')));
    await end(given, 'third', put());
    expect(kernel.request).toMatchObject({
      inputs: [{ handle: 'in', kind: 'json', text: '12345678901234567890' }],
    });
    session.runCell(CellId.from('third'));
    await end(given, 'third', put());
    expect(kernel.asked).toEqual(['run first', 'run second', 'run third', 'run third']);
    expect(states(given)).toBe('first done, second done, third done');
  });

  it('runs first what put out something else than is connected now, where it is stale', async () => {
    const [first, second] = chain;
    if (!first || !second) throw new Error('there are cells');
    const given = setup([first, second], chainConnections.slice(0, 1));
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await end(given, 'first', put());
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    session.runCell(second.id);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    expect(states(given)).toBe('first done, second idle');
    expect(kernel.asked).toEqual(['run first']);
    session.editor.edit({ type: 'set-source', cellId: first.id, source: 'def main(): return {"out": 1}' });
    session.runCell(second.id);
    await end(given, 'first', put(json('out', '1')));
    await end(given, 'second', put());
    expect(kernel.request).toMatchObject({ inputs: [{ handle: 'in', kind: 'json', text: '1' }] });
    expect(kernel.asked).toEqual(['run first', 'run first', 'run second']);
  });

  it('does not run what depends on a failure, and says why', async () => {
    const given = setup([...chain, buildScriptlet('alone')], chainConnections);
    given.session.run({ type: 'all' });
    await end(given, 'first', failed);
    await end(given, 'alone', put());
    expect(states(given)).toBe('first failed, second idle, third idle, alone done');
    expect(given.session.getRun(CellId.from('third')).skipReason).toBe('Not run: “first” failed.');
  });

  it('says in few words which cell failed, however long its title is', async () => {
    const given = setup([...chain, buildScriptlet('alone')], chainConnections);
    const title = 'A cell with a title that leaves no room for what became of it';
    given.session.editor.edit({ type: 'rename-cell', cellId: CellId.from('first'), title });
    given.session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.kernel.end(failed);
    await end(given, 'alone', put());
    expect(given.session.getRun(CellId.from('third')).skipReason).toBe(
      'Not run: “A cell with a title that leaves…” failed.',
    );
  });

  it('loses what needs a cell that is stopped while it runs, and goes on with the rest', async () => {
    const given = setup([...chain, buildScriptlet('alone')], chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(kernel.asked).toEqual(['run first']);
    });
    session.stopCell(CellId.from('first'));
    await vi.waitFor(() => {
      expect(kernel.asked).toEqual(['run first', 'stop', 'run alone']);
    });
    expect(states(given)).toBe('first stopped, second idle, third idle, alone running');
    const reasons = ['second', 'third'].map((title) => session.getRun(CellId.from(title)).skipReason);
    expect(reasons).toEqual(Array(2).fill('Not run: “first” was stopped.'));
    await end(given, 'alone', put(json('out', '1')));
    expect(states(given)).toBe('first stopped, second idle, third idle, alone done');
  });

  it('loses what needs a cell that is removed from the queue, and says so, in its session too', async () => {
    const given = setup([buildScriptlet('alone'), ...chain], chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(kernel.asked).toEqual(['run alone']);
    });
    session.stopCell(CellId.from('first'));
    expect(states(given)).toBe('alone running, first idle, second idle, third idle');
    expect(session.queue).toEqual({ runningId: 'alone', waiting: [], position: 1, total: 1 });
    expect(session.announcement).toBe('first: removed from the queue');
    const reasons = ['first', 'second', 'third'].map(
      (title) => session.getRun(CellId.from(title)).skipReason,
    );
    expect(reasons).toEqual([
      'Not run: removed from the queue.',
      'Not run: “first” was removed from the queue.',
      'Not run: “first” was removed from the queue.',
    ]);
    await end(given, 'alone', put());
    await session.history.load();
    expect(session.history.sessions.map(({ skipped }) => skipped.map(({ title }) => title))).toEqual([
      ['first', 'second', 'third'],
    ]);
  });

  it('goes on with what a cell put out before, where that is removed from the queue', async () => {
    const given = setup([buildScriptlet('alone'), ...chain], chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await end(given, 'alone', put());
    await end(given, 'first', put(json('out', '1')));
    await end(given, 'second', put(json('out', '2')));
    await end(given, 'third', put());
    session.run({ type: 'all' });
    session.stopCell(CellId.from('first'));
    expect(session.queue).toEqual({
      runningId: 'alone',
      waiting: ['second', 'third'],
      position: 1,
      total: 3,
    });
    await end(given, 'alone', put());
    await end(given, 'second', put(json('out', '2')));
    await end(given, 'third', put());
    expect(kernel.asked.slice(4)).toEqual(['run alone', 'run second', 'run third']);
    expect(session.queue).toEqual({ runningId: null, waiting: [], position: 0, total: 0 });
  });

  it('loses only what takes a handle that was not put out, where a stale cell is removed from the queue', async () => {
    const cells = [
      buildScriptlet('alone'),
      buildScriptlet('first', [], ['out', 'other']),
      buildScriptlet('second', ['in']),
      buildScriptlet('third', ['in']),
    ];
    const given = setup(cells, [
      buildConnection('first.out', 'second.in'),
      buildConnection('first.other', 'third.in'),
    ]);
    const { session } = given;
    session.runCell(CellId.from('first'));
    await end(given, 'first', put(json('out', '1')));
    session.editor.edit({ type: 'set-source', cellId: CellId.from('first'), source: 'x = 2' });
    session.run({ type: 'all' });
    session.stopCell(CellId.from('first'));
    expect(session.queue).toMatchObject({ runningId: 'alone', waiting: ['second'] });
    expect(session.getRun(CellId.from('third')).skipReason).toBe(
      'Not run: “first” was removed from the queue.',
    );
    await end(given, 'alone', put());
    await end(given, 'second', put());
    expect(states(given)).toBe('alone done, first stale, second stale, third idle');
  });

  it('keeps those that take a value that is there, where another output of the cell went with its Python', async () => {
    const cells = [buildScriptlet('first', [], ['out', 'other']), buildScriptlet('second', ['in'])];
    const given = setup(cells, chainConnections.slice(0, 1));
    const { session, kernel } = given;
    const lock = { kind: 'variable', typeName: 'Lock', summary: '', data: null, reason: 'no' } as const;
    session.run({ type: 'all' });
    await end(
      given,
      'first',
      put(json('out', '1'), { handle: 'other', value: { ...lock, key: 'job/other' } }),
    );
    await end(given, 'second', put());
    kernel.takeOver();
    expect(states(given)).toBe('first stale, second stale');
    session.runCell(CellId.from('second'));
    await end(given, 'second', put());
    expect(kernel.asked).toEqual(['run first', 'run second', 'run second']);
  });

  it('goes stale from where its results come out otherwise, and no further', async () => {
    const given = setup(chain, chainConnections);
    const { session } = given;
    session.run({ type: 'all' });
    await end(given, 'first', put(json('out', '1')));
    await end(given, 'second', put(json('out', '2')));
    await end(given, 'third', put());
    session.editor.edit({
      type: 'set-source',
      cellId: CellId.from('first'),
      source: 'def main(): return {"out": 1}',
    });
    expect(states(given)).toBe('first stale, second stale, third stale');
    session.runCell(CellId.from('first'));
    await end(given, 'first', put(json('out', '1')));
    expect(states(given)).toBe('first done, second done, third done');
  });

  it('tells Python which objects are still named, and names one without a pickle while its Python lives', async () => {
    const given = setup(chain, chainConnections);
    const { session, kernel } = given;
    const value = {
      kind: 'variable',
      key: 'job/out',
      typeName: 'Lock',
      summary: '',
      data: null,
      reason: 'no',
    } as const;
    session.run({ type: 'all' });
    await end(given, 'first', put({ handle: 'out', value }));
    await vi.waitFor(() => {
      expect(kernel.request).toMatchObject({
        variables: ['job/out'],
        inputs: [{ handle: 'in', kind: 'variable', key: 'job/out', pickle: null }],
      });
    });
    await end(given, 'second', put(json('out', '1')));
    await end(given, 'third', put());
    expect(states(given)).toBe('first done, second done, third done');
    kernel.takeOver();
    expect(states(given)).toBe('first stale, second stale, third stale');
    session.runCell(CellId.from('second'));
    await end(given, 'first', put(json('out', '1')));
    await end(given, 'second', put(json('out', '1')));
    expect(kernel.asked.slice(3)).toEqual(['run first', 'run second']);
  });
});

describe('a plan that is made while others run', () => {
  it('has what waits already run behind what it takes from', async () => {
    const given = setup([...chain, buildScriptlet('alone')], chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await end(given, 'first', put(json('out', '1')));
    await end(given, 'second', put(json('out', '2')));
    await end(given, 'third', put());
    await end(given, 'alone', put());
    session.runCell(CellId.from('alone'));
    session.runCell(CellId.from('second'));
    session.run({ type: 'all' });
    expect(session.queue).toMatchObject({ runningId: 'alone', waiting: ['first', 'second', 'third'] });
    await end(given, 'alone', put());
    await end(given, 'first', put(json('out', '3')));
    await end(given, 'second', put(json('out', '4')));
    await end(given, 'third', put());
    expect(kernel.asked.slice(4)).toEqual(['run alone', 'run first', 'run second', 'run third']);
    expect(states(given)).toBe('first done, second done, third done, alone done');
  });

  it('runs a cell once more that runs and has changed since it began, and what depends on it', async () => {
    const given = setup(chain, chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(kernel.asked).toEqual(['run first']);
    });
    session.run({ type: 'all' });
    expect(session.queue.waiting).toEqual(['second', 'third']);
    session.editor.edit({ type: 'set-source', cellId: CellId.from('first'), source: 'x = 2' });
    session.run({ type: 'stale' });
    expect(session.queue.waiting).toEqual(['first', 'second', 'third']);
    expect(states(given)).toBe('first running, second queued, third queued');
    kernel.end(failed);
    await vi.waitFor(() => {
      expect([kernel.asked, kernel.request?.source]).toEqual([['run first', 'run first'], 'x = 2']);
    });
    await end(given, 'first', put(json('out', '1')));
    // What runs took the earlier results of what is to run again.
    await vi.waitFor(() => {
      expect(kernel.asked.at(-1)).toBe('run second');
    });
    session.run({ type: 'all' });
    expect(session.queue.waiting).toEqual(['first', 'second', 'third']);
    session.stopCell(CellId.from('second'));
    expect(session.queue.waiting).toEqual(['first', 'third']);
    await end(given, 'first', put(json('out', '1')));
    expect(states(given)).toBe('first done, second stopped, third idle');
  });
});

describe('an object without a pickle', () => {
  function putObject(key: string): JobEnding {
    const plain = { kind: 'variable', typeName: 'Lock', summary: '', data: null, reason: 'no' } as const;
    return put({ handle: 'out', value: { ...plain, key } });
  }

  it('is gone when Python was told of newer ones alone, also where an earlier session is put back', async () => {
    const given = setup(chain.slice(0, 2), chainConnections.slice(0, 1));
    const { session, kernel } = given;
    session.runCell(CellId.from('first'));
    await end(given, 'first', putObject('job 1/out'));
    const firstId = session.getRun(CellId.from('first')).lastJob?.id ?? JobId.create();
    session.runCell(CellId.from('first'));
    await end(given, 'first', putObject('job 2/out'));
    session.runCell(CellId.from('second'));
    await end(given, 'second', put());
    await vi.waitFor(() => {
      expect(session.history.sessions.length).toBe(3);
    });
    const earliest = session.history.sessions.find(({ jobIds }) => jobIds.includes(firstId));
    if (!earliest) throw new Error('the first session is kept');
    expect(await session.restore(earliest)).toBeNull();
    expect(states(given)).toBe('first stale, second stale');
    session.runCell(CellId.from('second'));
    await end(given, 'first', putObject('job 3/out'));
    await end(given, 'second', put());
    expect(kernel.request).toMatchObject({ inputs: [{ key: 'job 3/out' }] });
  });

  it('is gone when others ran while its cell was deleted', async () => {
    const given = setup([...chain.slice(0, 2), buildScriptlet('alone')], chainConnections.slice(0, 1));
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await end(given, 'first', putObject('job 1/out'));
    await end(given, 'second', put());
    await end(given, 'alone', put());
    const [first] = session.notebook.cells;
    if (!first) throw new Error('there are cells');
    session.editor.deleteCell(first);
    session.editor.undo();
    expect(states(given)).toBe('first done, second done, alone done');
    session.editor.deleteCell(first);
    session.runCell(CellId.from('alone'));
    await end(given, 'alone', put());
    expect(kernel.request?.variables).toEqual([]);
    session.editor.undo();
    expect(states(given)).toBe('first stale, second stale, alone done');
  });
});

describe('an object that a job takes', () => {
  it('is handed over though its cell was deleted since it was looked up', async () => {
    const given = setup(chain.slice(0, 2), chainConnections.slice(0, 1));
    const { session, kernel } = given;
    const plain = { kind: 'variable', typeName: 'Lock', summary: '', data: null, reason: 'no' } as const;
    session.runCell(CellId.from('first'));
    await end(given, 'first', put({ handle: 'out', value: { ...plain, key: 'job/out' } }));
    session.runCell(CellId.from('second'));
    const [first] = session.notebook.cells;
    if (!first) throw new Error('there are cells');
    session.editor.deleteCell(first);
    await end(given, 'second', put());
    expect(kernel.request).toMatchObject({
      variables: ['job/out'],
      inputs: [{ handle: 'in', kind: 'variable', key: 'job/out', pickle: null }],
    });
    // Python has it still.
    session.editor.undo();
    expect(states(given)).toBe('first done, second done');
  });
});

describe('an input', () => {
  it('is its value, else its default, else null where that may be', async () => {
    const inputs = [
      buildInput('value', { value: { kind: 'json', text: '1' }, defaultValue: '2' }),
      buildInput('default', { defaultValue: '2' }),
      buildInput('nothing', { isNullable: true }),
      buildInput('secret', { value: { kind: 'secret', text: 'hush' } }),
    ];
    const given = setup([buildScriptlet('cell', inputs)]);
    given.session.runCell(CellId.from('cell'));
    await end(given, 'cell', put());
    expect(given.kernel.request).toMatchObject({
      inputs: [
        { handle: 'value', kind: 'json', text: '1' },
        { handle: 'default', kind: 'json', text: '2' },
        { handle: 'secret', kind: 'secret', text: 'hush' },
      ],
    });
  });

  it('of bytes is the content of a file, and one of anything may be a dataset that was chosen', async () => {
    const { kernel, storage, session, ...rest } = setup([
      buildScriptlet('cell', [
        buildInput('photo', {
          schema: { contentMediaType: 'oomol/bin' },
          value: { kind: 'json', text: '"/notebook/photo.png"' },
        }),
        buildInput('rows'),
      ]),
    ]);
    await session.files.add([new File(['pixels'], 'photo.png')]);
    const tables = new TableEngine(() => new FakeTableWorker());
    const { table, file, sha256, summary, byteSize } = await tables.importDataset(dataset(int64('n', [1n])));
    table.close();
    const chosen = { title: 'Sales: result', summary, blob: BlobHash.from(sha256), byteSize };
    await storage.saveNotebook(session.notebook, [{ hash: chosen.blob, content: file }]);
    expect(await session.datasets.choose(CellId.from('cell'), 'rows', chosen)).toBeNull();
    session.runCell(CellId.from('cell'));
    await end({ kernel, storage, session, ...rest }, 'cell', put());
    const inputs = kernel.request?.kind === 'scriptlet' ? kernel.request.inputs : [];
    expect(inputs).toMatchObject([
      { handle: 'photo', kind: 'binary' },
      { handle: 'rows', kind: 'dataset', dataset: { rowCount: 1, columns: [{ name: 'n', type: 'int64' }] } },
    ]);
    const [photo] = inputs;
    expect(photo?.kind === 'binary' && (await photo.content.text())).toBe('pixels');
    expect(kernel.request?.neededPackages).toEqual(['pandas']);
    expect(states({ kernel, storage, session, ...rest })).toBe('cell done');
    await session.files.add([new File(['other pixels'], 'photo.png')]);
    expect(states({ kernel, storage, session, ...rest })).toBe('cell stale');
    expect(rest.notices.list.map(({ text }) => text)).toEqual(['The file photo.png was replaced.']);
  });

  it('that is a secret is stored with the notebook alone', async () => {
    const input = buildInput('key', {
      schema: { contentMediaType: 'oomol/secret' },
      value: { kind: 'secret', text: 'hush-hush' },
    });
    const given = setup([buildScriptlet('cell', [input], ['out'])]);
    const stored = [
      vi.spyOn(given.storage, 'commitJob'),
      vi.spyOn(given.storage, 'saveSession'),
      vi.spyOn(given.storage, 'saveSetting'),
    ];
    given.session.runCell(CellId.from('cell'));
    await end(given, 'cell', put(json('out', '1')));
    given.session.runCell(CellId.from('cell'));
    await end(given, 'cell', failed);
    expect(JSON.stringify(given.kernel.request)).toContain('hush-hush');
    expect(stored[0]).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(stored.map(({ mock }) => mock.calls))).not.toContain('hush-hush');
    given.session.editor.removeHandle(
      { type: 'set-handles', cellId: CellId.from('cell'), inputs: [], outputs: [], connections: [] },
      'key',
    );
    expect(given.notices.list.map(({ text }) => text)).toEqual(['“key” was removed.']);
  });

  it.each<[string, Cell, string]>([
    [
      'whose file is gone',
      buildScriptlet('cell', [
        buildInput('photo', {
          schema: { contentMediaType: 'oomol/bin' },
          value: { kind: 'json', text: '"/notebook/photo.png"' },
        }),
      ]),
      'The input “photo” takes bytes, and "/notebook/photo.png" is no file of this notebook. Choose a file for it in the configuration of the cell.',
    ],
    [
      'whose dataset is gone',
      buildScriptlet('cell', [
        buildInput('rows', {
          value: {
            kind: 'dataset',
            title: 'Sales: result',
            summary: { rowCount: 0, columns: [] },
            blob: buildHash('a'),
            byteSize: 1,
          },
        }),
      ]),
      "The input “rows” cannot be had: The dataset “Sales: result” is missing from this browser's storage. Choose it anew in the configuration of the cell.",
    ],
    [
      'that is missing',
      buildScriptlet('cell', ['rows']),
      'The input “rows” is missing: it is not connected and has neither a value nor a default. Connect it or give it a value in the configuration of the cell, or allow null.',
    ],
    [
      'that does not fit',
      buildScriptlet('cell', [
        buildInput('count', { schema: { type: 'number' }, value: { kind: 'json', text: '"two"' } }),
      ]),
      'The input “count” does not fit: Its value is "two", but should be a number, not text.',
    ],
  ])('%s is named, and nothing is run', async (_what, cell, message) => {
    const given = setup([cell]);
    given.session.runCell(cell.id);
    const run = given.session.getRun(cell.id);
    await vi.waitFor(() => {
      expect(run.lastJob?.outcome).toEqual({ status: 'failed', error: createPlainError('rule', message) });
    });
    expect(given.kernel.asked).toEqual([]);
  });

  it('is checked by its schema however long it is', async () => {
    const input = buildInput('in', { schema: { type: 'array', items: { type: 'number' } } });
    const cells = [buildScriptlet('first', [], ['out']), buildScriptlet('second', [input])];
    const given = setup(cells, chainConnections.slice(0, 1));
    given.session.run({ type: 'all' });
    await end(given, 'first', put(json('out', `[${'1, '.repeat(10_000)}"two"]`)));
    const run = given.session.getRun(CellId.from('second'));
    await vi.waitFor(() => {
      expect(JSON.stringify(run.lastJob?.outcome)).toContain('The input “in” does not fit');
    });
    expect(given.kernel.asked).toEqual(['run first']);
  });

  it('that gets nothing keeps its cell from being run and what depends on it, which the session tells', async () => {
    const given = setup([...chain, buildScriptlet('alone')], chainConnections);
    const { session, kernel } = given;
    session.run({ type: 'all' });
    await end(given, 'first', put());
    await end(given, 'alone', put());
    expect(kernel.asked).toEqual(['run first', 'run alone']);
    expect(states(given)).toBe('first done, second idle, third idle, alone done');
    await vi.waitFor(() => {
      expect(session.history.sessions.length).toBe(1);
    });
    const reasons = [
      'Not run: “first” put out nothing on “out”, and the input “in” needs it. Give it a value of its own, or allow null.',
      'Not run: “second” was not run.',
    ];
    const [second, third] = session.notebook.cells.slice(1).map(({ id }) => session.getRun(id));
    expect([second?.skipReason, third?.skipReason]).toEqual(reasons);
    expect(session.history.sessions[0]?.skipped.map(({ title, reason }) => [title, reason])).toEqual([
      ['second', reasons[0]],
      ['third', reasons[1]],
    ]);
  });

  it('that gets nothing has its cell looked at again when that is to be run at once', async () => {
    const given = setup(chain.slice(0, 2), chainConnections.slice(0, 1));
    const { session } = given;
    session.runCell(CellId.from('first'));
    await end(given, 'first', put());
    const { id } = session.getRun(CellId.from('first')).lastJob ?? {};
    for (let time = 0; time < 2; time += 1) {
      session.runCell(CellId.from('second'));
      expect(session.queue.waiting).toEqual(time === 0 ? [] : ['second']);
    }
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    expect(session.getRun(CellId.from('second')).skipReason).toContain('the input “in” needs it');
    expect(session.getRun(CellId.from('first')).lastJob?.id).toBe(id);
  });

  it('that gets nothing may be null, or have a default, and its cell is run', async () => {
    const inputs = [buildInput('null', { isNullable: true }), buildInput('default', { defaultValue: '1' })];
    const cells = [buildScriptlet('first', [], ['out']), buildScriptlet('second', inputs)];
    const given = setup(
      cells,
      ['second.null', 'second.default'].map((to) => buildConnection('first.out', to)),
    );
    given.session.run({ type: 'all' });
    await end(given, 'first', put());
    await end(given, 'second', put());
    expect(given.kernel.request).toMatchObject({ inputs: [{ handle: 'default', kind: 'json', text: '1' }] });
    expect(states(given)).toBe('first done, second done');
  });
});

describe('what a job shows', () => {
  it('is there while it runs, in its place where the id is the same, and is kept when it fails', async () => {
    const given = setup([buildScriptlet('cell')]);
    const { session, kernel, storage } = given;
    const cellId = CellId.from('cell');
    session.runCell(cellId);
    await vi.waitFor(() => {
      expect(kernel.asked).toEqual(['run cell']);
    });
    const show = (id: string | null, text: string): void => {
      kernel.preview({ id, time: 1, content: { type: 'markdown', text: new TextEncoder().encode(text) } });
    };
    show('a', 'one');
    show(null, 'two');
    show('a', 'three');
    kernel.progress(50);
    const run = session.getRun(cellId);
    expect(run.phase).toMatchObject({ phase: 'running', progress: 50 });
    const read = async (): Promise<string[]> =>
      await Promise.all(
        run.previews.list.map(async ({ content }) =>
          content.type === 'markdown'
            ? (await session.results.readValue(cellId, content.text, 'it')).text()
            : '',
        ),
      );
    await vi.waitFor(async () => {
      expect(await read()).toEqual(['three', 'two']);
    });
    kernel.end(failed);
    await vi.waitFor(() => {
      expect(run.isBusy).toBe(false);
    });
    const [job] = (await storage.loadJobs(session.notebook.id)).values;
    expect(job?.previews.map(({ id, content }) => [id, content.type])).toEqual([
      ['a', 'markdown'],
      [null, 'markdown'],
    ]);
    expect(await read()).toEqual(['three', 'two']);
  });
});

describe('a preview that cannot be read', () => {
  it('is told in the log, and the others are shown', async () => {
    const given = setup([buildScriptlet('cell')]);
    const { session, kernel } = given;
    const cellId = CellId.from('cell');
    session.runCell(cellId);
    await vi.waitFor(() => {
      expect(kernel.isRunning).toBe(true);
    });
    const table = { rowCount: 2 ** 31, columns: [] };
    kernel.preview({ id: null, time: 5, content: { type: 'table', table, rowCount: 0, isShortened: false } });
    kernel.preview({ id: null, time: 6, content: { type: 'json', text: new TextEncoder().encode('1') } });
    await end(given, 'cell', put());
    const run = session.getRun(cellId);
    expect(run.lastJob?.previews.map(({ content }) => content.type)).toEqual(['json']);
    expect(run.log.shown.lines.map(({ text }) => text)).toEqual([
      'A preview of type table cannot be shown: The dataset has 2147483648 rows, more than a table can hold.',
    ]);
  });
});

describe('connecting', () => {
  it('refuses a circle and names it', () => {
    const { session } = setup(chain, chainConnections);
    expect(session.editor.connect(buildConnection('third.out', 'second.in'))).toBe(
      'That would close a circle: “second” → “third” → “second”.',
    );
    expect(session.notebook.connections).toEqual(chainConnections);
  });

  it('tells of the last refusal only, until another is connected or the notebook is left', () => {
    const { session, notices } = setup(chain, []);
    const texts = (): string[] => notices.list.map(({ text }) => text);
    session.editor.connectOrTell(buildConnection('second.out', 'second.in'));
    session.editor.connectOrTell(buildConnection('third.out', 'third.in'));
    expect(texts()).toEqual(['That would close a circle: “third” → “third”.']);
    session.editor.connectOrTell(buildConnection('first.out', 'second.in'));
    expect(texts()).toEqual([]);
    session.editor.connectOrTell(buildConnection('third.out', 'third.in'));
    session.editor.dispose();
    expect(texts()).toEqual([]);
  });

  it('tells what an input was connected to that something else was dropped on, and brings that back', () => {
    const other = buildScriptlet('other', [], ['out']);
    const { session, notices } = setup([...chain, other], chainConnections);
    session.editor.connectOrTell(buildConnection('other.out', 'second.in'));
    expect(notices.list.map(({ text }) => text)).toEqual([
      '“in” of “second” was connected to “out” of “first”.',
    ]);
    expect([...session.notebook.connections].map(({ from }) => from.cellId).sort()).toEqual([
      'other',
      'second',
    ]);
    notices.list.at(-1)?.action?.run();
    expect(session.notebook.connections).toEqual(expect.arrayContaining(chainConnections));
    expect(session.notebook.connections.length).toBe(2);
  });

  it('tells nothing where an input is dropped on what it is connected to, and why where it cannot be', () => {
    const { session, notices } = setup(chain, chainConnections);
    session.editor.connectOrTell(buildConnection('first.out', 'second.in'));
    expect([notices.list, session.notebook.connections]).toEqual([[], chainConnections]);
    session.editor.connectOrTell(buildConnection('third.out', 'second.in'));
    expect(notices.list.map(({ text }) => text)).toEqual([
      'That would close a circle: “second” → “third” → “second”.',
    ]);
    expect(session.notebook.connections).toEqual(chainConnections);
  });

  it('says what breaks when an end goes, and brings it back', () => {
    const { session, notices } = setup([...chain, buildCell('data')], chainConnections);
    const first = session.notebook.cells[0];
    if (!first) throw new Error('there are cells');
    session.editor.deleteCell(first);
    expect(notices.list.map(({ text }) => text)).toEqual(['“first” was deleted. “second” took from it.']);
    session.editor.undo();
    expect(session.notebook.connections.length).toBe(2);
  });
});
