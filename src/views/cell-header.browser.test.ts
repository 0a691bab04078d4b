import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { buildNotebook } from '../model/testing/builders.ts';
import { fitWindow } from '../ui/testing/mouse.ts';
import NotebookView from './NotebookView.svelte';
import { openWorkspace } from './testing/open-workspace.ts';
import ViewHost from './testing/ViewHost.svelte';

const reason =
  'Not run: “A cell with a title that leaves…” sent “measurements” to other inputs only, and the input “measurements” needs it. Give it a value of its own, or allow null.';

test.each([1000, 360])('why a cell was not run is read whole in a window of %i pixels', async (width) => {
  await fitWindow(width);
  const { session, workspace } = await openWorkspace(buildNotebook(['A cell with a title that is long']));
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
  const [cell] = session.notebook.cells;
  if (!cell) throw new Error('it was just made');
  const header = screen.getByRole('region', { name: cell.title }).element().querySelector('header');
  const findHeights = () =>
    ['heading', 'button'].map((role) => {
      const name = role === 'heading' ? cell.title : 'Run';
      const { top, height } = screen.getByRole(role, { name, exact: true }).element().getBoundingClientRect();
      return Math.round(top + height / 2);
    });
  const heights = findHeights();
  session.getRun(cell.id).skip(reason);
  const words = screen.getByText(reason, { exact: true });
  await expect.element(words).toBeVisible();
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = words.element();
  expect([scrollWidth, scrollHeight]).toEqual([clientWidth, clientHeight]);
  expect(header?.scrollWidth).toBe(header?.clientWidth);
  expect(findHeights()).toEqual(heights);
});
