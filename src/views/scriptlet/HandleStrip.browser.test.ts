import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { JobEnding } from '../../model/job.ts';
import { buildConnection, buildInput, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import { ConnectionDrag } from '../dragging/ConnectionDrag.svelte.ts';
import HandleStrip from './HandleStrip.svelte';

const done: JobEnding = { status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } };

describe('an input that is connected', () => {
  it('says so where the cell it takes from was done and put out nothing', async () => {
    const source = buildScriptlet('source', [], ['out']);
    const target = buildScriptlet('target', [buildInput('in', { defaultValue: '1' })]);
    const { session, kernel } = openNotebook({
      ...buildNotebook([]),
      cells: [source, target],
      connections: [buildConnection('source.out', 'target.in')],
    });
    const screen = await render(HandleStrip, {
      session,
      cell: target,
      side: 'inputs',
      drag: new ConnectionDrag(),
      onPress: () => undefined,
    });
    const chip = screen.getByRole('button');
    await expect.element(chip).toHaveTextContent('in ← source → out');
    session.runCell(source.id);
    await expect.poll(() => kernel.asked).toEqual(['run source']);
    kernel.end(done);
    await expect.element(chip).toHaveTextContent('in ← nothing from source → out');
  });
});
