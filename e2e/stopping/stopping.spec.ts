import { expect, isolationHeaders, test } from '../fixtures.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { endlessScripts, type EndlessScript } from './endless-scripts.ts';

const emptyRun =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))';

/** A mark in Python's memory, to tell whether Python is the same afterwards. */
const mark = `import json\njson.mark = "kept"\n${emptyRun}`;
const lookForMark = `import json\nprint("Python was", getattr(json, "mark", "replaced"))\n${emptyRun}`;

/** Runs the script, stops it with one press, and runs another; says how it ended. */
async function stop(notebook: NotebookPage, { source }: EndlessScript): Promise<'kept' | 'replaced'> {
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

test.describe('with a service worker and no isolation headers', () => {
  for (const script of endlessScripts) {
    test(`${script.name} is stopped`, async ({ notebook }) => {
      const python = await stop(notebook, script);
      if (script.does !== 'compute in one call') expect(python).toBe('kept');
    });
  }
});

test.describe('with isolation headers', () => {
  test.use({ hostHeaders: isolationHeaders });
  for (const script of endlessScripts) {
    test(`${script.name} is stopped`, async ({ notebook }) => {
      const python = await stop(notebook, script);
      if (script.does !== 'compute in one call') expect(python).toBe('kept');
    });
  }
});

test.describe('with the service worker refused', () => {
  test.use({ serviceWorkers: 'block' });
  for (const script of endlessScripts) {
    test(`${script.name} is stopped`, async ({ notebook }) => {
      expect(await stop(notebook, script)).toBe(script.does === 'wait' ? 'kept' : 'replaced');
    });
  }
});

test('a script that refuses to stop loses its Python at the second press', async ({ notebook }) => {
  const cell = await notebook.addScript(
    'import time\nprint("begin")\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException as error:\n        print("no", type(error).__name__)',
  );
  await cell.run();
  await expect(cell.log).toContainText('begin');
  await cell.stopButton.click();
  await expect(cell.log).toContainText('no KeyboardInterrupt');
  await cell.root.getByRole('button', { name: 'Stop now' }).click();
  await cell.expectState('Stopped');
  await expect(cell.root.locator('header')).toContainText('Python replaced');
  await expect(cell.log).toContainText('Python was ended, and another took over');
});

test('a script past its timeout is stopped in the same way, and Python is kept', async ({ notebook }) => {
  const cell = await notebook.addScript(`${mark}\nwhile True:\n    pass`);
  await notebook.configuration.getByRole('spinbutton', { name: 'Timeout for Script Execution' }).fill('1');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('timed out after 1 s');
  await expect(cell.error).toContainText('Python is kept');
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.log).toContainText('Python was kept');
});
