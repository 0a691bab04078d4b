// Longer than most files: what becomes of models from the start of a job to storage, story after story.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { standardGenerating } from '../model/data-generator.ts';
import { ModelGroupId, ModelId } from '../model/ids.ts';
import type { JobEnding } from '../model/job.ts';
import type { ModelProduct } from '../model/job-request.ts';
import type { KnownModels } from '../model/known-models.ts';
import { noModels, type ModelConfiguration, type SaveMode } from '../model/model-configuration.ts';
import { deleteModel, renameModel, type ModelEdit } from '../model/model-edits.ts';
import { renameGroup } from '../model/model-group-edits.ts';
import type { ModelRename } from '../model/model-renames.ts';
import { buildGroup, buildModel, buildVersion } from '../model/testing/build-models.ts';
import { buildCell, buildHash, buildNotebook } from '../model/testing/builders.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { fail, succeed } from '../shared/result.ts';
import type { MemoryStorage } from '../storage/MemoryStorage.ts';
import { findCellOf, listStates, openSession, type OpenSession } from './testing/open-session.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A notebook whose cells load and save so; in another tab where it is given the storage of one. */
function open(
  cells: Readonly<Record<string, Partial<ModelConfiguration>>>,
  storage?: MemoryStorage,
): OpenSession {
  const built = Object.entries(cells).map(([title, models]) => {
    const configuration = { timeoutSeconds: 300, ...standardGenerating, models: { ...noModels, ...models } };
    return buildCell(title, { configuration });
  });
  return openSession(buildNotebook([], { title: 'Lesson', cells: built }), undefined, undefined, storage);
}

function make(name: string, text: string, groups: readonly string[] = []): ModelProduct {
  const bytes = new TextEncoder().encode(text);
  const half = bytes.length / 2;
  return {
    name,
    groups,
    typeName: 'builtins.dict',
    pythonVersion: '3.13.2',
    packages: [{ name: 'numpy', version: '2.2.5' }],
    parts: text.includes('|') ? [bytes.slice(0, half), bytes.slice(half)] : [bytes],
  };
}

function done(...models: readonly ModelProduct[]): JobEnding {
  const products = { outputs: [], images: [], modules: [], ranBlocks: [] };
  return { status: 'done', products: models.length > 0 ? { ...products, models } : products };
}

const saveM: Partial<ModelConfiguration> = { save: [{ mode: 'create-or-add', name: 'm' }] };
const loadM: Partial<ModelConfiguration> = { load: [{ name: 'm', version: null }] };

/** Gives something another name in storage, of which no tab is told. */
async function rename(
  storage: MemoryStorage,
  edit: (known: KnownModels) => ModelEdit,
): Promise<readonly ModelRename[]> {
  let renames: readonly ModelRename[] = [];
  await storage.changeModels((known) => {
    const changes = edit(known);
    renames = changes.isOk ? (changes.value.renames ?? []) : [];
    return changes;
  });
  return renames;
}

/** Runs a cell until Python has it, or it has ended. */
async function start({ session, kernel }: OpenSession, title: string): Promise<void> {
  const { id } = findCellOf(session, title);
  session.runCell(id);
  await vi.waitFor(() => {
    expect(kernel.isRunning || !session.getRun(id).isBusy).toBe(true);
  });
}

async function run(opened: OpenSession, title: string, ending: JobEnding): Promise<void> {
  await start(opened, title);
  opened.kernel.end(ending);
  await waitForIdle(opened);
}

async function waitForIdle({ session }: OpenSession): Promise<void> {
  await vi.waitFor(() => {
    expect(session.isBusy).toBe(false);
  });
}

function findOutcome({ session }: OpenSession, title: string) {
  return session.getRun(findCellOf(session, title).id).lastJob?.outcome;
}

/** What each model that Python was given is, with the content of its pickle. */
async function listGiven({ kernel }: OpenSession): Promise<unknown[][]> {
  const { request } = kernel;
  if (request?.kind !== 'data-generator') throw new Error('no Data Generator was run');
  return await Promise.all(
    request.models.map(async ({ pickle, name, number, origin }) => [
      name,
      number,
      origin,
      await pickle.text(),
    ]),
  );
}

