import { expect, test as firstVisit, testInUse } from './fixtures.ts';
import { expectStart, waitForSnapshots } from './kernel-start/snapshots.ts';
import { PublishedSite } from './PublishedSite.ts';
import { stopAndLook } from './stopping/stop-script.ts';
import { emptyRun } from './scripts.ts';

/** Chromium has no switch for JavaScript Promise Integration, without which a browser such as WebKit cannot pause Python. */
async function serveWithoutIntegration(
  use: (site: { readonly url: string }) => Promise<void>,
): Promise<void> {
  const site = await PublishedSite.publish();
  await site.withholdPromiseIntegration();
  await use(site);
  await site.close();
  await site.remove();
}

const test = testInUse.extend({
  site: [async ({}, use) => await serveWithoutIntegration(use), { scope: 'worker' }],
});
const testFirstVisit = firstVisit.extend({
  site: [async ({}, use) => await serveWithoutIntegration(use), { scope: 'worker' }],
});

test('the kernel of these stories cannot pause Python', async ({ notebook, page }) => {
  await notebook.waitForPython();
  const kernels = page.workers().filter((worker) => worker.url().startsWith('blob:'));
  expect(kernels).not.toEqual([]);
  for (const kernel of kernels) {
    expect(await kernel.evaluate(() => 'Suspending' in WebAssembly || 'promising' in WebAssembly)).toBe(
      false,
    );
  }
});

test('where Python cannot be paused, a script runs, and its sleep is stopped and Python kept', async ({
  notebook,
}) => {
  const source = 'import time\nprint("begin")\ntime.sleep(30)';
  const cell = await notebook.addScript(source);
  expect(await stopAndLook(cell, { source })).toBe('kept');
});

test('where Python cannot be paused, input() asks in the cell and goes on with what is typed', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addScript(
    `first = input("First name? ")\nlast = input("Last name? ")\nprint("Hello", first, last)\n${emptyRun}`,
  );
  await cell.run();
  for (const [question, answer] of [
    ['First name?', 'Ada'],
    ['Last name?', 'Lovelace'],
  ] as const) {
    await expect(cell.root.getByRole('textbox', { name: question })).toBeFocused();
    await page.keyboard.type(answer);
    await page.keyboard.press('Enter');
  }
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('Hello Ada Lovelace');
});

/** An async main that waits, and tells what it did meanwhile. */
const waiting = (seconds: number): string => `import asyncio


async def tick():
    await asyncio.sleep(0)
    print("in a task")


async def main(params):
    print("begin")
    task = asyncio.create_task(tick())
    try:
        await asyncio.sleep(${seconds})
    finally:
        await task
        print("end")
    return {"words": ["it", "waited"]}`;

test('where Python cannot be paused, an async main waits nevertheless, and a stop ends it', async ({
  notebook,
}) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.replaceSource(waiting(0.5));
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toHaveText('words JSON ["it", "waited"]');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText(/begin.*in a task.*end/);

  await cell.replaceSource(waiting(1000));
  await cell.run();
  await expect(cell.log).toContainText('in a task');
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  await expect(cell.log).toContainText('end');
  await expect(cell.root.locator('header')).toContainText('Python kept');
});

test('where Python cannot be paused, what needs it fails and says so', async ({ notebook }) => {
  const cell = await notebook.addScript('import asyncio\nasyncio.run(asyncio.sleep(0))');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText(
    'asyncio.run() and run_sync() need a browser with JavaScript Promise Integration',
  );
});

test('where Python cannot be paused, it starts from its snapshot', async ({ notebook, page }) => {
  test.slow();
  const cell = await notebook.addScript(emptyRun);
  await cell.run();
  await cell.expectState('Done');
  await waitForSnapshots(page, 1);
  await page.reload();
  await expectStart(notebook, 'from a snapshot');
  await cell.run();
  await cell.expectState('Done');
});

testFirstVisit.describe('without a service worker', () => {
  testFirstVisit.use({ serviceWorkers: 'block' });

  testFirstVisit(
    'where Python cannot be paused, a sleep still passes, and input() fails and says why',
    async ({ notebook }) => {
      const cell = await notebook.addScript(
        'import time\nstart = time.monotonic()\ntime.sleep(0.3)\nprint("slept", time.monotonic() - start >= 0.3)\ninput("Name? ")',
      );
      await cell.run();
      await cell.expectState('Failed');
      await expect(cell.error).toContainText(
        'EOFError: A script cannot ask for input here: this browser cannot pause Python, and the service worker that could hold it instead is not at work',
      );
      await cell.tab('Logs').click();
      await expect(cell.log).toContainText('slept True');
    },
  );
});
