import { endlessScripts } from '../stopping/endless-scripts.ts';
import { emptyRun, lookForMark, mark } from '../scripts.ts';
import { test } from './fixtures.ts';

/** Has a failure name the part of the story that it happened in. */
async function asStep(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`At ${name}`, { cause: error });
  }
}

test('scripts that do not end are stopped, one after the other, and Python is kept', async ({ notebook }) => {
  await notebook.addScript(mark);
  await notebook.run();
  await notebook.expectState('Done');
  for (const { name, source } of endlessScripts.filter(({ does }) => does !== 'compute in one call')) {
    await asStep(name, async () => {
      await notebook.replaceSource(source);
      await notebook.run();
      // The log of the run before is gone then.
      await notebook.expectBusy();
      await notebook.openTab('Logs');
      await notebook.expectLog('begin');
      await notebook.press('Stop');
      await notebook.expectState('Stopped', 'Python kept');
    });
  }
  await notebook.replaceSource(lookForMark);
  await notebook.run();
  await notebook.expectState('Done');
  await notebook.expectLog('Python was kept');
});

test('a script that refuses to stop loses its Python at the second press', async ({ notebook }) => {
  await notebook.addScript(
    'import time\nprint("begin")\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException as error:\n        print("no", type(error).__name__)',
  );
  await notebook.run();
  await notebook.expectLog('begin');
  await notebook.press('Stop');
  await notebook.expectLog('no KeyboardInterrupt');
  await notebook.press('Stop now');
  await notebook.expectState('Stopped', 'Python replaced');
  await notebook.replaceSource(emptyRun);
  await notebook.run();
  await notebook.expectState('Done');
});
