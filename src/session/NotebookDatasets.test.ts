import { describe, expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import type { Edit } from '../model/edits.ts';
import { applyEdit } from '../model/edits.ts';
import { CellId, NotebookId } from '../model/ids.ts';
import { isDone, type DoneJob } from '../model/job.ts';
import { findCell, type Notebook } from '../model/notebook.ts';
import {
  buildCell,
  buildDatasetCell,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildOutput,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { NotebookDatasets } from './NotebookDatasets.ts';

const tables = new TableEngine(() => new FakeTableWorker());
const taker = buildScriptlet('taker', [buildInput('rows')]);
const maker = buildCell('maker');
const place = [CellId.from('taker'), 'rows'] as const;

function done(finishedAt: number, digit: string, notebookId = 'notebook'): DoneJob {
  const outputs = [buildOutput('result', buildHash(digit))];
  const job = buildJob(maker, finishedAt, {
    notebookId: NotebookId.from(notebookId),
    outcome: { status: 'done', outputs, images: [] },
  });
  if (!isDone(job)) throw new Error('it is done');
  return job;
}

function content(digit: string) {
  return [{ hash: buildHash(digit), content: new Blob([`rows ${digit}`]) }];
}

/** An open notebook of two cells, the first of which has put a dataset out. */
async function open() {
  const storage = new MemoryStorage();
  let notebook: Notebook = buildNotebook([], { cells: [maker, taker] });
  let doneJob: DoneJob | null = done(1_000, 'a');
  await storage.saveNotebook(notebook);
  await storage.commitJob({ job: doneJob, log: [] }, content('a'));
  const edit = (change: Edit): Edit | null => {
    const result = applyEdit(notebook, change);
    if (!result) return null;
    ({ notebook } = result);
    datasets.noteEdit();
    return result.inverse;
  };
  const datasets: NotebookDatasets = new NotebookDatasets({
    storage,
    tables,
    getNotebook: () => notebook,
    findDoneJob: (cellId) => (cellId === maker.id ? doneJob : null),
    edit,
    takeBack: (inverse) => edit(inverse),
    save: (blobs) => storage.saveNotebook(notebook, blobs),
  });
  return {
    storage,
    datasets,
    edit,
    save: () => storage.saveNotebook(notebook),
    getValue: () => {
      const cell = findCell(notebook, taker.id);
      return cell?.kind === 'scriptlet' ? cell.inputs[0]?.value : undefined;
    },
    /** Runs the maker again: its earlier dataset goes where nothing else names it. */
    rerun: async (digit: string) => {
      doneJob = done(2_000, digit);
      await storage.commitJob({ job: doneJob, log: [] }, content(digit));
    },
    read: async (digit: string) => (await storage.readBlob(buildHash(digit)))?.text() ?? null,
  };
}

const chosen = { title: 'maker: result', summary: buildOutput('', buildHash('a')).summary, byteSize: 10 };

it('the datasets that are offered are those of files, too', async () => {
  const cells = [buildDatasetCell('sales', buildHash('1'), true)];
  const notebook = buildNotebook([], { cells });
  const datasets = new NotebookDatasets({
    storage: new MemoryStorage(),
    tables,
    getNotebook: () => notebook,
    findDoneJob: () => null,
    edit: () => null,
    takeBack: () => undefined,
    save: () => Promise.reject(new Error('nothing is saved')),
  });
  const { summary } = buildOutput('data', buildHash('1'));
  const title = 'sales: data';
  const place = { cellTitle: 'sales', handle: 'data', note: '', madeAt: 1_000 };
  expect(await datasets.list()).toEqual([
    {
      notebookId: 'notebook',
      notebookTitle: 'Notebook',
      isOpen: true,
      datasets: [{ title, summary, blob: buildHash('1'), byteSize: 10, ...place }],
    },
  ]);
});

describe('the datasets that an input can be given', () => {
  it('are those that the cells of this notebook and of the others put out last', async () => {
    const { datasets, storage } = await open();
    const other = buildNotebook([], { id: NotebookId.from('other'), title: 'Other', cells: [maker] });
    await storage.saveNotebook(other);
    await storage.commitJob(
      { job: { ...done(500, 'b', 'other'), id: done(500, 'b').id }, log: [] },
      content('b'),
    );
    await storage.saveNotebook(buildNotebook([], { id: NotebookId.from('empty'), title: 'Empty' }));
    await storage.saveNotebook({ ...other, id: NotebookId.from('trash'), deletedAt: 5 });
    const shared = { ...chosen, cellTitle: 'maker', handle: 'result', note: '' };
    expect(await datasets.list()).toEqual([
      {
        notebookId: 'notebook',
        notebookTitle: 'Notebook',
        isOpen: true,
        datasets: [{ ...shared, blob: buildHash('a'), madeAt: 1_000 }],
      },
      {
        notebookId: 'other',
        notebookTitle: 'Other',
        isOpen: false,
        datasets: [{ ...shared, title: 'maker: result, from Other', blob: buildHash('b'), madeAt: 500 }],
      },
    ]);
  });
});

it('datasets of one name are told apart by their cells, and by whom they are for', async () => {
  const twin = { ...maker, id: CellId.from('twin') };
  const notebook = buildNotebook([], { cells: [maker, taker, twin] });
  const target = { nodeId: 'taker', title: 'taker', inputHandle: 'rows' };
  const outputs = [
    { ...buildOutput('result', buildHash('a')), targets: [target] },
    buildOutput('result', buildHash('b')),
    buildOutput('other', buildHash('c')),
  ];
  const jobs = [
    done(1_000, 'd'),
    buildJob(twin, 2_000, { outcome: { status: 'done', outputs, images: [] } }),
  ];
  const storage = new MemoryStorage();
  const datasets = new NotebookDatasets({
    storage,
    tables,
    getNotebook: () => notebook,
    findDoneJob: (cellId) => jobs.filter(isDone).find((job) => job.cellId === cellId) ?? null,
    edit: () => null,
    takeBack: () => undefined,
    save: () => storage.saveNotebook(notebook),
  });
  const [own] = await datasets.list();
  expect(own?.datasets.map(({ title }) => title)).toEqual([
    'maker: result (cell 1)',
    'maker: result (cell 3, for taker: rows)',
    'maker: result (cell 3, for all others)',
    'maker: other (cell 3)',
  ]);
});

describe('a dataset that an input was given', () => {
  it('stays as it was when its cell puts out another', async () => {
    const { datasets, getValue, rerun, read } = await open();
    const dataset = { ...chosen, blob: buildHash('a') };
    expect(await datasets.choose(...place, dataset)).toBeNull();
    await rerun('b');
    expect(getValue()).toEqual({ kind: 'dataset', ...dataset });
    expect([await read('a'), await read('b')]).toEqual(['rows a', 'rows b']);
  });

  it('comes back with its content when its removal is taken back', async () => {
    const { datasets, edit, save, getValue, rerun, read } = await open();
    const dataset = { ...chosen, blob: buildHash('a') };
    await datasets.choose(...place, dataset);
    const inverse = edit({ type: 'remove-cell', cellId: taker.id });
    await save();
    await rerun('b');
    expect(await read('a')).toBeNull();
    if (inverse) edit(inverse);
    expect(getValue()).toEqual({ kind: 'dataset', ...dataset });
    await vi.waitFor(async () => {
      expect(await read('a')).toBe('rows a');
    });
  });

  it('comes back as well where it was given at an earlier visit', async () => {
    const { datasets, edit, save, storage, rerun, read } = await open();
    await datasets.choose(...place, { ...chosen, blob: buildHash('a') });
    const [stored] = (await storage.loadNotebooks()).values;
    if (!stored) throw new Error('it is stored');
    let notebook: Notebook = stored;
    const next = new NotebookDatasets({
      storage,
      tables,
      getNotebook: () => notebook,
      findDoneJob: () => null,
      edit,
      takeBack: () => undefined,
      save: (blobs) => storage.saveNotebook(notebook, blobs),
    });
    const removal = applyEdit(stored, {
      type: 'set-input-value',
      cellId: place[0],
      handle: place[1],
      value: null,
    });
    notebook = removal?.notebook ?? stored;
    next.noteEdit();
    edit({ type: 'set-input-value', cellId: place[0], handle: place[1], value: null });
    await save();
    await rerun('b');
    expect(await read('a')).toBeNull();
    notebook = stored;
    next.noteEdit();
    await vi.waitFor(async () => {
      expect(await read('a')).toBe('rows a');
    });
  });

  it('is not given when it is gone, or there is no room for it', async () => {
    const { datasets, getValue, rerun, storage } = await open();
    vi.spyOn(storage, 'saveNotebook').mockResolvedValue({
      isOk: false,
      problem: { kind: 'full', message: 'no room' },
    });
    expect(await datasets.choose(...place, { ...chosen, blob: buildHash('a') })).toBe(
      '“maker: result” could not be kept (no room). Make room and choose it again.',
    );
    await rerun('b');
    expect(await datasets.choose(...place, { ...chosen, blob: buildHash('a') })).toBe(
      '“maker: result” is not there any more. Run its cell again, and choose it anew.',
    );
    expect(getValue()).toBeNull();
  });
});
