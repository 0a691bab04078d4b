import { readFile } from 'node:fs/promises';
import { expect, testInUse as test } from './fixtures.ts';
import { emptyRun, lookForMark } from './scripts.ts';

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

/** What Python does not survive, and what WebAssembly says of it. */
const crashes = [
  ['reads past its memory', 'import ctypes\nctypes.string_at(0xFFFF_FFF0)', 'memory access out of bounds'],
  [
    'exhausts the stack of C',
    'import ctypes\nkind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)\n@kind\ndef count(number):\n    return again(number + 1)\nagain = kind(ctypes.cast(count, ctypes.c_void_p).value)\ncount(0)',
    'Maximum call stack size exceeded',
  ],
  ['aborts', 'import os\nos.abort()', 'unreachable'],
] as const;

for (const [what, script, reason] of crashes) {
  test.describe(what, () => {
    test.use({ expectedErrors: [reason] });

    test(`a script that ${what} fails alone, and another Python takes over`, async ({ notebook }) => {
      const cell = await notebook.addScript(`import json\njson.mark = "kept"\nprint("begin")\n${script}`);
      await cell.run();
      await cell.expectState('Failed');
      await expect(cell.error).toContainText('Python broke down and was started anew');
      await expect(cell.error).toContainText(reason);
      await cell.replaceSource(lookForMark);
      await cell.run();
      await cell.expectState('Done');
      await cell.tab('Logs').click();
      await expect(cell.log).toContainText('Python was replaced');
    });
  });
}

/** What floods the log, and what its end says. */
const floods = [
  ['100,000 lines', 'for number in range(100_000):\n    print(number)', '99999'],
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
  test(`${what} leave the page usable, and the log bounded`, async ({ notebook }) => {
    const cell = await notebook.addScript(`${emptyRun}\n${script}`);
    await notebook.waitForPython();
    await cell.run();
    const pane = notebook.toolbar.getByRole('button', { name: 'Configuration pane' });
    await pane.click();
    await expect(notebook.configuration).toBeHidden();
    await pane.click();
    await expect(notebook.configuration).toBeVisible();
    await cell.tab('Logs').click();
    await cell.expectState('Done');
    await cell.log.press('End');
    await expect(cell.log).toContainText(last);
    // Only what is in view is drawn, and a little around it.
    expect(await cell.log.locator('.line').count()).toBeLessThan(80);
    expect((await cell.log.innerText()).length).toBeLessThan(100_000);
  });
}

test('a long log is downloaded whole', async ({ notebook, page }) => {
  const cell = await notebook.addScript(`for number in range(50_000):\n    print(number)\n${emptyRun}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  const waiting = page.waitForEvent('download');
  await cell.root.getByRole('button', { name: 'Download log' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('Data Generator log.txt');
  const numbers = Array.from({ length: 50_000 }, (_, number) => `${number}\n`);
  expect(await readFile(await download.path(), 'utf8')).toBe(numbers.join(''));
});

test('a thousand images are listed, and drawn as they come into view', async ({ notebook }) => {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const cell = await notebook.addScript(
    `import base64\nfrom onelogic.odpf import ImageType\npixel = base64.b64decode("${pixel}")\nfor number in range(1_000):\n    od_output.add_image(f"image {number}", ImageType.PNG, pixel)\n${emptyRun}`,
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Image List').click();
  const places = cell.root.getByRole('list', { name: 'Images' }).locator('> li');
  await expect(places).toHaveCount(1_000);
  await expect(cell.root.getByRole('img', { name: 'image 0' })).toBeVisible();
  await expect(cell.root.getByRole('img', { name: 'image 999' })).toHaveCount(0);
  await places.last().scrollIntoViewIfNeeded();
  await expect(cell.root.getByRole('img', { name: 'image 999' })).toBeVisible();
});
