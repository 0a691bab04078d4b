import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import QueueStatus from './QueueStatus.svelte';

const done = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
} as const;

/** Four cells, of which the last takes something from the second. */
async function showQueue() {
  const { session, kernel } = openNotebook(
    buildNotebook([], {
      cells: [
        buildScriptlet('load', [], []),
        buildScriptlet('clean', [], ['rows']),
        buildScriptlet('count', [], []),
        buildScriptlet('plot', ['rows'], []),
      ],
      connections: [buildConnection('clean.rows', 'plot.rows')],
    }),
  );
  const heard: string[] = [];
  const screen = await render(QueueStatus, { session, onGoTo: (cellId) => heard.push(`go to ${cellId}`) });
  const status = screen.getByRole('button', { name: /^Running \d|^Nothing runs/ });
  const panel = screen.getByRole('dialog', { name: 'Queue' });
  const rows = () =>
    panel
      .getByRole('listitem')
      .elements()
      .map((row) =>
        row.textContent
          .replace(/\s+/g, ' ')
          .replace(/[\d,.]+ (ms|s)\b/, '… s')
          .trim(),
      );
  return { session, kernel, screen, status, panel, rows, heard };
}

test('the queue says how far it is, and lists what runs with its progress and what waits', async () => {
  const { session, kernel, screen, status, panel, rows } = await showQueue();
  expect(screen.container.textContent.trim()).toBe('');
  session.run({ type: 'all' });
  await expect.element(status).toHaveTextContent('Running 1 of 4');
  kernel.progress(40);
  await expect
    .element(screen.getByRole('progressbar', { name: 'Progress of load' }))
    .toHaveAttribute('aria-valuenow', '40');

  await status.click();
  await expect.poll(rows).toEqual(['load 40 % · Running … s', 'clean Queued', 'count Queued', 'plot Queued']);
  await expect
    .element(panel.getByRole('progressbar', { name: 'Progress of load' }))
    .toHaveAttribute('aria-valuetext', '40 %');
  kernel.end(done);
  await expect.element(status).toHaveTextContent('Running 2 of 4');
  await expect.poll(rows).toEqual(['clean Running … s', 'count Queued', 'plot Queued']);
});

test('a cell is removed with what needs it, the focus stays in the list, and Escape gives it back', async () => {
  const { session, status, panel, rows } = await showQueue();
  session.run({ type: 'all' });
  await status.click();
  await panel.getByRole('button', { name: 'Remove clean' }).click();
  await expect.poll(rows).toEqual(['load Running … s', 'count Queued']);
  await expect.element(panel).toHaveFocus();
  await expect.element(status).toHaveTextContent('Running 1 of 2');
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  await expect.element(status).toHaveFocus();
});

test('a press on a title goes to the cell', async () => {
  const { session, status, panel, heard } = await showQueue();
  session.run({ type: 'all' });
  await status.click();
  await panel.getByRole('button', { name: 'count', exact: false }).first().click();
  expect(heard).toEqual(['go to count']);
  await expect.element(panel).not.toBeInTheDocument();
});

test('all is stopped at once; the list stays until it is left, and goes with what opened it', async () => {
  const { session, status, panel } = await showQueue();
  session.run({ type: 'all' });
  await status.click();
  await panel.getByRole('button', { name: 'Stop all' }).click();
  await expect.element(panel).toHaveTextContent('Nothing runs, and nothing waits.');
  await expect.element(panel).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(status).toHaveFocus();
  await userEvent.click(document.body);
  await expect.element(status).not.toBeInTheDocument();
});
