import { expect, test } from '../fixtures.ts';
import { lookForMark, mark } from './stop-script.ts';

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
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('Python was kept');
});
