import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { waitForSnapshots } from '../kernel-start/snapshots.ts';
import { NotebookPage } from '../pages/NotebookPage.ts';
import { arrangeMoment, chooseMoments, countStored, readStoredCycles } from './kill-moments.ts';
import { makeSchema, writeStatement } from './write-statement.ts';

const killCount = 20;

/** Ends the processes of all pages, which need not hear of it: one that stands still does not. */
async function kill(page: Page, session: CDPSession): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
  await crashed;
  await page.close();
}

// Without it the browser need not end a service worker with each tab, for which the next would wait.
test.use({ serviceWorkers: 'block' });

test('a tab that is killed in a run in cycles loses no cycle that ended, and repeats none', async ({
  notebook,
  page,
  browser,
  context,
  site,
}) => {
  test.setTimeout(300_000);
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await cell.replaceSource('return [{"id": (DATA_CHECKPOINT or 0) + 1}]');
  await cell.select();
  await makeSchema(notebook, 'Output', [['id', 'integer']]);
  const { configuration } = notebook;
  await configuration.getByRole('combobox', { name: 'Data checkpoint column' }).selectOption('id');
  await configuration.getByRole('checkbox', { name: 'Append to previous output' }).check();
  await configuration
    .getByRole('combobox', { name: 'Cycles at one press on Run' })
    .selectOption('Until it returns no rows');
  await notebook.waitForPython();
  // From it the Python of each tab starts in a moment.
  await waitForSnapshots(page, 1);

  const session = await browser.newBrowserCDPSession();
  let tab = page;
  let stored = 0;
  for (const [index, moment] of chooseMoments(killCount, 5).entries()) {
    await test.step(`kill ${index + 1}: ${JSON.stringify(moment)}`, async () => {
      const waitForMoment = await arrangeMoment(tab, moment);
      await new NotebookPage(tab, site.url).cell('Statement').run();
      await waitForMoment();
      await kill(tab, session);
      tab = await context.newPage();
      await new NotebookPage(tab, site.url).open();
      const found = await readStoredCycles(tab);
      const { rowCount } = found;
      expect(found).toEqual({
        rowCount,
        checkpoint: rowCount,
        sessionCount: rowCount,
        jobCount: rowCount,
        strayCount: 0,
      });
      const count = countStored(moment);
      if (count === null) expect(rowCount).toBeGreaterThanOrEqual(stored + moment.cycle);
      else expect(rowCount).toBe(stored + count);
      stored = rowCount;
    });
  }
  // The rows themselves, as another Statement gets them.
  const last = new NotebookPage(tab, site.url);
  const counting = await writeStatement(
    last,
    'Statement 2',
    'ids = [row["id"] for row in INPUT_DATA]\nreturn [{"count": len(ids), "all": ids == [*range(1, len(ids) + 1)]}]',
    [
      ['count', 'integer'],
      ['all', 'boolean'],
    ],
  );
  await last.connect('input', 'Statement → output');
  await last.configuration.getByRole('radio', { name: 'In bulk' }).check();
  await counting.run();
  await counting.expectRows([[String(stored), 'True']]);
});
