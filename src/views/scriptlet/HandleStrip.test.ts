import { render } from 'svelte/server';
import { expect, it, vi } from 'vitest';
import type { Connection } from '../../model/handles.ts';
import { CellId } from '../../model/ids.ts';
import type { JobEnding } from '../../model/job.ts';
import type { OutputTarget } from '../../model/outputs.ts';
import { buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { openSession } from '../../session/testing/open-session.ts';
import { ConnectionDrag } from '../dragging/ConnectionDrag.svelte.ts';
import HandleStrip from './HandleStrip.svelte';

const source = buildScriptlet('source', [], ['out']);
const left = buildScriptlet('left', ['in']);
const right = buildScriptlet('right', ['in']);
const connections: readonly Connection[] = [
  buildConnection('source.out', 'left.in'),
  buildConnection('source.out', 'right.in'),
];

/** The tooltips of the inputs or the outputs of a cell. */
function listTooltips(session: NotebookSession, title: string, side: 'inputs' | 'outputs'): string[] {
  const cell = session.notebook.cells.find(({ id }) => id === CellId.from(title));
  if (!cell) throw new Error(`there is no cell ${title}`);
  const { body } = render(HandleStrip, {
    props: { session, cell, side, drag: new ConnectionDrag(), onPress: () => undefined },
  });
  return [...body.matchAll(/ title="([^"]*)"/g)].map(([, text]) => text ?? '');
}

function openCells(): ReturnType<typeof openSession> {
  return openSession(buildNotebook([], { cells: [source, left, right], connections }));
}

/** How the source ends when it puts out a value for these inputs alone. */
function putFor(...targets: readonly OutputTarget[]): JobEnding {
  const outputs = [{ handle: 'out', value: { kind: 'json', text: '1' }, targets }] as const;
  return { status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [] } };
}

it('a handle tells what it is connected to, and what can be done with it in a line of its own', () => {
  const { session } = openCells();
  expect(listTooltips(session, 'left', 'inputs')).toEqual(['in ← source → out\nPress to edit it.']);
  expect(listTooltips(session, 'source', 'outputs')).toEqual([
    'out → left: in, → right: in\nDrag it to an input of another cell.',
  ]);
});

it('an input tells that it got nothing, also where the output was put out for others alone', async () => {
  const { session, kernel } = openCells();
  session.runCell(source.id);
  await vi.waitFor(() => {
    expect(kernel.isRunning).toBe(true);
  });
  kernel.end(putFor({ nodeId: 'left', title: 'left', inputHandle: 'in' }));
  await vi.waitFor(() => {
    expect(session.getState(source)).toBe('done');
  });
  expect(['left', 'right'].flatMap((title) => listTooltips(session, title, 'inputs'))).toEqual([
    'in ← source → out\nPress to edit it.',
    'in ← nothing from source → out\nPress to edit it.',
  ]);
});
