import { succeed } from '../shared/result.ts';
import { expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { dataset, int64 } from '../data/testing/build-dataset.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import type { DownstreamLook } from '../model/downstream-looks.ts';
import { CellId } from '../model/ids.ts';
import { noKnownModels } from '../model/known-models.ts';
import type { JobOutput, OutputTarget } from '../model/outputs.ts';
import {
  buildConnection,
  buildInput,
  buildNotebook,
  buildScriptlet,
  buildProfile,
} from '../model/testing/builders.ts';
import { createSecretHash } from '../model/secret-hash.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { ModelRenames } from './ModelRenames.ts';
import { Notices } from './Notices.svelte.ts';
import { NotebookSession } from './NotebookSession.svelte.ts';

const cells = [
  buildScriptlet('source', [], ['out']),
  {
    ...buildScriptlet('left', ['in', buildInput('more', { defaultValue: '0' })]),
    flowNode: { nodeId: '+left', task: null },
  },
  buildScriptlet('right', ['in']),
];

/** A notebook whose first cell leads to three inputs of two others. */
class Setup {
  readonly kernel = new FakeKernel();
  readonly storage = new MemoryStorage();
  /** At which of its connections a job says that it looked. */
  looks: readonly DownstreamLook[] = [];
  readonly session: NotebookSession = new NotebookSession(
    buildNotebook([], {
      cells,
      connections: ['left.in', 'left.more', 'right.in'].map((to) => buildConnection('source.out', to)),
    }),
    { jobs: [], checkpoints: [], wheels: new Map() },
    {
      storage: this.storage,
      tables: new TableEngine(() => new FakeTableWorker()),
      notices: new Notices(),
      createKernel: () => this.kernel,
      fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
      findSchema: () => null,
      hashSecret: createSecretHash('salt'),
      getActiveProfile: () => buildProfile('Ada'),
      createAuthorization: () => Promise.resolve(succeed('Bearer token')),
      renames: new ModelRenames(),
      getKnownModels: () => noKnownModels,
      onModelsSaved: () => undefined,
      onChange: () => undefined,
      onEdited: () => undefined,
      askForFiles: () => Promise.resolve(null),
      save: () => undefined,
      takeBack: () => undefined,
      isReadOnly: () => false,
      describeDistrust: () => null,
      onStored: () => undefined,
      onJobEnd: () => undefined,
      onIdle: () => undefined,
    },
  );

  /** Runs a cell, which puts this out, and gives what it got, or why it was not run. */
  async run(title: string, ...outputs: readonly JobOutput[]): Promise<unknown> {
    const run = this.session.getRun(CellId.from(title));
    const countBefore = this.kernel.asked.length;
    this.session.runCell(CellId.from(title));
    await vi.waitFor(() => {
      expect(run.phase.phase === 'running' ? this.kernel.isRunning : !run.isBusy).toBe(true);
    });
    if (this.kernel.asked.length === countBefore) return run.skipReason;
    const products = { outputs, images: [], modules: [], ranBlocks: [], downstream: this.looks };
    this.kernel.end({ status: 'done', products });
    await vi.waitFor(() => {
      expect(run.isBusy).toBe(false);
    });
    const { request } = this.kernel;
    return request?.kind === 'scriptlet'
      ? request.inputs.map((input) => [input.handle, input.kind === 'json' ? input.text : input.kind])
      : null;
  }

  get states(): string {
    return this.session.notebook.cells.map((cell) => this.session.getState(cell)).join(', ');
  }
}

function put(text: string, targets?: readonly OutputTarget[]): JobOutput {
  return { handle: 'out', value: { kind: 'json', text }, ...(targets && { targets }) };
}

const toLeft = { nodeId: '+left', title: 'left', inputHandle: 'in' };
const toMore = { ...toLeft, inputHandle: 'more' };
const toRight = { nodeId: 'right', title: 'right', inputHandle: 'in' };

it('an output goes to the inputs that it names, and the one that names none to all others', async () => {
  const setup = new Setup();
  await setup.run('source', put('1'), put('2', [toLeft]), put('3', [toRight]));
  expect(await setup.run('left')).toEqual([
    ['in', '2'],
    ['more', '1'],
  ]);
  expect(await setup.run('right')).toEqual([['in', '3']]);
  expect(setup.states).toBe('done, done, done');
});

it('an input that nothing was sent to has its own value, and else its cell is not run and says that others got it', async () => {
  const setup = new Setup();
  await setup.run('source', put('1', [toLeft]));
  expect(await setup.run('left')).toEqual([
    ['in', '1'],
    ['more', '0'],
  ]);
  expect(await setup.run('right')).toBe(
    'Not run: “source” sent “out” to other inputs only, and the input “in” needs it. Give it a value of its own, or allow null.',
  );
  await setup.run('source', put('2', [toMore, toRight]));
  expect(setup.states).toBe('done, stale, idle');
  expect(await setup.run('right')).toEqual([['in', '2']]);
  await setup.run('source', put('3', []));
  expect(await setup.run('right')).toContain('sent “out” to other inputs only');
});

it('a job that looked at its connections is stale when they are others, and run first for what got nothing', async () => {
  const setup = new Setup();
  setup.looks = [{ handle: 'out', isByTitle: false, isDescribed: false }];
  await setup.run('source', put('1', [toLeft]));
  expect(await setup.run('right')).toContain('sent “out” to other inputs only');
  await setup.run('left');
  expect(setup.states).toBe('done, done, idle');
  const { editor } = setup.session;
  const more = buildConnection('source.out', 'left.more');
  editor.edit({ type: 'disconnect', to: more.to });
  expect(setup.states).toBe('stale, stale, idle');
  expect(editor.connect(more)).toBeNull();
  expect(setup.states).toBe('done, done, idle');
  editor.edit({ type: 'disconnect', to: more.to });
  setup.session.runCell(CellId.from('right'));
  expect(setup.session.queue).toMatchObject({ runningId: 'source', waiting: ['right'] });
});

it('tables of one handle for several inputs are told apart, and stored with whom they are for', async () => {
  const setup = new Setup();
  const table = (n: bigint, target: OutputTarget): JobOutput => ({
    handle: 'out',
    value: { kind: 'dataset', dataset: dataset(int64('n', [n])) },
    targets: [target],
  });
  await setup.run('source', table(1n, toLeft), table(2n, toRight));
  const { id } = setup.session.notebook;
  const [stored] = (await setup.storage.loadJobs(id)).values;
  const outputs = stored?.outcome.status === 'done' ? stored.outcome.outputs : [];
  expect(outputs.map(({ kind, handle, targets }) => [kind, handle, targets])).toEqual([
    ['dataset', 'out', [toLeft]],
    ['dataset', 'out', [toRight]],
  ]);
  const opened = await Promise.all(
    outputs.flatMap((output) =>
      output.kind === 'dataset' ? [setup.session.results.openTable(CellId.from('source'), output)] : [],
    ),
  );
  expect(new Set(opened).size).toBe(2);
});
