import { expect, test } from '../fixtures.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import {
  damageSnapshot,
  expectStart,
  findInSnapshot,
  leaveApp,
  swapSnapshot,
  waitForSnapshots,
  type Damage,
} from './snapshots.ts';

const script =
  'print("it runs")\nfrom onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))';

/** Runs the cell; returns its log. */
async function run(notebook: NotebookPage): Promise<string> {
  const cell = notebook.cell('Data Generator');
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('it runs');
  return await cell.log.innerText();
}

test('the first visit makes a snapshot, and the next ones start from it', async ({ notebook, page }) => {
  await notebook.addScript(script);
  await expectStart(notebook, 'without one');
  await waitForSnapshots(page, 1);
  await page.reload();
  await expectStart(notebook, 'from a snapshot');
  expect(await run(notebook)).not.toContain('snapshot');
});

/** One that is seen before Python starts from it, and one only then; what else there is has tests of its own. */
const damages: readonly (readonly [string, Damage, RegExp])[] = [
  ['was cut off', { size: 1_000_000 }, /has 1000000 bytes/],
  ['has other bytes in its memory', { at: 200_000, bytes: [1, 2, 3, 4, 5, 6, 7, 8] }, /pages are damaged/],
];

test('a snapshot that is broken is thrown away, Python starts all the same, and makes another', async ({
  notebook,
  page,
}) => {
  test.setTimeout(180_000);
  await notebook.addScript(script);
  for (const [what, damage, reason] of damages) {
    await test.step(`one that ${what}`, async () => {
      const [name = ''] = await waitForSnapshots(page, 1);
      await leaveApp(page);
      await damageSnapshot(page, name, damage);
      await page.goBack();
      await expectStart(notebook, 'without one');
      expect(await run(notebook)).toMatch(reason);
    });
  }
  await waitForSnapshots(page, 1);
  await page.reload();
  await expectStart(notebook, 'from a snapshot');
});

test('a file in the snapshot that is damaged comes from the site, and the snapshot is made anew', async ({
  notebook,
  page,
}) => {
  await notebook.addScript(`import wave\n${script}`);
  const [name = ''] = await waitForSnapshots(page, 1);
  const place = await findInSnapshot(page, name, '/lib/stdlib/wave.py');
  await leaveApp(page);
  await damageSnapshot(page, name, { at: place, bytes: [1, 2, 3, 4] });
  await page.goBack();
  await expectStart(notebook, 'from a snapshot');
  await run(notebook);
  // Another page of memory may be in it now, so that the name stands at another place.
  await expect
    .poll(() => findInSnapshot(page, name, '/lib/stdlib/wave.py').catch(() => -1), { timeout: 60_000 })
    .toBeGreaterThan(0);
});

test('a snapshot of other packages in the place of the right one is thrown away', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addScript(script);
  const [small = ''] = await waitForSnapshots(page, 1);
  await cell.replaceSource(`import six\n${script}`);
  await run(notebook);
  const names = await waitForSnapshots(page, 2);
  const large = names.find((name) => name !== small) ?? '';
  await leaveApp(page);
  await swapSnapshot(page, small, large);
  await page.goBack();
  await notebook.waitForPython();
  expect(await run(notebook)).toContain('it is that of other packages');
});

test('two tabs start from one snapshot and do not disturb each other', async ({
  notebook,
  page,
  context,
  site,
}) => {
  await notebook.addScript(script);
  await waitForSnapshots(page, 1);
  const other = await context.newPage();
  await Promise.all([page.reload(), other.goto(site.url)]);
  const { NotebookPage: Notebook } = await import('../pages/NotebookPage.ts');
  const second = new Notebook(other, site.url);
  await Promise.all([expectStart(notebook, 'from a snapshot'), expectStart(second, 'from a snapshot')]);
  // Whichever was first may change the notebook, and run it.
  for (const tab of [notebook, second]) {
    const edit = tab.page.getByRole('button', { name: 'Edit here' });
    if (await edit.isVisible()) await edit.click();
    await run(tab);
  }
});
