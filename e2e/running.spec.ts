import { expect, testInUse as test } from './fixtures.ts';
import { emptyRun } from './scripts.ts';

test('an exception is shown with its line, which is marked in the editor', async ({ notebook }) => {
  const cell = await notebook.addScript('x = 1\n\ndef divide():\n    return x / 0\n\ndivide()');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('ZeroDivisionError: division by zero');
  await expect(cell.error.getByRole('button', { name: 'Line 4' })).toBeVisible();
  await cell.error.getByText('Traceback', { exact: true }).click();
  await expect(cell.error).toContainText('in divide');
  await expect(cell.error).not.toContainText('cahier/');
  await expect(cell.root.locator('.cahier-marked-line')).toHaveCount(1);
});

test('a syntax error is shown with its line', async ({ notebook }) => {
  const cell = await notebook.addScript('x = 1\nfor y in x\n    pass');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText("SyntaxError: expected ':'");
  await expect(cell.error.getByRole('button', { name: 'Line 2' })).toBeVisible();
});

test('a script that exits with a code fails with it', async ({ notebook }) => {
  const cell = await notebook.addScript('import sys\nsys.exit(3)');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('exit code 3');
});

test('a script that adds no data fails and names the option, which lets it succeed', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addScript('print("nothing")');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('Generate Empty Dataset Output');
  await notebook.configuration.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Result Table').click();
  await expect(cell.root).toContainText('no columns, no rows');
  await page.reload();
  await expect(notebook.configuration.getByRole('checkbox')).toBeChecked();
});

test('an endless loop is stopped, and the next run works', async ({ notebook }) => {
  const cell = await notebook.addScript('print("begin")\nwhile True:\n    pass');
  await cell.run();
  await expect(cell.log).toContainText('begin');
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  await expect(cell.log).toContainText('begin');
  await cell.replaceSource(emptyRun);
  await cell.run();
  await cell.expectState('Done');
});

test('a script past its timeout fails and says after how long', async ({ notebook }) => {
  const cell = await notebook.addScript('while True:\n    pass');
  await notebook.configuration.getByRole('spinbutton', { name: 'Timeout for Script Execution' }).fill('1');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('timed out after 1 s');
});

test('50 MB of prints are cut with a note, and the page stays usable', async ({ notebook, page }) => {
  const cell = await notebook.addScript(`print("x" * 50_000_000)\n${emptyRun}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('left out');
  expect((await cell.log.innerText()).length).toBeLessThan(1_200_000);
  await page.reload();
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('left out');
});

test('ragged rows are refused with the first bad row', async ({ notebook }) => {
  const cell = await notebook.addScript(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1, 2], [3]], ["a", "b"]))',
  );
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText(/ValueError: .*row 2/i);
});

test('an image that is not a PNG is refused', async ({ notebook }) => {
  const cell = await notebook.addScript(
    'from onelogic.odpf import ImageType\nod_output.add_image("plot", ImageType.PNG, b"GIF89a and so on")',
  );
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText(/ValueError: .*GIF/);
});

test('a package that does not exist is named, with what can be done', async ({ notebook, page }) => {
  const cell = await notebook.addScript('import numppy');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText("ModuleNotFoundError: No module named 'numppy'");
  await expect(cell.error).toContainText('Did you mean numpy?');
  await cell.root.getByRole('button', { name: 'Packages that can be imported' }).click();
  const list = page.getByRole('dialog', { name: 'Packages that can be imported' });
  await expect(list.getByRole('row', { name: /numpy 2\.2\.5/ })).toBeVisible();
  await list.getByRole('searchbox', { name: 'Search packages' }).fill('sklearn');
  await expect(list.getByRole('row', { name: /scikit-learn/ })).toBeVisible();
  await list.getByRole('button', { name: 'Close' }).click();
});

for (const [cause, script, message] of [
  [
    'an access outside its memory',
    'import ctypes\nctypes.string_at(0xFFFFFFF0)',
    'memory access out of bounds',
  ],
  ['an exit of the whole process', 'import os\nos._exit(3)', 'Program terminated with exit(3)'],
] as const) {
  test.describe(`a Python that breaks down by ${cause}`, () => {
    test.use({ expectedErrors: [message] });

    test('is replaced, and says so', async ({ notebook }) => {
      const cell = await notebook.addScript(script);
      await cell.run();
      await cell.expectState('Failed');
      await expect(cell.error).toContainText(`Python broke down and was started anew: ${message}`);
      await cell.replaceSource(emptyRun);
      await cell.run();
      await cell.expectState('Done');
      await expect(notebook.page.getByRole('status', { name: 'Runs' })).toHaveText('Data Generator: done');
    });
  });
}

test('cells see nothing of what other cells left behind', async ({ notebook }) => {
  const cell = await notebook.addScript(
    `import builtins, os\nsecret = 1\nos.environ["SECRET"] = "1"\n${emptyRun}`,
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.replaceSource(`import os\nprint("secret" in globals(), "SECRET" in os.environ)\n${emptyRun}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('False False');
});

test('Run all runs every cell in order, and a failure stops none of the others', async ({ notebook }) => {
  const first = await notebook.addScript('raise ValueError("no")');
  await notebook.addCell('Data Generator');
  const second = notebook.cell('Data Generator 2');
  await second.replaceSource(emptyRun);
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await first.expectState('Failed');
  await second.expectState('Done');
});

test('Stop in the toolbar stops what runs and empties the queue', async ({ notebook }) => {
  const first = await notebook.addScript('print("begin")\nwhile True:\n    pass');
  await notebook.addCell('Data Generator');
  const second = notebook.cell('Data Generator 2');
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await expect(first.log).toContainText('begin');
  await second.expectState('Queued');
  await notebook.toolbar.getByRole('button', { name: 'Stop all' }).click();
  await first.expectState('Stopped');
  await expect(second.root).toContainText('Not run: all was stopped.');
});
