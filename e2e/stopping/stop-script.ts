import { expect, test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { lookForMark, mark } from '../scripts.ts';
import { endlessScripts, type EndlessScript } from './endless-scripts.ts';

/** Runs the script in a cell and stops it with one press; says what its header tells of Python. */
export async function stopScript(
  cell: CellPart,
  { source }: Pick<EndlessScript, 'source'>,
): Promise<'kept' | 'replaced'> {
  await cell.replaceSource(source);
  await cell.run();
  // The log of the run before is gone then.
  await expect(cell.root.locator('> header')).toContainText(/Running|Waiting for input/, { timeout: 60_000 });
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('begin', { timeout: 60_000 });
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  const words = await cell.root.locator('header').innerText();
  return words.includes('Python kept') ? 'kept' : 'replaced';
}

/** Leaves a mark in Python's memory, for `expectPython` to look for. */
export async function markPython(cell: CellPart): Promise<void> {
  await cell.replaceSource(mark);
  await cell.run();
  await cell.expectState('Done');
}

/** Runs another script, and looks whether Python is the one that was marked. */
export async function expectPython(cell: CellPart, python: 'kept' | 'replaced'): Promise<void> {
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.log).toContainText(`Python was ${python}`);
}

/** Stops the script, and looks in Python's memory for what the header tells of it. */
export async function stopAndLook(
  cell: CellPart,
  script: Pick<EndlessScript, 'source'>,
): Promise<'kept' | 'replaced'> {
  await markPython(cell);
  const python = await stopScript(cell, script);
  await expectPython(cell, python);
  return python;
}

/**
 * Stops all endless scripts in one cell, and tells what is to become of Python each time. What the header says of it is
 * looked at in Python's memory wherever Python is replaced, and at the end.
 */
export async function stopEndlessScripts(
  notebook: NotebookPage,
  foresee: (script: EndlessScript) => 'kept' | 'replaced' | 'either',
): Promise<void> {
  const cell = await notebook.addScript(mark);
  await markPython(cell);
  for (const script of endlessScripts) {
    await test.step(script.name, async () => {
      const python = await stopScript(cell, script);
      const foreseen = foresee(script);
      if (foreseen !== 'either') expect(python).toBe(foreseen);
      if (python === 'kept') return;
      await expectPython(cell, python);
      await markPython(cell);
    });
  }
  await expectPython(cell, 'kept');
}
