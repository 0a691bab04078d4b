// Longer than most files: all that a workspace ties together, and that none of its parts does alone.
import { describe, expect, it, vi } from 'vitest';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { TableEngine } from '../data/TableEngine.ts';
import { examples, type OfferedExample } from '../examples/list-examples.ts';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import { ModelId } from '../model/ids.ts';
import { noModels, type ModelConfiguration } from '../model/model-configuration.ts';
import { isProcessor, type Notebook, type Processor } from '../model/notebook.ts';
import { buildModel, buildVersion } from '../model/testing/build-models.ts';
import { buildJob, sourceOf } from '../model/testing/builders.ts';
import { createDeferred } from '../shared/deferred.ts';
import { succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { Notices } from './Notices.svelte.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import { aloneAtOnce } from './testing/time.ts';
import { Workspace } from './Workspace.svelte.ts';
import { nothingIncoming } from './testing/nothing-incoming.ts';

interface Setup {
  readonly workspace: Workspace;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  readonly kernels: FakeKernel[];
}

async function setup(storage = new MemoryStorage()): Promise<Setup> {
  const notices = new Notices();
  const kernels: FakeKernel[] = [];
  const workspace = await Workspace.open({
    storage,
    notices,
    tables: new TableEngine(() => {
      throw new Error('no dataset is made in these tests');
    }),
    importer: new ImportEngine(() => {
      throw new Error('no dataset is made in these tests');
    }),
    distributionUrl: 'https://cdn.example/full/',
    ...aloneAtOnce,
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming: nothingIncoming,
    createKernel: () => {
      const kernel = new FakeKernel(`kernel ${kernels.length}`);
      kernels.push(kernel);
      return kernel;
    },
  });
  return { workspace, storage, notices, kernels };
}

function open(workspace: Workspace): NotebookSession {
  if (!workspace.session) throw new Error('no notebook is open');
  return workspace.session;
}

function firstCell(session: NotebookSession): Processor {
  const [cell] = session.notebook.cells;
  if (!cell || !isProcessor(cell)) throw new Error('there is no processor');
  return cell;
}

function findExample(title: string): OfferedExample {
  const found = examples.find((example) => example.title === title);
  if (!found) throw new Error(`there is no example ${title}`);
  return found;
}

function titles(workspace: Workspace): string[] {
  return workspace.notebooks.map(({ title }) => title);
}

describe('a workspace', () => {
  it('begins with a notebook, and gives new ones titles of their own', async () => {
    const { workspace } = await setup();
    await workspace.createNotebook();
    await workspace.createNotebook();
    expect(titles(workspace)).toEqual(['My first notebook', 'Notebook', 'Notebook 2']);
    expect(open(workspace).notebook.title).toBe('Notebook 2');
  });

  it('opens an example as a new notebook, with its schemas, and takes that back', async () => {
    const { workspace, notices, storage } = await setup();
    expect(await workspace.openExample(findExample('Row by row against bulk'))).toBeNull();
    expect(titles(workspace)).toEqual(['My first notebook', 'Row by row against bulk']);
    expect(open(workspace).notebook.cells.map(({ title }) => title)).toEqual([
      'About',
      'Orders',
      'Row by row',
      'In bulk',
      'Share of each region',
    ]);
    const names = (await storage.loadSchemas()).values.map(({ name }) => name);
    expect(names.sort()).toEqual(['Gross order', 'Share of a region']);
    expect((await storage.loadNotebooks()).values.length).toBe(2);
    notices.list.at(-1)?.action?.run();
    await vi.waitFor(() => {
      expect(titles(workspace)).toEqual(['My first notebook']);
    });
  });

  it('says why an example cannot be opened, and is left as it was', async () => {
    const { workspace } = await setup();
    expect(await workspace.openExample(findExample('Cleaning a messy CSV'))).toBe(
      '“Cleaning a messy CSV” could not be opened (no dataset is made in these tests). Reload the page and try again.',
    );
    expect([titles(workspace), workspace.schemas.schemas]).toEqual([['My first notebook'], []]);
  });

  it('brings a deleted cell back also after its notebook was left and opened again', async () => {
    const { workspace, notices } = await setup();
    const first = open(workspace);
    first.editor.addCell('data-generator', 0);
    const second = first.editor.addCell('data-generator', 1);
    first.editor.deleteCell(firstCell(first));
    await workspace.createNotebook();
    await workspace.openNotebook(first.notebook.id);
    open(workspace).editor.edit({ type: 'set-source', cellId: second, source: 'newer typing' });
    notices.list[0]?.action?.run();
    const sources = open(workspace).notebook.cells.map((cell) => sourceOf(cell).slice(0, 13));
    expect(sources).toEqual(['from datetime', 'newer typing']);
  });

  it('brings a deleted cell back in a notebook that is not open', async () => {
    const { workspace, storage, notices } = await setup();
    const { id } = open(workspace).notebook;
    open(workspace).editor.addCell('data-generator', 0);
    open(workspace).editor.deleteCell(firstCell(open(workspace)));
    await workspace.createNotebook();
    notices.list[0]?.action?.run();
    await vi.waitFor(async () => {
      const stored = (await storage.loadNotebooks()).values.find((notebook) => notebook.id === id);
      expect(stored?.cells.length).toBe(1);
    });
  });

  it('copies a notebook with the results of its cells', async () => {
    const { workspace, storage } = await setup();
    const session = open(workspace);
    session.editor.addCell('data-generator', 0);
    const job = buildJob(firstCell(session), 2_000, { notebookId: session.notebook.id });
    await storage.commitJob({ job, log: [] }, []);
    await workspace.duplicateNotebook(session.notebook.id);
    const copy = open(workspace);
    expect(copy.notebook.title).toBe('My first notebook copy');
    expect(copy.getRun(firstCell(copy).id).lastJob).toEqual({
      ...job,
      id: expect.any(String) as string,
      notebookId: copy.notebook.id,
      cellId: firstCell(copy).id,
    });
  });

  it('lets a cell run on while another notebook is open, and ends its Python when it is done', async () => {
    const { workspace, kernels } = await setup();
    const session = open(workspace);
    session.runCell(session.editor.addCell('data-generator', 0));
    await workspace.createNotebook();
    expect(kernels[0]?.asked).toEqual(['run Data Generator']);
    kernels[0]?.end({
      status: 'done',
      products: { outputs: [], images: [], modules: [], ranBlocks: [] },
    });
    await expect.poll(() => kernels[0]?.asked).toEqual(['run Data Generator', 'dispose']);
  });

  it('renames a notebook that runs while another is open, also for what is saved of it later', async () => {
    const { workspace, storage } = await setup();
    const session = open(workspace);
    const { id } = session.notebook;
    session.runCell(session.editor.addCell('data-generator', 0));
    await workspace.createNotebook();
    workspace.renameNotebook(id, 'Lesson');
    session.editor.edit({ type: 'set-source', cellId: firstCell(session).id, source: 'x = 1' });
    workspace.saveNow();
    expect(titles(workspace)).toEqual(['Lesson', 'Notebook']);
    const stored = (await storage.loadNotebooks()).values.find((notebook) => notebook.id === id);
    expect([stored?.title, sourceOf(stored?.cells[0])]).toEqual(['Lesson', 'x = 1']);
  });

  it('saves what was typed when it is run, and so before its results', async () => {
    const { workspace, storage, kernels } = await setup();
    const session = open(workspace);
    session.runCell(session.editor.addCell('data-generator', 0));
    const { id: cellId, source } = firstCell(session);
    session.editor.edit({ type: 'set-source', cellId, source: 'x = 1' });
    session.runCell(cellId);
    const readSources = async (): Promise<string[]> =>
      (await storage.loadNotebooks()).values.flatMap(({ cells }) => cells.map(sourceOf));
    const before = await readSources();
    kernels[0]?.end({ status: 'stopped', level: 'soft' });
    await expect.poll(() => kernels[0]?.asked.length).toBe(2);
    expect([before, await readSources()]).toEqual([[source], ['x = 1']]);
  });

  it('tells whose request it is that asks for another host, also while several notebooks run', async () => {
    const { workspace, kernels } = await setup();
    const [lesson, homework] = ['Lesson', 'Homework'];
    workspace.renameNotebook(open(workspace).notebook.id, lesson);
    open(workspace).runCell(open(workspace).editor.addCell('data-generator', 0));
    await workspace.createNotebook(homework);
    open(workspace).runCell(open(workspace).editor.addCell('data-generator', 0));
    const kernelIds = kernels.flatMap((kernel) => [...kernel.kernelIds]);
    const job = { id: expect.any(String) as string, cellTitle: 'Data Generator' };
    for (const [at, kernelId] of kernelIds.entries()) {
      void workspace.network.decide({ kernelId, method: 'GET', url: `https://host${at}.example/` });
    }
    const askers: unknown[] = [];
    for (const at of kernelIds.keys()) {
      const question = await vi.waitFor(() => {
        const asked = workspace.network.question;
        if (asked?.host !== `host${at}.example`) throw new Error('the question is for another host');
        return asked;
      });
      askers.push(question.asker);
      await workspace.network.answer(question, 'once');
    }
    expect(askers).toEqual([
      { notebookTitle: lesson, job },
      { notebookTitle: lesson, job: null },
      { notebookTitle: homework, job },
      { notebookTitle: homework, job: null },
    ]);
    const stranger = { kernelId: 'kernel of another tab', method: 'GET', url: 'https://a.example/' };
    expect(workspace.network.decide(stranger)).toBeNull();
  });

  it('keeps deleted notebooks in the trash until they are removed for good', async () => {
    const { workspace, storage } = await setup();
    const { id } = open(workspace).notebook;
    await workspace.deleteNotebook(id);
    expect([titles(workspace), workspace.trash.map(({ title }) => title)]).toEqual([
      ['Notebook'],
      ['My first notebook'],
    ]);
    await workspace.restoreNotebook(id);
    expect(open(workspace).notebook.title).toBe('My first notebook');
    await workspace.deleteNotebook(id);
    await workspace.removeForGood(id);
    expect(workspace.trash).toEqual([]);
    expect((await storage.loadNotebooks()).values.map(({ title }) => title)).toEqual(['Notebook']);
  });
});

describe('the offer to take back that a notebook was deleted', () => {
  it.each([
    ['opens the notebook where it was the one that was shown', 'My first notebook', 'My first notebook'],
    ['leaves the one that is shown where another was deleted', 'Notebook', 'My first notebook'],
  ])('%s', async (_, deleted, shown) => {
    const { workspace, notices } = await setup();
    const { id } = open(workspace).notebook;
    await workspace.createNotebook();
    await workspace.openNotebook(id);
    const gone = workspace.notebooks.find(({ title }) => title === deleted);
    if (!gone) throw new Error('it was just made');
    await workspace.deleteNotebook(gone.id);
    notices.list.at(-1)?.action?.run();
    await vi.waitFor(() => {
      expect([titles(workspace), open(workspace).notebook.title]).toEqual([
        ['My first notebook', 'Notebook'],
        shown,
      ]);
    });
  });
});

describe('the models of a workspace', () => {
  it('are not waited for when it opens, and are there soon after', async () => {
    const storage = new MemoryStorage();
    const reading = createDeferred<undefined>();
    const load = storage.loadModels.bind(storage);
    storage.loadModels = async () => {
      await reading.promise;
      return await load();
    };
    await storage.changeModels(() => succeed({ models: [buildModel('iris')] }));
    const { workspace } = await setup(storage);
    expect([workspace.session !== null, workspace.models.isLoaded]).toEqual([true, false]);
    reading.resolve(undefined);
    await workspace.models.load();
    expect(workspace.models.index.byName.has('iris')).toBe(true);
  });
});

describe('a model that gets another name', () => {
  const load = (name: string) => ({
    ...noModels,
    load: [{ name, version: null }],
  });

  function configure(session: NotebookSession, models: ModelConfiguration): void {
    const cell = firstCell(session);
    if (cell.kind !== 'data-generator') throw new Error('the cell loads no models');
    const configuration = { ...cell.configuration, models };
    session.editor.edit({ type: 'configure-cell', cellId: cell.id, kind: cell.kind, configuration });
  }

  const getModels = ({ cells: [cell] }: Notebook) =>
    cell?.kind === 'data-generator' ? cell.configuration.models : null;

  /** A notebook that is open, one that is not, and one in the trash: each loads the model. */
  async function setupThree() {
    const opened = await setup();
    const { workspace, storage } = opened;
    await storage.changeModels(() =>
      succeed({ models: [buildModel('iris')], versions: [buildVersion('iris', 1)] }),
    );
    await workspace.models.refresh();
    for (const title of ['deleted', 'closed', 'open']) {
      await workspace.createNotebook(title);
      open(workspace).editor.addCell('data-generator', 0);
      configure(open(workspace), load('iris'));
      if (title === 'deleted') await workspace.deleteNotebook(open(workspace).notebook.id);
    }
    return opened;
  }

  it('is named so in all notebooks of the tab, and in what is stored of them', async () => {
    const { workspace, storage } = await setupThree();
    expect(await workspace.models.rename(ModelId.from('iris'), 'flowers')).toBe(null);
    const inTab = [...workspace.notebooks, ...workspace.trash].filter(
      ({ title }) => title !== 'My first notebook',
    );
    expect(inTab.map((notebook) => [notebook.title, getModels(notebook)])).toEqual([
      ['closed', load('flowers')],
      ['open', load('flowers')],
      ['deleted', load('flowers')],
    ]);
    const stored = (await storage.loadNotebooks()).values.filter(
      ({ title }) => title !== 'My first notebook',
    );
    expect(stored.map(getModels)).toEqual([load('flowers'), load('flowers'), load('flowers')]);
  });

  it('keeps what was typed and not saved yet', async () => {
    const { workspace, storage } = await setupThree();
    const session = open(workspace);
    const renaming = workspace.models.rename(ModelId.from('iris'), 'flowers');
    session.editor.edit({ type: 'set-source', cellId: firstCell(session).id, source: 'typed' });
    await renaming;
    workspace.saveNow();
    const stored = (await storage.loadNotebooks()).values.find(({ title }) => title === 'open');
    expect(stored?.cells.map(sourceOf)).toEqual(['typed']);
    expect(stored && getModels(stored)).toEqual(load('flowers'));
  });

  it('keeps it when steps from before are taken back', async () => {
    const { workspace } = await setupThree();
    const { editor } = open(workspace);
    configure(open(workspace), noModels);
    await workspace.models.rename(ModelId.from('iris'), 'flowers');
    editor.undo();
    expect(getModels(editor.notebook)).toEqual(load('flowers'));
    // The step before it is the one that first named a model: the new name is none.
    editor.undo();
    expect(getModels(editor.notebook)).toEqual(noModels);
  });

  it('keeps it when a cell comes back that was deleted before, though its notebook was closed since', async () => {
    const { workspace, notices } = await setupThree();
    const session = open(workspace);
    session.editor.deleteCell(firstCell(session));
    const offer = notices.list.find(({ kind }) => kind === 'offer');
    await workspace.models.rename(ModelId.from('iris'), 'flowers');
    await workspace.createNotebook('other');
    offer?.action?.run();
    await vi.waitFor(() => {
      const notebook = workspace.notebooks.find(({ title }) => title === 'open');
      expect(notebook && getModels(notebook)).toEqual(load('flowers'));
    });
  });

  it('leaves a row alone that got the old name afterwards, when a step is taken back', async () => {
    const { workspace } = await setupThree();
    const { editor } = open(workspace);
    await workspace.models.rename(ModelId.from('iris'), 'flowers');
    configure(open(workspace), load('iris'));
    configure(open(workspace), noModels);
    editor.undo();
    expect(getModels(editor.notebook)).toEqual(load('iris'));
  });
});
