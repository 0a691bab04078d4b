import { expect, test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { lookForMark, mark } from '../scripts.ts';
import { endlessScripts, type EndlessScript } from './endless-scripts.ts';

/** Runs the script in a cell, stops it with one press, and runs another; says what became of Python. */
export async function stopScript(
  cell: CellPart,
  { source }: Pick<EndlessScript, 'source'>,
): Promise<'kept' | 'replaced'> {
  await cell.replaceSource(mark);
  await cell.run();
  await cell.expectState('Done');
  await cell.replaceSource(source);
  await cell.run();
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('begin', { timeout: 60_000 });
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  const words = await cell.root.locator('header').innerText();
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  const word = words.includes('Python kept') ? 'kept' : 'replaced';
  await expect(cell.log).toContainText(`Python was ${word}`);
  return word;
}

/** Stops all endless scripts in one cell, and tells what is to become of Python each time. */
export async function stopEndlessScripts(
  notebook: NotebookPage,
  foresee: (script: EndlessScript) => 'kept' | 'replaced' | 'either',
): Promise<void> {
  const cell = await notebook.addScript(mark);
  for (const script of endlessScripts) {
    await test.step(script.name, async () => {
      const python = await stopScript(cell, script);
      const foreseen = foresee(script);
      if (foreseen !== 'either') expect(python).toBe(foreseen);
    });
  }
}
