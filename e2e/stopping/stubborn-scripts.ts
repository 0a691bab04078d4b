import { expect } from '../fixtures.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { lookForMark, mark } from '../scripts.ts';

/** Swallows whatever is raised in it. */
const stubbornScript =
  'import time\nprint("begin")\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException as error:\n        print("no", type(error).__name__)';

/** Ends a script that refuses to stop with a second press; the spare runs the next one, and no Python has to start. */
export async function endStubbornScript(notebook: NotebookPage): Promise<void> {
  const cell = await notebook.addScript(`import json\njson.mark = "kept"\n${stubbornScript}`);
  await cell.run();
  await expect(cell.log).toContainText('begin', { timeout: 60_000 });
  await notebook.waitForSpare();
  const readToolbar = await notebook.followToolbar();
  await cell.stopButton.click();
  await expect(cell.log).toContainText('no KeyboardInterrupt');
  await cell.root.getByRole('button', { name: 'Stop now' }).click();
  await cell.expectState('Stopped');
  await expect(cell.root.locator('header')).toContainText('Python replaced');
  await expect(cell.log).toContainText('Python was ended, and another took over');
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('Python was replaced');
  const words = await readToolbar();
  expect(words.filter((text) => text.includes('is stopping'))).not.toEqual([]);
  expect(words.filter((text) => text.includes('is starting'))).toEqual([]);
}

/** Lets a script that computes run out of its time; the next one runs, and tells whether in the same Python. */
export async function exceedTimeout(notebook: NotebookPage, python: 'kept' | 'replaced'): Promise<void> {
  const cell = await notebook.addScript(`${mark}\nwhile True:\n    pass`);
  await notebook.configuration.getByRole('spinbutton', { name: 'Timeout for Script Execution' }).fill('1');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('timed out after 1 s');
  await expect(cell.error).toContainText(
    python === 'kept' ? 'Python is kept' : 'Python had to be ended for it, and another took over',
  );
  await notebook.configuration.getByRole('spinbutton', { name: 'Timeout for Script Execution' }).fill('60');
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText(`Python was ${python}`);
}
