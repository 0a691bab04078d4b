import { render } from 'vitest-browser-svelte';
import { expect, test, vi } from 'vitest';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import type { EmbeddedState } from '../../session/EmbeddedNotebook.svelte.ts';
import { readOpenAddress } from '../../model/open-address.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import { openWorkspace } from '../testing/open-workspace.ts';
import EmbedPage from './EmbedPage.svelte';
import FrameRefusal from './FrameRefusal.svelte';

const origin = 'https://cahier.example/#notebook=1.abc';

async function show(state: EmbeddedState) {
  await fitWindow(900);
  const fetch = vi.fn<(address: unknown) => Promise<void>>().mockResolvedValue();
  const screen = await render(EmbedPage, { embedded: { state, fetch }, packagesUrl: 'packages.json' });
  return { screen, fetch };
}

test('a notebook that another page shows has nothing of a workspace around it, and leads to the app', async () => {
  const { workspace, session } = await openWorkspace(
    buildNotebook([], { title: 'Lesson', cells: [buildCell('Count')] }),
  );
  const posted = vi.spyOn(window.parent, 'postMessage');
  const { screen } = await show({ step: 'open', workspace, origin });
  await expect.element(screen.getByRole('heading', { name: 'Lesson' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Run all' })).toBeEnabled();
  expect(screen.getByRole('navigation').elements()).toEqual([]);
  expect(screen.getByRole('button', { name: 'History' }).elements()).toEqual([]);
  const link = screen.getByRole('link', { name: 'Open in Cahier' });
  await expect.element(link).toHaveAttribute('href', origin);
  const page = screen.container.querySelector('.page');
  const told = () => posted.mock.calls.map(([message]) => message);
  await expect
    .poll(() => told().at(-1)?.height === Math.ceil(page?.getBoundingClientRect().height ?? 0))
    .toBe(true);
  expect(told().filter(({ type }) => type !== 'cahier-height')).toEqual([]);
  const { id } = session.notebook.cells[0] ?? buildCell('');
  session.editor.edit({ type: 'set-source', cellId: id, source: 'print(2)' });
  await expect.element(link).toHaveAttribute('href', expect.stringMatching(/#notebook=1\.(?!abc$)/));
  posted.mockRestore();
});

test('a file of another host is fetched when its reader says so', async () => {
  const read = readOpenAddress('https://school.example/one.cahier', 'https://cahier.example/');
  if (!read.isOk) throw new Error(read.problem);
  const { screen, fetch } = await show({ step: 'asking', address: read.value });
  await expect
    .element(screen.getByText('“one.cahier” is fetched from school.example, which learns that you read it'))
    .toBeVisible();
  await screen.getByRole('button', { name: 'Show the notebook' }).click();
  expect(fetch.mock.calls).toEqual([[read.value]]);
});

test('why there is nothing to be shown is said, with the address, a second try and a way to the app', async () => {
  delete document.documentElement.dataset['theme'];
  const read = readOpenAddress('https://school.example/one.cahier', 'https://cahier.example/');
  if (!read.isOk) throw new Error(read.problem);
  const problem = 'school.example answered with 404: it has no file at this address.';
  const appUrl = 'https://cahier.example/?open=https%3A%2F%2Fschool.example%2Fone.cahier';
  const { screen, fetch } = await show({
    step: 'refused',
    problem,
    remedy: 'Tell who made it.',
    address: read.value,
    appUrl,
  });
  await expect.element(screen.getByRole('alert')).toHaveTextContent(problem);
  // Without one, its letters would be dark on whatever ground the browser has.
  expect(document.documentElement.dataset['theme']).toBe('light');
  await expect.element(screen.getByText('Tell who made it.')).toBeVisible();
  await expect.element(screen.getByText(read.value.url)).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Open in Cahier' })).toHaveAttribute('href', appUrl);
  await screen.getByRole('button', { name: 'Try again' }).click();
  expect(fetch.mock.calls).toEqual([[read.value]]);
});

test('an address without a notebook is not tried again', async () => {
  const { screen } = await show({
    step: 'refused',
    problem: 'It names none.',
    remedy: 'Copy it anew.',
    address: null,
    appUrl: 'https://cahier.example/',
  });
  const link = screen.getByRole('link', { name: 'Open Cahier' });
  await expect.element(link).toHaveAttribute('href', 'https://cahier.example/');
  expect(screen.getByRole('button').elements()).toEqual([]);
});

test('a page of another site is told why it shows no workspace, with a way to it', async () => {
  const screen = await render(FrameRefusal, { siteUrl: 'https://cahier.example/' });
  const link = screen.getByRole('link', { name: 'Open Cahier in a tab' });
  await expect.element(link).toHaveAttribute('href', 'https://cahier.example/');
  await expect.element(link).toHaveAttribute('target', '_blank');
});
