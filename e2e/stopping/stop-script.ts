import { expect } from '../fixtures.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import type { EndlessScript } from './endless-scripts.ts';

const emptyRun =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))';

/** A mark in Python's memory, to tell whether Python is the same afterwards. */
export const mark = `import json\njson.mark = "kept"\n${emptyRun}`;
export const lookForMark = `import json\nprint("Python was", getattr(json, "mark", "replaced"))\n${emptyRun}`;

/** Runs the script, stops it with one press, and runs another; says how it ended. */
export async function stopScript(
  notebook: NotebookPage,
  { source }: EndlessScript,
): Promise<'kept' | 'replaced'> {
  const cell = await notebook.addScript(mark);
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