describe('a model', () => {
  it('is saved in versions, of which another cell loads the first and the newest', async () => {
    const opened = open({
      train: saveM,
      first: { load: [{ name: 'm', version: 1 }] },
      last: loadM,
    });
    await run(opened, 'train', done(make('m', 'one')));
    await run(opened, 'train', done(make('m', 'two |')));
    await run(opened, 'first', done());
    const from = 'by the cell “train” of the notebook “Lesson”';
    expect(await listGiven(opened)).toEqual([['m', 1, from, 'one']]);
    await run(opened, 'last', done());
    expect(await listGiven(opened)).toEqual([['m', 2, from, 'two |']]);
    expect(opened.kernel.request?.neededPackages).toEqual(['numpy']);
    const { known } = await opened.storage.loadModels();
    expect(known.versions.map(({ number, byteSize, origin }) => [number, byteSize, origin.type])).toEqual([
      [1, 3, 'job'],
      [2, 5, 'job'],
    ]);
  });

  it.each(['in one part', 'in two | parts'])('keeps size and SHA-256 of its pickle, %s', async (text) => {
    const opened = open({ train: saveM });
    await run(opened, 'train', done(make('m', text)));
    const { known } = await opened.storage.loadModels();
    const bytes = new TextEncoder().encode(text);
    expect(known.versions.map(({ blob, byteSize }) => [blob, byteSize])).toEqual([
      [await hashBytes(bytes), bytes.length],
    ]);
  });

  it('is named in the records of the jobs that save and load it, and by its next versions', async () => {
    const opened = open({ train: { ...saveM, ...loadM } });
    const { model, version } = { model: buildModel('m'), version: buildVersion('m', 1) };
    await opened.storage.saveNotebook(opened.session.notebook, [
      { hash: version.blob, content: new Blob(['one']) },
    ]);
    await opened.storage.changeModels(() => succeed({ models: [model], versions: [version] }));
    await run(opened, 'train', done(make('m', 'two')));
    const [job] = (await opened.storage.loadJobs(opened.session.notebook.id)).values;
    expect(job?.loadedModels).toEqual([{ modelId: model.id, name: 'm', number: 1 }]);
    expect(job?.savedModels).toMatchObject([
      { modelId: model.id, name: 'm', number: 2, byteSize: 3, groups: [] },
    ]);
    const { known } = await opened.storage.loadModels();
    expect(known.versions[1]?.origin).toMatchObject({
      notebookTitle: 'Lesson',
      cellTitle: 'train',
      jobId: job?.id,
      sources: [{ kind: 'model', modelId: model.id, name: 'm', number: 1 }],
    });
  });

  it.each(['create', 'add-version', 'create-or-add'] as const)(
    'that gets another name while a cell runs is saved under that (%s)',
    async (mode) => {
      const opened = open({
        train: { save: [{ mode, name: 'm' }], saveGroups: [{ name: 'g', models: ['m'] }] },
      });
      const { storage, session, renames, kernel } = opened;
      const isThere = mode !== 'create';
      if (isThere) await storage.changeModels(() => succeed({ models: [buildModel('m')] }));
      await start(opened, 'train');
      const renamed = [
        { what: 'model', from: 'm', to: 'n' },
        { what: 'group', from: 'g', to: 'h' },
      ] as const;
      renames.add(renamed);
      session.editor.takeNames(renamed);
      if (isThere) await storage.changeModels(() => succeed({ models: [buildModel('m', { name: 'n' })] }));
      kernel.end(done(make('m', 'one', ['g'])));
      await waitForIdle(opened);
      const { known } = await storage.loadModels();
      expect(known.models.map(({ name, lastNumber }) => [name, lastNumber])).toEqual([
        ['n', isThere ? 2 : 1],
      ]);
      expect(known.groups.map(({ name }) => name)).toEqual(['h']);
    },
  );

  it.each(['add-version', 'create-or-add'] as const)(
    'that another tab renames is saved under its new name by a cell whose tab has not heard of that (%s)',
    async (mode) => {
      const configuration: Partial<ModelConfiguration> = {
        ...loadM,
        loadGroups: ['g'],
        save: [{ mode, name: 'm' }],
        saveGroups: [{ name: 'g', models: ['m'] }],
      };
      const opened = open({ train: configuration });
      const { storage, kernel } = opened;
      const other = open({ train: configuration }, storage);
      await storage.saveNotebook(opened.session.notebook, [
        { hash: buildHash('1'), content: new Blob(['one']) },
      ]);
      await storage.changeModels(() =>
        succeed({
          models: [buildModel('m')],
          versions: [buildVersion('m', 1)],
          groups: [buildGroup('g', ['m'])],
        }),
      );
      await start(opened, 'train');
      const renames = [
        ...(await rename(storage, (known) => renameModel(known, ModelId.from('m'), 'n', 5))),
        ...(await rename(storage, (known) => renameGroup(known, ModelGroupId.from('g'), 'h', 5))),
      ];
      other.renames.add(renames);
      other.session.editor.takeNames(renames);
      await run(other, 'train', done(make('n', 'two', ['h'])));
      kernel.end(done(make('m', 'three', ['g'])));
      await waitForIdle(opened);
      const { known } = await storage.loadModels();
      expect(known.models.map(({ id, name, lastNumber }) => [id, name, lastNumber])).toEqual([['m', 'n', 3]]);
      expect(known.versions.map(({ number, byteSize }) => [number, byteSize])).toEqual([
        [1, 10],
        [2, 3],
        [3, 5],
      ]);
      expect(known.groups.map(({ name, modelIds }) => [name, modelIds])).toEqual([['h', ['m']]]);
      const [job] = (await storage.loadJobs(opened.session.notebook.id)).values;
      expect(job?.outcome.status).toBe('done');
    },
  );

  it('is not saved under a name that another of the same cell has got meanwhile', async () => {
    const opened = open({
      train: {
        save: [
          { mode: 'create-or-add', name: 'm' },
          { mode: 'create-or-add', name: 'n' },
        ],
      },
    });
    const { storage, kernel } = opened;
    await storage.changeModels(() => succeed({ models: [buildModel('m')] }));
    await start(opened, 'train');
    await rename(storage, (known) => renameModel(known, ModelId.from('m'), 'n', 5));
    kernel.end(done(make('m', 'one'), make('n', 'two')));
    await waitForIdle(opened);
    expect(findOutcome(opened, 'train')).toMatchObject({
      error: {
        message:
          'The script ran to its end, but its models cannot be saved, so that its results are not kept: The cell “train” saves two models under the name “n”, which one of them may have got while it ran. Give one of them another name, in the configuration and in the script, and run the cell again. Earlier results are kept.',
      },
    });
    expect((await storage.loadModels()).known.versions).toEqual([]);
  });

  it('is not saved of a job that fails', async () => {
    const opened = open({ train: saveM });
    await start(opened, 'train');
    opened.kernel.stop();
    await waitForIdle(opened);
    expect((await opened.storage.loadModels()).known.versions).toEqual([]);
  });

  it('goes into its groups, which other cells load', async () => {
    const opened = open({
      train: { saveGroups: [{ name: 'g', models: ['m', 'n'] }] },
      use: { loadGroups: ['g'] },
    });
    await run(opened, 'train', done(make('m', 'one', ['g']), make('n', 'other', ['g'])));
    await run(opened, 'use', done());
    expect((await listGiven(opened)).map(([name]) => name)).toEqual(['m', 'n']);
  });
});

