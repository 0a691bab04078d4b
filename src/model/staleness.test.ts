// Longer than most files: each kind of change that makes a cell stale, on the same notebook.
import { standardGenerating } from './data-generator.ts';
import { describe, expect, it } from 'vitest';
import { describeSeenBlock } from './block-looks.ts';
import { describeDownstream } from './downstream-looks.ts';
import type { CellId } from './ids.ts';
import { isDone, type Job } from './job.ts';
import type { JobInput } from './job-inputs.ts';
import { noKnownModels, type KnownModels } from './known-models.ts';
import { isProcessor, type Notebook } from './notebook.ts';
import type { StoredOutput } from './outputs.ts';
import { describePackages, listOwnPackages } from './own-packages.ts';
import { createSecretHash } from './secret-hash.ts';
import { describeBlocks, describeInputs, listChangedCells, type CellJobs } from './staleness.ts';
import { buildLoadingCell, buildModel, buildVersion } from './testing/build-models.ts';
import {
  buildCell,
  buildConnection,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildNotebookWheel,
  buildOutput,
  buildScriptlet,
} from './testing/builders.ts';

const data = buildCell('data');
const count = buildScriptlet('count', ['rows', buildInput('factor', { defaultValue: '1' })], ['result']);
const report = buildScriptlet('report', ['result'], []);
const notebook = buildNotebook([], {
  cells: [data, count, report],
  connections: [
    buildConnection('data.output', 'count.rows'),
    buildConnection('count.result', 'report.result'),
  ],
});

const hashSecret = createSecretHash('salt');

function put(outputs: readonly StoredOutput[]): Partial<Job> {
  return { outcome: { status: 'done', outputs, images: [] } };
}

/** Runs all cells one after the other, so that each took what those before it had put out. */
function runAll(result: StoredOutput): Map<CellId, CellJobs> {
  const jobs = new Map<CellId, CellJobs>();
  const outputs = [[buildOutput('output', buildHash('1'))], [result], []];
  for (const [index, cell] of notebook.cells.filter(isProcessor).entries()) {
    const inputs = describeInputs(cell, notebook, { findJobs: (id) => find(jobs, id), hashSecret });
    keep(jobs, buildJob(cell, 1_000 + index, { inputs, ...put(outputs[index] ?? []) }));
  }
  return jobs;
}

function keep(jobs: Map<CellId, CellJobs>, job: Job): void {
  jobs.set(job.cellId, { lastJob: job, doneJob: isDone(job) ? job : null });
}

function find(jobs: ReadonlyMap<CellId, CellJobs>, cellId: CellId): CellJobs {
  return jobs.get(cellId) ?? { lastJob: null, doneJob: null };
}

const json: StoredOutput = { kind: 'json', handle: 'result', text: '2', blob: buildHash('2'), byteSize: 1 };

function changedAfter(
  change: (jobs: Map<CellId, CellJobs>) => Notebook | undefined,
  result = json,
  keys = ['job/result'],
): string[] {
  const jobs = runAll(result);
  const changed = change(jobs) ?? notebook;
  return [
    ...listChangedCells(
      changed,
      {
        findJobs: (id) => find(jobs, id),
        findSchema: () => null,
        hashSecret,
        getKnownModels: () => noKnownModels,
      },
      { kernelId: 'kernel 1', keys: new Set(keys) },
    ),
  ];
}

function replace(cell: Notebook['cells'][number]): Notebook {
  return { ...notebook, cells: notebook.cells.map((other) => (other.id === cell.id ? cell : other)) };
}

