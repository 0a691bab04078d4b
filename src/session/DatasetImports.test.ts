// Longer than most files: each way in which a file comes in, and in which it does not.
import { describe, expect, it, vi } from 'vitest';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { FakeImportWorker } from '../data/import/testing/FakeImportWorker.ts';
import { createCell } from '../model/create-cell.ts';
import type { DatasetCell, DatasetContent } from '../model/dataset-cell.ts';
import { CellId } from '../model/ids.ts';
import { createImportOptions, type ImportOptions, type ReadType } from '../model/import-options.ts';
import { buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { fail, succeed } from '../shared/result.ts';
import type { Written } from '../storage/Storage.ts';
import type { DatasetImport } from './DatasetImport.svelte.ts';
import { DatasetImports } from './DatasetImports.svelte.ts';
import { openSession, type OpenSession } from './testing/open-session.ts';

const sales = CellId.from('sales');

interface Given extends OpenSession {
  readonly imports: DatasetImports;
  readonly workers: readonly FakeImportWorker[];
}

/** A notebook with an empty Dataset, and what brings files into it. */
function setup(save?: () => Promise<Written>): Given {
  const empty: DatasetCell = { kind: 'dataset', id: sales, title: 'sales', content: null };
  const given = openSession(buildNotebook([], { cells: [empty, buildScriptlet('other', [], [])] }));
  const { session, storage } = given;
  const workers: FakeImportWorker[] = [];
  const imports = new DatasetImports({
    engine: new ImportEngine(() => {
      const worker = new FakeImportWorker();
      workers.push(worker);
      return worker;
    }),
    getNotebook: () => session.notebook,
    edit: (edit) => session.editor.edit(edit),
    takeBack: (inverse) => {
      session.editor.takeBack(inverse);
    },
    offerUndo: (text, inverse) => {
      session.editor.offerUndo(text, inverse);
    },
    save: save ?? ((blobs) => storage.saveNotebook(session.notebook, blobs)),
    hold: (blobs) => {
      session.datasets.hold(blobs);
    },
    fetchRemote: (url) =>
      url.startsWith('https://open.example/')
        ? Promise.resolve(new Blob(['a\n1\n']))
        : Promise.reject(new Error('the host is not allowed.')),
  });
  return { ...given, imports, workers };
}

function csv(text: string, name = 'sales.csv'): File {
  return new File([text], name);
}

function contentOf({ session }: Given, id: CellId = sales): DatasetContent | null {
  const cell = session.notebook.cells.find((each) => each.id === id);
  return cell?.kind === 'dataset' ? cell.content : null;
}

/** The import that a person is asked about, once its preview is there. */
async function untilAsked({ imports }: Given): Promise<DatasetImport> {
  return await vi.waitFor(() => {
    const one = imports.asked;
    if (one?.state.step !== 'asking') throw new Error(`it is ${one?.state.step ?? 'nothing'}`);
    return one;
  });
}

/** Nothing said of CSV but the type of its column "a". */
function typed(type: ReadType): ImportOptions {
  return {
    ...createImportOptions('csv'),
    misfitWay: 'leave-row-out',
    columns: [{ name: 'a', type, dayOrder: null }],
  } as ImportOptions;
}

async function importAsFound(given: Given, file: File): Promise<void> {
  given.imports.importInto(sales, file);
  await importAsked(given);
}

async function importAsked(given: Given): Promise<void> {
  const one = await untilAsked(given);
  if (one.state.step === 'asking') await one.load(one.state.preview.options);
}

describe('a file that is imported', () => {
  it('becomes what its cell holds, stored with its rejected rows, and the file where that is wanted', async () => {
    const given = setup();
    given.imports.importInto(sales, csv('a,b\n1,x\n2,y,z\n'));
    const one = await untilAsked(given);
    expect(contentOf(given)).toBe(null);
    one.isKept = true;
    if (one.state.step === 'asking') await one.load(one.state.preview.options);
    const content = contentOf(given);
    expect(content).toMatchObject({
      table: { summary: { rowCount: 1 } },
      file: { name: 'sales.csv', byteSize: 14, url: null, isKept: true },
      options: { format: 'csv', delimiter: null },
      rejected: { count: 1 },
    });
    const stored = [content?.table.blob, content?.file.hash, content?.rejected?.report.blob];
    const found = await Promise.all(stored.map((hash) => hash && given.storage.readBlob(hash)));
    expect(found.map((blob) => blob && blob.size)).toEqual([
      content?.table.byteSize,
      14,
      content?.rejected?.report.byteSize,
    ]);
    expect(given.imports.asked).toBe(null);
  });

  it('is taken back by undo, and what was there before is there again', async () => {
    const given = setup();
    await importAsFound(given, csv('a\n1\n'));
    const first = contentOf(given);
    await importAsFound(given, csv('a\n2\n3\n'));
    expect(contentOf(given)?.table.summary.rowCount).toBe(2);
    given.session.editor.undo();
    expect(contentOf(given)).toEqual(first);
    await vi.waitFor(async () => {
      expect(first && (await given.storage.readBlob(first.table.blob))?.size).toBe(first?.table.byteSize);
    });
  });

  it('in the place of another says so, and offers to take that back', async () => {
    const given = setup();
    await importAsFound(given, csv('a\n1\n', 'first.csv'));
    expect(given.notices.list).toEqual([]);
    const first = contentOf(given);
    await importAsFound(given, csv('a\n2\n', 'second.csv'));
    const [offer] = given.notices.list;
    expect(offer?.text).toBe('“second.csv” took the place of “first.csv”.');
    offer?.action?.run();
    expect(contentOf(given)).toEqual(first);
  });

  it('that is given up while it is stored is taken back', async () => {
    const saved: ((written: Written) => void)[] = [];
    const given = setup(() => new Promise<Written>((resolve) => saved.push(resolve)));
    given.imports.importInto(sales, csv('a\n1\n'));
    const one = await untilAsked(given);
    const loaded = one.load(typed('int64'));
    await vi.waitFor(() => {
      expect(saved).toHaveLength(1);
    });
    expect(contentOf(given)).not.toBe(null);
    one.cancel();
    saved[0]?.(succeed(null));
    await loaded;
    expect(contentOf(given)).toBe(null);
  });

  it('of which no row fits changes nothing', async () => {
    const given = setup();
    await importAsFound(given, csv('a\n1\n'));
    const before = contentOf(given);
    given.imports.importInto(sales, csv('a\nx\ny\n', 'other.csv'));
    await (await untilAsked(given)).load(typed('int64'));
    expect(given.imports.asked?.state).toMatchObject({
      step: 'failed',
      problem:
        'No row of “other.csv” fits how it was read, so nothing was changed. Import it again, and read it otherwise.',
      preview: { options: typed('int64'), columns: [{ name: 'a', type: 'string' }] },
    });
    expect(contentOf(given)).toBe(before);
    given.imports.asked?.reconsider();
    await (await untilAsked(given)).load(typed('string'));
    expect(contentOf(given)?.table.summary.rowCount).toBe(2);
  });

  it('changes nothing where it is given up, or cannot be read', async () => {
    const given = setup();
    given.imports.importInto(sales, csv('a\n1\n'));
    (await untilAsked(given)).cancel();
    given.imports.importInto(sales, csv('{"a": ', 'a.json'));
    await vi.waitFor(() => {
      expect(given.imports.asked?.state).toMatchObject({ step: 'failed' });
    });
    given.imports.asked?.cancel();
    expect([contentOf(given), given.imports.asked]).toEqual([null, null]);
    expect(given.workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });

  it('changes nothing where it cannot be stored, says so, and is stored when there is room', async () => {
    const problem = { kind: 'full', message: 'the disk is full' } as never;
    let isFull = true;
    const given = setup(() => Promise.resolve(isFull ? fail(problem) : (succeed(undefined) as never)));
    await importAsFound(given, csv('a\n1\n'));
    expect(given.imports.asked?.state).toMatchObject({
      step: 'failed',
      problem: '“sales.csv” could not be kept (the disk is full). Make room and import it again.',
    });
    expect(contentOf(given)).toBe(null);
    isFull = false;
    await given.imports.asked?.retry();
    expect(contentOf(given)).toMatchObject({ table: { summary: { rowCount: 1 } } });
  });

  it('is read as the one before was, where that fits', async () => {
    const given = setup();
    given.imports.importInto(sales, csv('a,b\n1,x\n'));
    const one = await untilAsked(given);
    const said = typed('string');
    await one.change(said);
    await one.load(said);
    given.imports.importInto(sales, csv('a,b\n2,y\n'));
    const again = await untilAsked(given);
    expect(again.state).toMatchObject({ preview: { options: said, columns: [{ type: 'string' }, {}] } });
    again.cancel();
    given.imports.importInto(sales, csv('[{"a": 1}]', 'a.json'));
    expect((await untilAsked(given)).state).toMatchObject({
      preview: { options: { format: 'json', columns: [] } },
    });
  });
});

it('a file for a Chart is drawn by it, unless that draws something else', async () => {
  const given = setup();
  const chart = createCell('chart', 'Chart');
  given.session.editor.edit({ type: 'add-cell', cell: chart, index: 2, connections: [] });
  for (const name of ['one.csv', 'two.csv']) {
    given.imports.importNew([csv('a\n1\n', name)], 3, chart.id);
    const one = await untilAsked(given);
    await one.load(one.state.step === 'asking' ? one.state.preview.options : expect.unreachable());
  }
  const { cells, connections } = given.session.notebook;
  expect(cells.map(({ title }) => title)).toEqual(['sales', 'other', 'Chart', 'two', 'one']);
  expect(connections).toEqual([
    { from: { cellId: cells[4]?.id, handle: 'data' }, to: { cellId: chart.id, handle: 'data' } },
  ]);
});

it('several files become Datasets one after the other, and one that is none says so', async () => {
  const given = setup();
  given.imports.importNew([csv('a\n1\n', 'one.csv'), csv('{', 'two.json'), csv('b\n2\n', 'sales.csv')], 1);
  await vi.waitFor(() => {
    expect(given.imports.others.map(({ file, state }) => [file.name, state.step])).toEqual([
      ['two.json', 'failed'],
    ]);
  });
  expect(given.session.notebook.cells.map(({ title }) => title)).toEqual([
    'sales',
    'one',
    'sales 2',
    'other',
  ]);
});

it('the same file twice at the same time becomes two Datasets of one table', async () => {
  const given = setup();
  const file = csv('a\n1\n', 'twice.csv');
  given.imports.importNew([file], 0);
  given.imports.importNew([file], 0);
  for (const title of ['twice', 'twice 2']) {
    await importAsked(given);
    expect(given.session.notebook.cells.map((cell) => cell.title)).toContain(title);
  }
  const [one, other] = given.session.notebook.cells.map(({ id }) => contentOf(given, id)?.table);
  expect(one?.blob).toBeDefined();
  expect(one).toEqual(other);
});

it('a file for a notebook that another tab took over meanwhile changes nothing, and can be tried again', async () => {
  const given = setup();
  given.imports.importInto(sales, csv('a\n1\n'));
  const one = await untilAsked(given);
  const edit = vi.spyOn(given.session.editor, 'edit').mockReturnValueOnce(null);
  if (one.state.step === 'asking') await one.load(one.state.preview.options);
  expect(one.state).toMatchObject({
    step: 'failed',
    problem:
      '“sales.csv” could not be put into the notebook, which can only be read here now. Try again once it can be changed.',
  });
  await one.retry();
  expect([edit.mock.calls.length, contentOf(given)?.table.summary.rowCount]).toEqual([2, 1]);
});

describe('an address', () => {
  it('is fetched through the gate, and stays with the dataset', async () => {
    const given = setup();
    expect(await given.imports.importUrl(sales, ' https://open.example/data/a%20b.csv?x=1 ')).toBe(null);
    const one = await untilAsked(given);
    expect([one.file.name, one.url]).toEqual(['a b.csv', 'https://open.example/data/a%20b.csv?x=1']);
  });

  it('whose file was given up while it came begins no import', async () => {
    const { imports } = setup();
    const controller = new AbortController();
    const { signal } = controller;
    const fetching = imports.importUrl(sales, 'https://open.example/a.csv', { signal });
    controller.abort();
    expect([await fetching, imports.asked]).toEqual([null, null]);
  });

  it('that is none, or may not be asked, says so', async () => {
    const { imports } = setup();
    expect(await imports.importUrl(sales, 'a.csv')).toBe(
      '“a.csv” is no address of a file. Give one that begins with https://.',
    );
    expect(await imports.importUrl(sales, 'https://closed.example/a.csv')).toBe(
      'The file could not be fetched: the host is not allowed.',
    );
  });
});