describe('a cell', () => {
  it('is not run where a model is not as it says, and tells all that is wrong with the rows', async () => {
    const opened = open({
      use: { load: [{ name: 'm', version: 3 }], save: [{ mode: 'add-version', name: 'n' }] },
    });
    await start(opened, 'use');
    await waitForIdle(opened);
    expect(opened.kernel.asked).toEqual([]);
    expect(findOutcome(opened, 'use')).toMatchObject({
      status: 'failed',
      error: {
        kind: 'rule',
        message:
          '“Load One or More Models”, row 1: There is no model “m”. Run the cell that saves it first, or choose another. “Save One or More Models”, row 1: There is no model “n” to add a version to. Choose “Create Or Add Version” to have it made, or another model.',
      },
    });
  });

  it('is not run where a pickle is gone from storage', async () => {
    const opened = open({ use: loadM });
    await opened.storage.changeModels(() =>
      succeed({ models: [buildModel('m')], versions: [buildVersion('m', 1)] }),
    );
    await start(opened, 'use');
    await waitForIdle(opened);
    expect(opened.kernel.asked).toEqual([]);
    expect(findOutcome(opened, 'use')).toMatchObject({
      error: {
        kind: 'storage',
        message:
          "The pickle of version 1 of the model “m” is missing from this browser's storage. Load another version, or run the cell that saves the model again.",
      },
    });
  });

  it('finds what a cell above it has saved when all are run', async () => {
    const opened = open({ train: saveM, use: loadM });
    opened.session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(opened.kernel.isRunning).toBe(true);
    });
    opened.kernel.end(done(make('m', 'one')));
    await vi.waitFor(() => {
      expect(opened.kernel.asked).toEqual(['run train', 'run use']);
    });
    expect(await listGiven(opened)).toEqual([
      ['m', 1, 'by the cell “train” of the notebook “Lesson”', 'one'],
    ]);
    opened.kernel.end(done());
    await waitForIdle(opened);
  });

  it('says which model of a group its own row decides', async () => {
    const opened = open({
      train: { save: [{ mode: 'create-or-add', name: 'm' }], saveGroups: [{ name: 'g', models: ['m'] }] },
      use: { load: [{ name: 'm', version: 1 }], loadGroups: ['g'] },
    });
    await run(opened, 'train', done(make('m', 'one', ['g'])));
    await run(opened, 'train', done(make('m', 'two', ['g'])));
    await run(opened, 'use', done());
    expect(opened.session.getRun(findCellOf(opened.session, 'use').id).log.shown.lines).toMatchObject([
      { stream: 'info', text: 'The model “m” of the group “g” is loaded in version 1, as its own row says.' },
    ]);
  });

  it('fails as a whole where its models cannot be saved any more when it ends', async () => {
    const opened = open({ train: { save: [{ mode: 'create', name: 'm' }] } });
    await start(opened, 'train');
    opened.kernel.print('trained');
    await opened.storage.changeModels(() =>
      succeed({ models: [buildModel('m')], versions: [buildVersion('m', 1)] }),
    );
    opened.kernel.end(done(make('m', 'two')));
    await waitForIdle(opened);
    expect(findOutcome(opened, 'train')).toMatchObject({
      status: 'failed',
      error: {
        kind: 'rule',
        message:
          'The script ran to its end, but its models cannot be saved, so that its results are not kept: “Save One or More Models”, row 1: There is a model “m” already. Choose “Create Or Add Version” to give it one more version, or another name. Earlier results are kept.',
      },
    });
    const { storage, session } = opened;
    expect((await storage.loadModels()).known.versions).toEqual([buildVersion('m', 1)]);
    const [job] = (await storage.loadJobs(session.notebook.id)).values;
    expect([job?.outcome.status, job?.savedModels]).toEqual(['failed', []]);
    expect(job && (await storage.loadLog(job.id))).toMatchObject([{ stream: 'stdout', text: 'trained\n' }]);
  });

  /** Puts the only model into the trash while a cell runs that saves it. */
  async function runIntoTrash(mode: SaveMode): Promise<OpenSession> {
    const opened = open({ train: { save: [{ mode, name: 'm' }] } });
    const { storage, kernel } = opened;
    await storage.changeModels(() =>
      succeed({ models: [buildModel('m')], versions: [buildVersion('m', 1)] }),
    );
    await start(opened, 'train');
    await storage.changeModels((known) => deleteModel(known, ModelId.from('m'), [], 5));
    kernel.end(done(make('m', 'two')));
    await waitForIdle(opened);
    return opened;
  }

  it('fails where the model has gone into the trash to which it adds a version', async () => {
    const opened = await runIntoTrash('add-version');
    expect(findOutcome(opened, 'train')).toMatchObject({
      error: {
        message:
          'The script ran to its end, but its models cannot be saved, so that its results are not kept: “Save One or More Models”, row 1: The model “m”, which a version is to be added to, is in the trash. Bring it back, or choose another. Earlier results are kept.',
      },
    });
    expect((await opened.storage.loadModels()).known.versions).toEqual([buildVersion('m', 1)]);
  });

  it('makes another model where one has gone into the trash that it creates or adds to', async () => {
    const { known } = await (await runIntoTrash('create-or-add')).storage.loadModels();
    expect(known.models.map(({ name, deletedAt, lastNumber }) => [name, deletedAt, lastNumber])).toEqual([
      ['m', 5, 1],
      ['m', null, 1],
    ]);
  });

  it('fails where its models find no room, and none is there', async () => {
    const opened = open({ train: saveM });
    const commit = vi.spyOn(opened.storage, 'commitJob');
    commit.mockResolvedValueOnce(fail({ kind: 'full', message: 'no room' }));
    await run(opened, 'train', done(make('m', 'one')));
    expect(findOutcome(opened, 'train')).toMatchObject({ status: 'failed', error: { kind: 'storage' } });
    expect((await opened.storage.loadModels()).known.models).toEqual([]);
  });
});

describe('a cell that loads the newest version', () => {
  it('is stale when another cell has saved one, and not by its own', async () => {
    const opened = open({ train: saveM, use: { ...loadM, save: [{ mode: 'create-or-add', name: 'm' }] } });
    await run(opened, 'train', done(make('m', 'one')));
    await run(opened, 'use', done(make('m', 'two')));
    expect(listStates(opened.session)).toBe('train done, use done');
    await run(opened, 'train', done(make('m', 'three')));
    expect(listStates(opened.session)).toBe('train done, use stale');
  });

  it('has what was stored at its start, not what the tab knew', async () => {
    const opened = open({ use: loadM });
    const id: ModelId = buildModel('m').id;
    await opened.storage.saveNotebook(opened.session.notebook, [
      { hash: buildHash('2'), content: new Blob(['of another tab']) },
    ]);
    await opened.storage.changeModels(() =>
      succeed({ models: [buildModel('m', { id })], versions: [buildVersion('m', 2)] }),
    );
    await run(opened, 'use', done());
    expect(await listGiven(opened)).toEqual([['m', 2, null, 'of another tab']]);
  });
});
