import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { cdp, server } from 'vitest/browser';
import { buildNotebook } from '../../model/testing/builders.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { findMiddle, fitWindow } from '../../ui/testing/mouse.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import DropArea from './DropArea.svelte';
import '../../ui/tokens.css';
import '../../ui/base.css';

async function setup() {
  await fitWindow();
  const { session } = openNotebook(buildNotebook([], { cells: [] }));
  const screen = await render(DropArea, {
    session,
    onWorkspaces: () => undefined,
    children: (() => undefined) as never,
  });
  const area = screen.container.querySelector<HTMLElement>('.scroller');
  if (!area) throw new Error('there is nothing to drop on');
  area.style.height = '300px';
  return { session, screen, area };
}

/** Drops what lies at a path of this project, as a person drags it from a window of files. */
async function dropPath(area: HTMLElement, path: string): Promise<void> {
  const middle = await findMiddle(area);
  const frame = window.frameElement?.getBoundingClientRect();
  const place = { x: (frame?.left ?? 0) + middle.x, y: (frame?.top ?? 0) + middle.y };
  const data = { items: [], files: [`${server.config.root}/${path}`], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp().send('Input.dispatchDragEvent', { type, ...place, data });
  }
}

function dropFiles(area: HTMLElement, files: readonly File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  for (const type of ['dragover', 'drop']) {
    area.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}

/** The names of what was imported, and of what waits for it or is just stored. */
function listNames({ notebook, imports }: NotebookSession): string[] {
  const titles = notebook.cells.map(({ title }) => title);
  const waiting = imports.others.map(({ file }) => file.name.replace(/\..*/, ''));
  return [...new Set([...titles, ...waiting])].toSorted();
}

it('of a folder and those in it, files of tables become Datasets, and the others are named', async () => {
  const { session, screen, area } = await setup();
  await dropPath(area, 'src/samples');
  const dialog = screen.getByRole('dialog', { name: 'Import 6 files' });
  const names = ['anscombe', 'iris', 'marks', 'orders', 'sensors', 'speed-of-light'];
  await expect
    .poll(() =>
      dialog
        .getByRole('list', { name: 'Files to import' })
        .getByRole('listitem')
        .elements()
        .map((item) => item.textContent.split('.')[0])
        .toSorted(),
    )
    .toEqual(names);
  await expect
    .element(dialog)
    .toHaveTextContent(/Left out, as no name of a table: list-samples\.(test\.)?ts, /);
  await dialog.getByRole('button', { name: 'Make 6 Datasets' }).click();
  await expect.poll(() => session.notebook.cells.length).toBeGreaterThan(0);
  expect(listNames(session)).toEqual(names);
  expect(session.imports.asked).toBe(null);
  session.imports.dispose();
});

it('a folder without a table says what it holds instead', async () => {
  const { screen, area } = await setup();
  await dropPath(area, 'src/views/samples');
  const dialog = screen.getByRole('dialog', { name: 'Nothing to import' });
  await expect.element(dialog).toHaveTextContent('None of these files has a name of a table');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
});

it('of 500 files, so many as fit become Datasets after one question, and no file passes unnamed or uncounted', async () => {
  const { session, screen, area } = await setup();
  const name = (index: number): string => `${index}.${index % 5 === 4 ? 'png' : 'csv'}`;
  dropFiles(area, [
    new File([''], '._0.csv'),
    ...Array.from({ length: 499 }, (_, index) => new File(['a\n1\n'], name(index))),
  ]);
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toHaveAccessibleName('Import 50 files');
  await expect.element(dialog).toHaveTextContent('350 more are left out: 50 are imported at a time.');
  await expect.element(dialog).toHaveTextContent('._0.csv, 4.png, 9.png, 14.png, 19.png and 95 more.');
  expect(screen.getByRole('dialog').elements()).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Make 50 Datasets' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(session.imports.asked).toBe(null);
  await expect.poll(() => session.notebook.cells.length).toBeGreaterThan(1);
  expect(listNames(session)).toHaveLength(50);
  session.imports.dispose();
});
