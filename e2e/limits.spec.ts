import { expect, test } from './fixtures.ts';

const emptyRun =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))';

const lookForMark = `import json\nprint("Python was", getattr(json, "mark", "replaced"))\n${emptyRun}`;

test('a script that wants more memory than there is fails alone, and the meter warns', async ({
  notebook,
}) => {
  test.slow();
  const cell = await notebook.addScript(
    'import json\njson.mark = "kept"\nparts = []\nwhile True:\n    parts.append(bytearray(200_000_000))',
  );
  await notebook.waitForPython();
  const meter = notebook.toolbar.getByRole('meter', { name: 'Memory of Python' });
  await expect(meter).toHaveAttribute('aria-valuetext', /^\d+(\.\d+)? MB of \d+(\.\d+)? GB$/);
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('MemoryError');
  await expect(notebook.toolbar.getByRole('status')).toContainText('Restart Python to free');
  await cell.replaceSource(lookForMark);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('Python was kept');
  await notebook.toolbar.getByRole('button', { name: 'Restart Python' }).click();
  await notebook.waitForPython();
  await expect(meter).toHaveAttribute('aria-valuetext', /^\d+(\.\d+)? MB of/);
});

/** What floods the log, and what its end says. */
const floods = [
  ['100,000 lines', 'for number in range(100_000):\n    print("line", number)', 'line 99999'],
  ['a line of 100 MB', 'print("x" * 100_000_000)', 'left out'],
  [
    '10,000 prints a second',
    'import time\nend = time.time() + 3\nwhile time.time() < end:\n    for _ in range(100):\n        print("event", flush=True)\n    time.sleep(0.01)\nprint("last")',
    'last',
  ],
  [
    '5,000 warnings',
    'for number in range(5_000):\n    od_output.add_data("x", ODDataset([[number]], ["x"]))',
    'warnings were left out',
  ],
] as const;

for (const [what, script, last] of floods) {
  test(`the page stays responsive under ${what}`, async ({ notebook, page }) => {
    const cell = await notebook.addScript(`${emptyRun}\n${script}`);
    await notebook.waitForPython();
    await page.evaluate(() => {
      const longest = { milliseconds: 0 };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          longest.milliseconds = Math.max(longest.milliseconds, duration);
      }).observe({ type: 'longtask' });
      Reflect.set(window, 'longestTask', longest);
    });
    await cell.run();
    await cell.tab('Logs').click();
    await cell.expectState('Done');
    await cell.log.press('End');
    await expect(cell.log).toContainText(last);
    const longest: unknown = await page.evaluate(() => Reflect.get(window, 'longestTask'));
    test.info().annotations.push({ type: 'longest task of the page', description: JSON.stringify(longest) });
    console.log(what, JSON.stringify(longest));
  });
}
