import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Notebook } from '../../model/notebook.ts';
import { buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { findMiddle, fitWindow, sendMouse, sendTouch } from '../../ui/testing/mouse.ts';
import NotebookView from '../NotebookView.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';

type Place = Awaited<ReturnType<typeof findMiddle>>;

/** How a mouse, a pen or a finger is pressed, moved and let go. */
const pointers = {
  mouse: {
    down: ({ x, y }: Place) => sendMouse('mousePressed', x, y),
    move: ({ x, y }: Place) => sendMouse('mouseMoved', x, y, true),
    up: ({ x, y }: Place) => sendMouse('mouseReleased', x, y),
  },
  pen: {
    down: ({ x, y }: Place) => sendMouse('mousePressed', x, y, true, 'pen'),
    move: ({ x, y }: Place) => sendMouse('mouseMoved', x, y, true, 'pen'),
    up: ({ x, y }: Place) => sendMouse('mouseReleased', x, y, false, 'pen'),
  },
  finger: {
    down: ({ x, y }: Place) => sendTouch('touchStart', x, y),
    move: ({ x, y }: Place) => sendTouch('touchMove', x, y),
    up: ({ x, y }: Place) => sendTouch('touchEnd', x, y),
  },
};

const { mouse, finger } = pointers;

afterEach(() => {
  vi.useRealTimers();
});

const pair = buildNotebook([], {
  cells: [buildScriptlet('source', ['in'], ['out']), buildScriptlet('target', ['rows'], ['more'])],
});

/** A notebook in a window that it may be higher than. */
async function showNotebook(notebook: Notebook) {
  await fitWindow();
  document.body.innerHTML = '<div id="place" style="display: flex; height: 700px"></div>';
  const target = document.querySelector('#place');
  if (!target) throw new Error('it was just made');
  const opened = await openWorkspace(notebook);
  const configured: string[] = [];
  const screen = await render(ViewHost<Parameters<typeof NotebookView>[1]>, {
    target,
    props: {
      workspace: opened.workspace,
      view: NotebookView,
      viewProps: {
        session: opened.session,
        theme: 'light',
        isConfigurationOpen: false,
        onToggleConfiguration: () => configured.push('configuration'),
      },
    },
  });
  const chip = (list: string, name: RegExp) =>
    screen.getByRole('list', { name: list }).getByRole('button', { name }).element();
  return {
    ...opened,
    configured,
    out: () => chip('Outputs of source', /^out/),
    rows: () => chip('Inputs of target', /^rows/),
    grip: (title: string) =>
      screen.getByRole('region', { name: title, exact: true }).element().querySelector('.grip') as Element,
    connections: () =>
      opened.session.notebook.connections.map(
        ({ from, to }) => `${from.cellId}.${from.handle} → ${to.cellId}.${to.handle}`,
      ),
    titles: () => opened.session.notebook.cells.map(({ title }) => title),
    line: () => document.querySelector('[data-drag-line]'),
    ghost: () => document.querySelector('[data-drag-ghost]')?.textContent,
  };
}

describe('a connection', () => {
  test.each(['mouse', 'pen', 'finger'] as const)(
    'is dragged from an output to an input with a %s',
    async (name) => {
      const pointer = pointers[name];
      const { out, rows, connections, line, configured } = await showNotebook(pair);
      const [from, to] = [await findMiddle(out()), await findMiddle(rows())];
      await pointer.down(from);
      expect(line()).toBe(null);
      // A finger rests first: it could scroll as well.
      if (name === 'finger') await expect.poll(line).not.toBe(null);
      await pointer.move({ x: from.x + 20, y: from.y + 10 });
      await expect.poll(line).not.toBe(null);
      expect(getComputedStyle(rows()).borderStyle).toBe('dashed');
      await pointer.move(to);
      await expect.poll(() => getComputedStyle(rows()).outlineStyle).toBe('solid');
      await pointer.up(to);
      await expect.poll(connections).toEqual(['source.out → target.rows']);
      expect([line(), configured]).toEqual([null, []]);
    },
  );

  const high = buildNotebook([], {
    cells: [
      buildScriptlet('source', ['in'], ['out']),
      ...Array.from({ length: 8 }, (_, index) => buildScriptlet(`target ${index}`, ['rows'], ['more'])),
    ],
  });

  test('is dragged by a finger that has rested, and nothing scrolls', async () => {
    const { out, line } = await showNotebook(high);
    const from = await findMiddle(out());
    await finger.down(from);
    await expect.poll(line).not.toBe(null);
    for (let way = 10; way <= 60; way += 10) await finger.move({ x: from.x, y: from.y - way });
    const end = line()?.querySelector('circle')?.getAttribute('cy');
    await finger.up({ x: from.x, y: from.y - 60 });
    expect([Number(end), document.querySelector('.scroller')?.scrollTop]).toEqual([
      expect.closeTo(from.y - 60, 0) as number,
      0,
    ]);
    await expect.poll(line).toBe(null);
  });

  test('is not begun by a finger that scrolls from an output', async () => {
    const { out, connections, line, configured } = await showNotebook(high);
    const scroller = document.querySelector('.scroller');
    const from = await findMiddle(out());
    // On a busy machine a finger would come to rest between two moves.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await finger.down(from);
    const lines: boolean[] = [];
    for (let way = 20; way <= 120; way += 20) {
      await finger.move({ x: from.x, y: from.y - way });
      lines.push(line() !== null);
    }
    await finger.up({ x: from.x, y: from.y - 120 });
    await expect.poll(() => scroller?.scrollTop).toBeGreaterThan(60);
    // Longer than a finger has to rest.
    vi.advanceTimersByTime(400);
    expect([lines.includes(true), line(), connections(), configured]).toEqual([false, null, [], []]);
  });

  test('is a press on its output where a finger has rested and moves nowhere', async () => {
    const { out, configured, connections, line } = await showNotebook(pair);
    const from = await findMiddle(out());
    await finger.down(from);
    await expect.poll(line).not.toBe(null);
    await finger.up(from);
    await expect.poll(line).toBe(null);
    await expect.poll(() => configured).toEqual(['configuration']);
    expect(connections()).toEqual([]);
  });

  test('is given up by Escape, and made of nothing where there is no input', async () => {
    const { out, rows, connections, line, configured } = await showNotebook(pair);
    const [from, to] = [await findMiddle(out()), await findMiddle(rows())];
    await mouse.down(from);
    await mouse.move({ x: from.x + 20, y: from.y + 10 });
    await mouse.move(to);
    await expect.poll(line).not.toBe(null);
    await userEvent.keyboard('{Escape}');
    await expect.poll(line).toBe(null);
    await mouse.up(to);
    await mouse.down(from);
    await mouse.move({ x: from.x + 20, y: from.y + 10 });
    await mouse.move({ x: to.x + 300, y: to.y });
    await mouse.up({ x: to.x + 300, y: to.y });
    await expect.poll(line).toBe(null);
    expect([connections(), configured]).toEqual([[], []]);
  });

  test('is refused where it would close a circle, and says so', async () => {
    const { out, connections, notices, session } = await showNotebook(pair);
    const own = document.querySelector('[aria-label="Inputs of source"] button');
    if (!own) throw new Error('there is no input');
    const [from, to] = [await findMiddle(out()), await findMiddle(own)];
    await mouse.down(from);
    await mouse.move({ x: from.x + 20, y: from.y });
    await mouse.move(to);
    await mouse.up(to);
    await expect
      .poll(() => notices.list.map(({ text }) => text))
      .toEqual(['That would close a circle: “source” → “source”.']);
    expect([connections(), session.notebook.cells.length]).toEqual([[], 2]);
  });

  test('is a press on its output where the pointer stays', async () => {
    const { out, configured, connections } = await showNotebook(pair);
    const from = await findMiddle(out());
    await mouse.down(from);
    await mouse.move({ x: from.x + 2, y: from.y });
    await mouse.up({ x: from.x + 2, y: from.y });
    await expect.poll(() => configured).toEqual(['configuration']);
    expect(connections()).toEqual([]);
  });
});

describe('a cell', () => {
  const three = buildNotebook(['one', 'two', 'three']);

  test.each(['mouse', 'finger'] as const)('is moved by its grip with a %s', async (name) => {
    const pointer = pointers[name];
    const { grip, titles, ghost } = await showNotebook(three);
    const from = await findMiddle(grip('three'));
    const to = await findMiddle(grip('one'));
    await pointer.down(from);
    await pointer.move({ x: from.x, y: from.y - 20 });
    await expect.poll(ghost).toBe('three');
    await pointer.move(to);
    await expect.poll(() => document.querySelectorAll('.between.gap').length).toBe(1);
    await pointer.up(to);
    await expect.poll(titles).toEqual(['three', 'one', 'two']);
    expect(ghost()).toBe(undefined);
  });

  test('stays where it is when the move is given up', async () => {
    const { grip, titles, ghost } = await showNotebook(three);
    const from = await findMiddle(grip('three'));
    const to = await findMiddle(grip('one'));
    await mouse.down(from);
    await mouse.move(to);
    await expect.poll(ghost).toBe('three');
    await userEvent.keyboard('{Escape}');
    await mouse.up(to);
    await expect.poll(ghost).toBe(undefined);
    expect(titles()).toEqual(['one', 'two', 'three']);
  });

  test('is moved past the edge of the window, which scrolls', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `cell ${index + 1}`);
    const { grip, titles } = await showNotebook(buildNotebook(names));
    const from = await findMiddle(grip('cell 1'));
    await mouse.down(from);
    await mouse.move({ x: from.x, y: 690 });
    const scroller = document.querySelector('.scroller');
    await expect.poll(() => scroller?.scrollTop).toBeGreaterThan(600);
    await mouse.up({ x: from.x, y: 690 });
    await expect.poll(() => titles().indexOf('cell 1')).toBeGreaterThan(5);
  });
});