describe('a cell is stale', () => {
  it('with its source, and what depends on it is, too', () => {
    expect(changedAfter(() => replace({ ...count, source: 'x = 2' }))).toEqual(['count', 'report']);
    expect(changedAfter(() => replace({ ...report, source: 'x = 2' }))).toEqual(['report']);
  });

  it('with its configuration, but not with its timeout', () => {
    const configuration = { timeoutSeconds: 1, ...standardGenerating };
    expect(changedAfter(() => replace({ ...data, configuration }))).toEqual([]);
    expect(
      changedAfter(() =>
        replace({ ...data, configuration: { ...configuration, generateEmptyDataset: true } }),
      ),
    ).toEqual(['data', 'count', 'report']);
  });

  it('with a handle, but not with the words about it', () => {
    const [rows, factor] = count.inputs;
    if (!rows || !factor) throw new Error('there are two');
    const described = { ...count, inputs: [{ ...rows, description: 'All rows' }, factor] };
    expect(changedAfter(() => replace(described))).toEqual([]);
    const typed = { ...count, inputs: [{ ...rows, schema: { type: 'array' } }, factor] };
    expect(changedAfter(() => replace(typed))).toEqual(['count', 'report']);
  });

  it('with a value of an input, until it is set back', () => {
    const [rows, factor] = count.inputs;
    if (!rows || !factor) throw new Error('there are two');
    const value = { kind: 'json', text: '3' } as const;
    expect(changedAfter(() => replace({ ...count, inputs: [rows, { ...factor, value }] }))).toEqual([
      'count',
      'report',
    ]);
    const same = { kind: 'json', text: '1' } as const;
    expect(changedAfter(() => replace({ ...count, inputs: [rows, { ...factor, value: same }] }))).toEqual([]);
  });

  it('with a connection', () => {
    expect(changedAfter(() => ({ ...notebook, connections: [] }))).toEqual(['count', 'report']);
  });

  it('when what it took has changed since, and not when it came out the same', () => {
    const rerun = (digit: string) => (jobs: Map<CellId, CellJobs>) => {
      keep(jobs, buildJob(data, 5_000, put([buildOutput('output', buildHash(digit))])));
      return undefined;
    };
    expect(changedAfter(rerun('9'))).toEqual(['count', 'report']);
    expect(changedAfter(rerun('1'))).toEqual([]);
  });

  it('when an object that it put out, and that has no pickle, went with its Python, or was let go by it', () => {
    const variable = (kernelId: string): StoredOutput => ({
      kind: 'variable',
      handle: 'result',
      key: 'job/result',
      typeName: 'Lock',
      summary: '<lock>',
      pickle: null,
      reason: 'It cannot be pickled.',
      kernelId,
    });
    expect(changedAfter(() => undefined, variable('kernel 1'))).toEqual([]);
    expect(changedAfter(() => undefined, variable('kernel 0'))).toEqual(['count', 'report']);
    expect(changedAfter(() => undefined, variable('kernel 1'), [])).toEqual(['count', 'report']);
  });

  it('when what it took is sent to others now, and where it got nothing, when it gets something', () => {
    const runCount = (jobs: Map<CellId, CellJobs>, output: StoredOutput): undefined => {
      const inputs = describeInputs(count, notebook, { findJobs: (id) => find(jobs, id), hashSecret });
      keep(jobs, buildJob(count, 5_000, { inputs, ...put([output]) }));
    };
    const other = { ...json, targets: [{ nodeId: 'other', title: 'other', inputHandle: 'result' }] };
    const named = { ...json, targets: [{ nodeId: 'report', title: 'report', inputHandle: 'result' }] };
    expect(changedAfter((jobs) => runCount(jobs, other))).toEqual(['report']);
    expect(changedAfter((jobs) => runCount(jobs, named))).toEqual([]);
    expect(changedAfter(() => undefined, other)).toEqual([]);
    expect(changedAfter((jobs) => runCount(jobs, other), other)).toEqual([]);
    expect(changedAfter((jobs) => runCount(jobs, named), other)).toEqual(['report']);
  });

  it('with the script, a value or the title of a cell that it ran through run_block, and without that cell', () => {
    const ranBlocks = describeBlocks([count.id], notebook, hashSecret);
    const run = (changed: Notebook) => (jobs: Map<CellId, CellJobs>) => {
      keep(jobs, buildJob(data, 5_000, { ...put([buildOutput('output', buildHash('1'))]), ranBlocks }));
      return changed;
    };
    const [rows, factor] = count.inputs;
    if (!rows || !factor) throw new Error('there are two');
    const valued = { ...count, inputs: [rows, { ...factor, value: { kind: 'json', text: '3' } as const }] };
    expect(changedAfter(run(notebook))).toEqual([]);
    // Scripts find it by its title, too.
    expect(changedAfter(run(replace({ ...count, title: 'other' })))).toContain('data');
    expect(changedAfter(run(replace({ ...count, source: 'x = 2' })))).toContain('data');
    expect(changedAfter(run(replace(valued)))).toContain('data');
    expect(changedAfter(run({ ...notebook, cells: [data, report], connections: [] }))).toContain('data');
  });

  it('when a file came since that an import of it would find, and with none that it would not', () => {
    const absentModules = ['helpers', 'helpers/deep', 'shapes/__init__'];
    const add = (path: string): readonly string[] =>
      changedAfter((jobs) => {
        keep(jobs, buildJob(data, 5_000, { ...put([buildOutput('output', buildHash('1'))]), absentModules }));
        return { ...notebook, files: [{ path, blob: buildHash('f'), byteSize: 1 }] };
      });
    for (const path of [
      'helpers.py',
      'helpers/__init__.py',
      'helpers/deep.py',
      'helpers/deep/__init__.py',
      'shapes/__init__.py',
    ]) {
      expect(add(path)).toContain('data');
    }
    for (const path of ['helpers', 'helpers.csv', 'helpers/other.py', 'shapes.py', 'deep.py']) {
      expect(add(path)).toEqual([]);
    }
  });

  it('when a package of the notebook that it used is another one now, or gone', () => {
    const before = { ...notebook, requirements: 'six', wheels: [buildNotebookWheel('shapes', '5')] };
    const use = (changed: Notebook) => (jobs: Map<CellId, CellJobs>) => {
      const ownPackages = describePackages(listOwnPackages(before), ['shapes']);
      keep(jobs, buildJob(data, 5_000, { ...put([buildOutput('output', buildHash('1'))]), ownPackages }));
      return changed;
    };
    expect(changedAfter(use(before))).toEqual([]);
    expect(changedAfter(use({ ...before, requirements: '' }))).toEqual([]);
    expect(changedAfter(use({ ...before, wheels: [] }))).toContain('data');
    expect(changedAfter(use({ ...before, wheels: [buildNotebookWheel('shapes', '6')] }))).toContain('data');
  });

  it('when it asked about a scriptlet, and would be told something else now', () => {
    const ask = (changed: Notebook) => (jobs: Map<CellId, CellJobs>) => {
      const seenBlocks = [describeSeenBlock('report', notebook)];
      keep(jobs, buildJob(data, 5_000, { ...put([buildOutput('output', buildHash('1'))]), seenBlocks }));
      return changed;
    };
    expect(changedAfter(ask(notebook))).toEqual([]);
    expect(changedAfter(ask(replace({ ...count, description: 'other' })))).toEqual([]);
    expect(changedAfter(ask(replace({ ...report, description: 'other' })))).toContain('data');
  });

  it('when it looked at what its outputs lead to, and would see something else now', () => {
    const chart = buildScriptlet('chart', ['rows']);
    const wider = { ...notebook, cells: [data, count, report, chart] };
    const added = buildConnection('count.result', 'chart.rows');
    const changes: Record<string, Notebook> = {
      same: { ...wider, connections: notebook.connections.toReversed() },
      added: { ...wider, connections: [...notebook.connections, added] },
      elsewhere: {
        ...wider,
        connections: [...notebook.connections, buildConnection('data.other', 'chart.rows')],
      },
      removed: { ...wider, connections: notebook.connections.slice(0, 1) },
      renamed: replace({ ...report, title: 'other' }),
      described: replace({ ...report, description: 'other' }),
      typed: replace({
        ...report,
        inputs: report.inputs.map((input) => ({ ...input, schema: { type: 'null' } })),
      }),
      'given a value': replace({
        ...report,
        inputs: [buildInput('result', { value: { kind: 'json', text: '1' } })],
      }),
    };
    const looks = {
      none: [],
      'by id': [{ handle: 'result', isByTitle: false, isDescribed: false }],
      'by title': [{ handle: 'result', isByTitle: true, isDescribed: false }],
      described: [{ handle: 'result', isByTitle: false, isDescribed: true }],
      'at another': [{ handle: 'more', isByTitle: true, isDescribed: true }],
    };
    const changed = Object.values(looks).map((each) => {
      const downstream = each.map((look) => describeDownstream(look, count.id, notebook));
      return Object.keys(changes).filter((name) =>
        changedAfter((jobs) => {
          const inputs = describeInputs(count, notebook, { findJobs: (id) => find(jobs, id), hashSecret });
          keep(jobs, buildJob(count, 1_000, { inputs, downstream, ...put([json]) }));
          return changes[name];
        }).includes('count'),
      );
    });
    expect(Object.fromEntries(Object.keys(looks).map((name, index) => [name, changed[index]]))).toEqual({
      none: [],
      'by id': ['added', 'removed'],
      'by title': ['added', 'removed', 'renamed'],
      described: ['added', 'removed', 'described', 'typed'],
      'at another': [],
    });
  });

  it('when it is connected to one that was never done, or to one that has something for it', () => {
    const fresh = buildScriptlet('fresh', [], ['out']);
    const connect = (from: string): Notebook => ({
      ...notebook,
      cells: [...notebook.cells, fresh],
      connections: [...notebook.connections, buildConnection(from, 'count.factor')],
    });
    const run = (outputs: readonly StoredOutput[]) => (jobs: Map<CellId, CellJobs>) => {
      keep(jobs, buildJob(fresh, 5_000, put(outputs)));
      return connect('fresh.out');
    };
    expect(changedAfter(() => connect('fresh.out'))).toEqual(['count', 'report']);
    expect(changedAfter(run([{ ...json, handle: 'out' }]))).toEqual(['count', 'report']);
    // It would take its default still.
    expect(changedAfter(run([]))).toEqual([]);
  });

  it('only once it is known which models there are', () => {
    const cell = buildLoadingCell('predict', 'iris');
    const job = buildJob(cell, 1_000);
    const known = { models: [buildModel('iris')], versions: [buildVersion('iris', 1)], groups: [] };
    const list = (getKnownModels: () => KnownModels | null) => [
      ...listChangedCells(
        buildNotebook([], { cells: [cell] }),
        {
          findJobs: () => ({ lastJob: job, doneJob: isDone(job) ? job : null }),
          findSchema: () => null,
          hashSecret,
          getKnownModels,
        },
        { kernelId: null, keys: new Set() },
      ),
    ];
    expect([list(() => null), list(() => known)]).toEqual([[], [cell.id]]);
  });

  it('never before it was done', () => {
    expect(
      listChangedCells(
        notebook,
        {
          findJobs: (id) => find(new Map(), id),
          findSchema: () => null,
          hashSecret,
          getKnownModels: () => noKnownModels,
        },
        { kernelId: null, keys: new Set() },
      ).size,
    ).toBe(0);
  });
});

