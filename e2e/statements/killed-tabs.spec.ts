import { expect, test } from '../fixtures.ts';
import { killTab, readKillCount, readKillSeed } from '../kill-tabs.ts';
import { waitForSnapshots } from '../kernel-start/snapshots.ts';
import { NotebookPage } from '../pages/NotebookPage.ts';
import {
  arrangeMoment,
  chooseMoments,
  countStored,
  mostCycles,
  readStoredWay,
  readStoredCycles,
  type StoredWay,
} from './kill-moments.ts';
import { makeSchema, writeStatement } from './write-statement.ts';

/** The ways in which the Statement runs, one after another: those that append come last, so that their rows are there at the end. */
const ways: readonly StoredWay[] = [false, true].flatMap((isAppending) => [
  { isAppending, cycles: { type: 'until-empty' } },
  { isAppending, cycles: { type: 'times', count: mostCycles } },
]);
/** In each of the ways about as often. */
const killsEach = Math.ceil(readKillCount(4) / ways.length);

/** Chooses how the Statement runs, and waits until that is stored. */
async function chooseWay(notebook: NotebookPage, way: StoredWay): Promise<void> {
  const { configuration, page } = notebook;
  const { type, count } = way.cycles;
  await notebook.cell('Statement').select();
  await configuration
    .getByRole('checkbox', { name: 'Append to previous output' })
    .setChecked(way.isAppending);
  await configuration
    .getByRole('combobox', { name: 'Cycles at one press on Run' })
    .selectOption({ value: type });
  if (count !== undefined)
    await configuration.getByRole('spinbutton', { name: 'Number of cycles' }).fill(String(count));
  await expect.poll(() => readStoredWay(page)).toEqual(way);
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
  test.setTimeout(Math.max(300_000, killsEach * ways.length * 25_000));
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await cell.replaceSource('return [{"id": (DATA_CHECKPOINT or 0) + 1}]');
  await cell.select();
  await makeSchema(notebook, 'Output', [['id', 'integer']]);
  const { configuration } = notebook;
  await configuration.getByRole('combobox', { name: 'Data checkpoint column' }).selectOption('id');
  await notebook.waitForPython();
  // From it the Python of each tab starts in a moment.
  await waitForSnapshots(page, 1);

  const { seed, hint } = readKillSeed();
  const session = await browser.newBrowserCDPSession();
  let tab = page;
  let stored = 0;
  // The cycle whose rows are the first of the output.
  let first = 0;
  for (const [index, moment] of chooseMoments(ways.length * killsEach, seed).entries()) {
    const way = ways[Math.floor(index / killsEach)];
    if (way === undefined) throw new Error('there are more moments than ways');
    await test.step(`kill ${index + 1}: ${JSON.stringify({ ...way, ...moment })}`, async () => {
      const killed = new NotebookPage(tab, site.url);
      if (index % killsEach === 0) await chooseWay(killed, way);
      const waitForMoment = await arrangeMoment(tab, moment);
      // The page may stand still before it has answered the press.
      killed
        .cell('Statement')
        .run()
        .catch(() => undefined);
      await waitForMoment();
      await killTab(tab, session);
      tab = await context.newPage();
      await new NotebookPage(tab, site.url).open();
      const found = await readStoredCycles(tab);
      const { checkpoint } = found;
      if (!way.isAppending || first === 0) first = way.isAppending ? Math.min(1, checkpoint) : checkpoint;
      expect(found, hint).toEqual({
        rowCount: checkpoint === 0 ? 0 : checkpoint - first + 1,
        checkpoint,
        sessionCount: checkpoint,
        jobCount: checkpoint,
        strayCount: 0,
      });
      const count = countStored(moment);
      if (count === null) expect(checkpoint).toBeGreaterThanOrEqual(stored + moment.cycle);
      else expect(checkpoint).toBe(stored + count);
      stored = checkpoint;
    });
  }
  // The rows themselves, as another Statement gets them.
  const last = new NotebookPage(tab, site.url);
  const counting = await writeStatement(
    last,
    'Statement 2',
    `ids = [row["id"] for row in INPUT_DATA]\nreturn [{"last": max(ids, default=0), "all": ids == [*range(${Math.max(first, 1)}, ${stored + 1})]}]`,
    [
      ['last', 'integer'],
      ['all', 'boolean'],
    ],
  );
  await last.connect('input', 'Statement → output');
  await last.configuration.getByRole('radio', { name: 'In bulk' }).check();
  await counting.run();
  await counting.expectRows([[String(stored), 'True']]);
});
