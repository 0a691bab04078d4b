import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { chartInput, type ChartCell } from '../../model/chart-cell.ts';
import { CellId } from '../../model/ids.ts';
import { isProcessor, type Cell } from '../../model/notebook.ts';
import {
  buildDatasetCell,
  buildHash,
  buildJob,
  buildNotebook,
  buildScriptlet,
  sourceOf,
} from '../../model/testing/builders.ts';
import NotebookView from '../NotebookView.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';

const dataset = buildDatasetCell('Sales', buildHash('1'));

/** A chart below the cell `source`, which is connected to it; `json` is what that put out. */
async function showChart(isConnected: boolean, source: Cell = dataset, json: string | null = null) {
  const id = CellId.from('chart');
  const chart: ChartCell = { kind: 'chart', id, title: 'Chart', source: '', inputs: [chartInput] };
  const connection = {
    from: { cellId: source.id, handle: 'data' },
    to: { cellId: chart.id, handle: 'data' },
  };
  const notebook = buildNotebook([], {
    cells: [source, chart],
    connections: isConnected ? [connection] : [],
  });
  const { session, workspace } = await openWorkspace(notebook, async (storage) => {
    if (json === null || !isProcessor(source)) return;
    const output = { kind: 'json', handle: 'data', text: json, blob: buildHash('2'), byteSize: 9 } as const;
    const outcome = { status: 'done', outputs: [output], images: [] } as const;
    const job = buildJob(source, 500, { notebookId: notebook.id, outcome });
    await storage.commitJob({ job, log: [] }, []);
  });
  const screen = await render(ViewHost<Parameters<typeof NotebookView>[1]>, {
    workspace,
    view: NotebookView,
    viewProps: {
      session,
      theme: 'light',
      isConfigurationOpen: false,
      onToggleConfiguration: () => undefined,
    },
  });
  const cell = screen.getByRole('region', { name: 'Chart', exact: true });
  const readSource = () => sourceOf(session.notebook.cells.find(({ id: each }) => each === id));
  return { cell, source: readSource };
}

test('what is selected while the editor is on its way is selected in it, and Enter opens it for a new chart', async () => {
  const { cell, source } = await showChart(true);
  await expect.element(cell.getByRole('region', { name: 'Form of Chart' })).toBeVisible();
  await cell.click({ position: { x: 2, y: 2 } });
  await userEvent.keyboard('{Enter}');
  const field = cell.getByRole('textbox', { name: 'Specification of Chart' });
  await expect.element(field).toBeInTheDocument();
  const plain = document.querySelector<HTMLTextAreaElement>('section textarea');
  expect(plain?.closest('.monaco-editor')).toBe(null);
  plain?.select();
  await expect.poll(() => document.querySelector('.monaco-editor'), { timeout: 20_000 }).not.toBe(null);
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('7');
  await expect.poll(source).toBe('7');
});

test('a specification that was emptied stays empty, until it is begun anew', async () => {
  const { cell, source } = await showChart(true);
  await expect.element(cell.getByRole('region', { name: 'Form of Chart' })).toBeVisible();
  await cell.getByRole('button', { name: 'Specification' }).click();
  const editor = cell.getByRole('textbox', { name: 'Specification of Chart' });
  await expect.element(editor, { timeout: 20_000 }).toHaveFocus();
  await userEvent.keyboard('{Control>}a{/Control}{Delete}');
  await expect.element(cell.getByText('Nothing is drawn, as the specification is empty.')).toBeVisible();
  await userEvent.keyboard('12');
  await expect.poll(source).toBe('12');
  await userEvent.keyboard('{Control>}a{/Control}{Delete}');
  await expect.poll(source).toBe('');
  await cell.getByRole('button', { name: 'Form' }).click();
  await cell.getByRole('button', { name: 'Begin with the form' }).click();
  await expect.poll(() => source()).toContain('"field": "x"');
});

test('a chart without a dataset shows nothing to choose, and nothing of a specification that nobody wrote', async () => {
  const { cell } = await showChart(false);
  await expect.element(cell.getByText('Connect a dataset to draw it.')).toBeVisible();
  await expect.element(cell.getByRole('region', { name: 'Form of Chart' })).not.toBeInTheDocument();
  await cell.getByRole('button', { name: 'Form' }).click();
  await expect.element(cell.getByText('The form chooses among the columns of a dataset.')).toBeVisible();
});

test('a chart of a dataset without data says to bring some in, and offers no run', async () => {
  const empty = await showChart(true, { ...buildDatasetCell('Marks', buildHash('1')), content: null });
  await expect
    .element(empty.cell.getByRole('status'))
    .toHaveTextContent(/^“Marks” has no data yet. Bring a file into it, and its rows are drawn here.$/);
});

test('a chart of a script that has put nothing out offers to run it', async () => {
  const maker = await showChart(true, buildScriptlet('Maker', [], ['data']));
  await expect
    .element(maker.cell.getByRole('status'))
    .toHaveTextContent('“Maker” has not put anything out yet. Run Maker');
});

test('a list of records that a script put out is drawn as a table, and what is none is told of', async () => {
  const maker = buildScriptlet('Maker', [], ['data']);
  const records = await showChart(
    true,
    maker,
    '[{"city": "Bonn", "paid": 2.5}, {"city": "Ulm", "paid": NaN}]',
  );
  const form = records.cell.getByRole('region', { name: 'Form of Chart' });
  await expect
    .element(form.getByRole('combobox', { name: 'Column of Y' }), { timeout: 20_000 })
    .toHaveDisplayValue('paid (numbers)');
  const other = await showChart(true, maker, '5');
  await expect
    .element(other.cell.getByText('What “Maker” puts out cannot be drawn as a table.'), { timeout: 20_000 })
    .toHaveTextContent('“data” could not be read: it is JSON, but no table: a single number.');
});