describe('what a job takes', () => {
  it('is what was sent to its input, else what was sent to all, and never what was sent to others', () => {
    const send = (digit: string, ...targets: readonly string[][]): StoredOutput => ({
      ...buildOutput('result', buildHash(digit)),
      targets: targets.map(([nodeId = '', inputHandle = '']) => ({ nodeId, title: '', inputHandle })),
    });
    const take = (...outputs: readonly StoredOutput[]): (string | undefined)[] => {
      const jobs = new Map<CellId, CellJobs>();
      keep(jobs, buildJob(count, 1_000, put(outputs)));
      return describeInputs(report, notebook, { findJobs: (id) => find(jobs, id), hashSecret }).map(
        ({ hash }) => hash[0],
      );
    };
    const toAll = buildOutput('result', buildHash('a'));
    const toReport = send('b', ['other', 'result'], ['report', 'result']);
    const toOthers = send('c', ['other', 'result'], ['report', 'other']);
    expect(take(toAll, toReport, toOthers)).toEqual(['b']);
    expect(take(toOthers, toReport, toAll)).toEqual(['b']);
    expect(take(toOthers, toAll)).toEqual(['a']);
    expect(take(toOthers, send('d'))).toEqual([]);
  });

  it('is the value of the connection, else the one that was set, else the default', () => {
    const jobs = runAll(json);
    const job = find(jobs, data.id).lastJob;
    const from = { type: 'connection', cellId: data.id, handle: 'output', jobId: job?.id } as const;
    const names = ({ handle, from: origin }: JobInput): unknown[] => [handle, origin];
    expect(
      describeInputs(count, notebook, { findJobs: (id) => find(jobs, id), hashSecret }).map(names),
    ).toEqual([
      ['rows', from],
      ['factor', { type: 'default' }],
    ]);
    const nothing = new Map<CellId, CellJobs>();
    expect(
      describeInputs(count, notebook, { findJobs: (id) => find(nothing, id), hashSecret }).map(names),
    ).toEqual([['factor', { type: 'default' }]]);
  });

  it('is told of a secret by a hash of the workspace, be it set, written as JSON or declared', () => {
    const secret = { schema: { contentMediaType: 'oomol/secret' } };
    const inputs = [
      buildInput('set', { value: { kind: 'secret', text: 'hush' } }),
      buildInput('written', { ...secret, value: { kind: 'json', text: 'hush' } }),
      buildInput('declared', { ...secret, defaultValue: 'hush' }),
    ];
    const cell = buildScriptlet('signed', inputs);
    const none = (): CellJobs => ({ lastJob: null, doneJob: null });
    const hashes = describeInputs(cell, notebook, { findJobs: none, hashSecret }).map(({ hash }) => hash);
    expect(hashes).toEqual(inputs.map(() => hashSecret('hush')));
  });
});
