import { cdp, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { CellId } from '../../model/ids.ts';
import type { Notebook } from '../../model/notebook.ts';
import { buildCell, buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import GraphDialog from './GraphDialog.svelte';

const done = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
} as const;

const sales = buildNotebook([], {
  title: 'Sales',
  cells: [
    buildCell('load'),
    buildScriptlet('clean', ['frame'], ['rows']),
    buildCell('aside'),
    buildScriptlet('plot', ['rows', 'frame']),
    buildScriptlet('report', ['frame']),
  ],
  connections: [
    buildConnection('load.sales', 'clean.frame'),
    buildConnection('clean.rows', 'plot.rows'),
    buildConnection('load.sales', 'plot.frame'),
    buildConnection('load.sales', 'report.frame'),
  ],
});

async function showGraph(notebook: Notebook, selected: string | null = null) {
  const { session, kernel } = openNotebook(notebook);
  const heard: string[] = [];
  const screen = await render(GraphDialog, {
    session,
    selectedId: selected === null ? null : CellId.from(selected),
    onGoTo: (cellId) => heard.push(`go to ${cellId}`),
    onClose: () => heard.push('close'),
  });
  const dialog = screen.getByRole('dialog', { name: `Graph of ${notebook.title}` });
  const boxes = dialog.getByRole('list', { name: 'Cells' }).getByRole('button');
  const readNames = () => boxes.elements().map((box) => box.getAttribute('aria-label'));
  const focused = () => document.activeElement?.getAttribute('aria-label')?.split(':')[0];
  return { session, kernel, dialog, boxes, heard, readNames, focused };
}

test('the cells stand in layers, with what they are, do, take and hand on, also while they run', async () => {
  const { session, kernel, readNames } = await showGraph(sales);
  await expect
    .poll(readNames)
    .toEqual([
      'load: Data Generator, idle, hands sales to clean and plot and report',
      'report: Scriptlet, idle, takes frame from load',
      'clean: Scriptlet, idle, takes frame from load, hands rows to plot',
      'plot: Scriptlet, idle, takes rows from clean and frame from load',
      'aside: Data Generator, idle, not connected',
    ]);

  session.runCell(CellId.from('aside'));
  session.runCell(CellId.from('load'));
  await expect.poll(() => kernel.asked).toEqual(['run aside']);
  kernel.progress(41.8);
  await expect
    .poll(() => readNames().map((name) => name?.split(', ')[1]))
    .toEqual(['queued', 'idle', 'idle', 'idle', 'running 41 %']);
  kernel.end(done);
  await expect
    .poll(() => readNames().map((name) => name?.split(', ')[1]))
    .toEqual(['running', 'idle', 'idle', 'idle', 'done']);
});

test('the keys go along connections from the selected cell, and Enter goes to the cell', async () => {
  const { focused, heard } = await showGraph(sales, 'clean');
  await expect.poll(focused).toBe('clean');
  const walked: (string | undefined)[] = [];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowDown', 'End', 'ArrowLeft']) {
    await userEvent.keyboard(`{${key}}`);
    walked.push(focused());
  }
  expect(walked).toEqual(['plot', 'plot', 'load', 'load', 'report', 'aside', 'plot']);

  await userEvent.keyboard('{Enter}');
  expect(heard).toEqual(['go to plot']);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => heard).toEqual(['go to plot', 'close']);
});

test('lines are of the colours that the reader has chosen', async () => {
  const setColours = (value: 'active' | 'none') =>
    cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
  await setColours('active');
  try {
    const { dialog, focused } = await showGraph(sales, 'load');
    await expect.poll(focused).toBe('load');
    const sample = document.createElement('div');
    document.body.append(sample);
    const resolve = (name: string): string => {
      sample.style.cssText = `forced-color-adjust: none; color: ${name}`;
      return getComputedStyle(sample).color;
    };
    const lines = [...dialog.element().querySelectorAll('svg[width] g')].map((line) =>
      [...line.querySelectorAll('path')].map((path) =>
        path.classList.contains('arrow') ? getComputedStyle(path).fill : getComputedStyle(path).stroke,
      ),
    );
    const [plain, shown] = [resolve('canvastext'), resolve('highlight')];
    expect(lines.map((colours) => colours.map((colour) => [plain, shown].indexOf(colour)))).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
  } finally {
    await setColours('none');
  }
});

test('the Tab key stops at one cell, and at what zooms', async () => {
  const { focused, dialog } = await showGraph(sales, 'clean');
  await expect.poll(focused).toBe('clean');
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  expect(document.activeElement?.textContent.trim()).toBe('Fit');
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}{Enter}');
  await expect.element(dialog.getByRole('status', { name: 'Zoom' })).toHaveTextContent('109 %');
  await userEvent.keyboard('{Tab}{Tab}');
  expect(focused()).toBe('clean');
  await userEvent.keyboard('-0');
  await expect.element(dialog.getByRole('status', { name: 'Zoom' })).not.toHaveTextContent('109 %');
});

test('without connections it says how to make one, and shows the cells', async () => {
  const { dialog, readNames } = await showGraph(buildNotebook(['one', 'two']));
  await expect.element(dialog.getByText(/^No cell is connected to another yet/)).toBeVisible();
  await expect
    .poll(readNames)
    .toEqual(['one: Data Generator, idle, not connected', 'two: Data Generator, idle, not connected']);
});

test('200 cells and 400 connections are all there, arranged beside the page', async () => {
  const ends = Array.from({ length: 400 }, (_, index) => {
    const to = 1 + ((index * 7919) % 199);
    return { from: Math.max(0, to - 1 - ((index * 31) % 12)), to, input: `in${String(index)}` };
  });
  const notebook = buildNotebook([], {
    cells: Array.from({ length: 200 }, (_, cell) =>
      buildScriptlet(
        `c${String(cell)}`,
        ends.filter(({ to }) => to === cell).map(({ input }) => input),
        ['out'],
      ),
    ),
    connections: ends.map(({ from, to, input }) =>
      buildConnection(`c${String(from)}.out`, `c${String(to)}.${input}`),
    ),
  });
  const { dialog, boxes } = await showGraph(notebook);
  await expect.element(dialog.getByText('Arranging 200 cells…')).toBeVisible();
  await expect.poll(() => boxes.elements().length, { timeout: 20_000 }).toBe(200);
  expect(dialog.element().querySelectorAll('path.line').length).toBe(400);
});
