import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { chartInput, type ChartCell } from '../../model/chart-cell.ts';
import { CellId } from '../../model/ids.ts';
import { buildDatasetCell, buildHash, buildNotebook, sourceOf } from '../../model/testing/builders.ts';
import NotebookView from '../NotebookView.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';

async function showChart(isConnected: boolean) {
  const dataset = buildDatasetCell('Sales', buildHash('1'));
  const id = CellId.from('chart');
  const chart: ChartCell = { kind: 'chart', id, title: 'Chart', source: '', inputs: [chartInput] };
  const connection = {
    from: { cellId: dataset.id, handle: 'data' },
    to: { cellId: chart.id, handle: 'data' },
  };
  const notebook = buildNotebook([], {
    cells: [dataset, chart],
    connections: isConnected ? [connection] : [],
  });
  const { session, workspace } = await openWorkspace(notebook);
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
  const source = () => sourceOf(session.notebook.cells.find(({ id: each }) => each === id));
  return { cell, source };
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
