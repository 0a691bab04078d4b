import { endlessScripts } from '../stopping/endless-scripts.ts';
import { emptyRun, test } from './fixtures.ts';

/** A mark in Python's memory, to tell whether Python is the same afterwards. */
const mark = `import json\njson.mark = "kept"\n${emptyRun}`;
const lookForMark = `import json\nprint("Python was", getattr(json, "mark", "replaced"))\n${emptyRun}`;

for (const { name, source } of endlessScripts.filter(({ does }) => does !== 'compute in one call')) {
  test(`${name} is stopped, and Python is kept`, async ({ notebook }) => {
    await notebook.addScript(mark);
    await notebook.run();
    await notebook.expectState('Done');
    await notebook.replaceSource(source);
    await notebook.run();
    await notebook.openTab('Logs');
    await notebook.expectLog('begin');
    await notebook.press('Stop');
    await notebook.expectState('Stopped', 'Python kept');
    await notebook.replaceSource(lookForMark);
    await notebook.run();
    await notebook.expectState('Done');
    await notebook.expectLog('Python was kept');
  });
}

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
