import { describe, expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { dataset, int64 } from '../data/testing/build-dataset.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import type { DatasetCell } from '../model/dataset-cell.ts';
import { CellId } from '../model/ids.ts';
import { listNotebookBlobs } from '../model/notebook.ts';
import {
  buildConnection,
  buildDatasetCell,
  buildHash,
  buildInput,
  buildNotebook,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { listStates, openSession, type OpenSession } from './testing/open-session.ts';

const reader = CellId.from('reader');
const empty: DatasetCell = { kind: 'dataset', id: CellId.from('sales'), title: 'sales', content: null };

/** A notebook whose scriptlet takes the rows of a Dataset, and the values that it names. */
async function setup(sales: DatasetCell, handle = 'data'): Promise<OpenSession> {
  const target = buildScriptlet('reader', [buildInput('in')], []);
  const notebook = buildNotebook([], {
    cells: [sales, target],
    connections: [buildConnection(`sales.${handle}`, 'reader.in')],
  });
  const given = openSession(notebook);
  const tables = new TableEngine(() => new FakeTableWorker());
  const { file, table } = await tables.importDataset(dataset(int64('x', [1n])));
  table.close();
  const contents = ['1', '2'].map((digit) => ({ hash: buildHash(digit), content: file }));
  await given.storage.saveNotebook(notebook, [
    ...contents,
    { hash: buildHash('f'), content: new Blob(['x\n1']) },
  ]);
  return given;
}

async function run({ session, kernel }: OpenSession): Promise<void> {
  session.runCell(reader);
  await vi.waitFor(() => {
    expect(kernel.isRunning).toBe(true);
  });
  kernel.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
  await vi.waitFor(() => {
    expect(session.isBusy).toBe(false);
  });
}

describe('a Dataset', () => {
  it('hands its rows to what is connected, without being run itself', async () => {
    const given = await setup(buildDatasetCell('sales', buildHash('1')));
    expect(listStates(given.session)).toBe('sales done, reader idle');
    given.session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(given.kernel.asked).toEqual(['run reader']);
    });
    expect(given.kernel.request).toMatchObject({
      inputs: [
        { handle: 'in', kind: 'dataset', dataset: { rowCount: 1, columns: [{ name: 'x', type: 'int64' }] } },
      ],
      neededPackages: ['pandas'],
    });
  });

  it('hands on its file as bytes where that is kept', async () => {
    const given = await setup(buildDatasetCell('sales', buildHash('1'), true), 'file');
    given.session.runCell(reader);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    const [input] = given.kernel.request?.kind === 'scriptlet' ? given.kernel.request.inputs : [];
    expect(input?.kind === 'binary' && (await input.content.text())).toBe('x\n1');
  });

  it('makes what took its rows stale when it gets others, and not when it gets the same', async () => {
    const given = await setup(buildDatasetCell('sales', buildHash('1')));
    await run(given);
    expect(listStates(given.session)).toBe('sales done, reader done');
    const bringIn = (digit: string): void => {
      const { id: cellId, content } = buildDatasetCell('sales', buildHash(digit));
      given.session.editor.edit({ type: 'set-content', cellId, content });
    };
    bringIn('1');
    expect(listStates(given.session)).toBe('sales done, reader done');
    bringIn('2');
    expect(listStates(given.session)).toBe('sales done, reader stale');
    given.session.editor.undo();
    expect(listStates(given.session)).toBe('sales done, reader done');
    expect(given.session.getRun(reader).lastJob?.inputs).toEqual([
      {
        handle: 'in',
        hash: buildHash('1'),
        from: { type: 'connection', cellId: 'sales', handle: 'data', jobId: null },
      },
    ]);
  });

  it('that is empty leaves out what needs it, with a reason', async () => {
    const given = await setup(empty);
    given.session.runCell(reader);
    await vi.waitFor(() => {
      expect(given.session.getRun(reader).skipReason).toBe(
        'Not run: “sales” put out nothing on “data”, and the input “in” needs it. Give it a value of its own, or allow null.',
      );
    });
  });
});

it('a notebook names the tables, the kept files and the rejected rows of its Datasets', () => {
  const kept = buildDatasetCell('kept', buildHash('1'), true);
  const unkept = buildDatasetCell('unkept', buildHash('2'));
  const content = unkept.content && {
    ...unkept.content,
    rejected: { count: 1, report: { blob: buildHash('3'), byteSize: 9 } },
  };
  const cells = [kept, { ...unkept, content }, empty];
  expect(listNotebookBlobs(buildNotebook([], { cells }))).toEqual(['1', 'f', '2', '3'].map(buildHash));
});
