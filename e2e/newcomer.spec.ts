import { expect, missingPackages, test } from './fixtures.ts';
import { createDeferred } from '../src/shared/deferred.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

const hasMatplotlib = !missingPackages.includes('matplotlib');

test('the plot of the sample is in the Image List, also after a reload', async ({ notebook, page }) => {
  test.skip(!hasMatplotlib, 'the wheel of matplotlib was not found: this site does not serve it');
  const cell = await notebook.addFirstCell();
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Image List').click();
  await expect(cell.root.getByRole('img', { name: 'bar_chart' })).toBeVisible();
  await page.reload();
  await cell.tab('Image List').click();
  await expect(cell.root.getByRole('img', { name: 'bar_chart' })).toBeVisible();
});

for (const width of [1280, 1000, 390]) {
  test.describe(`in a window of ${width} pixels`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('nothing moves under the pointer while Python starts', async ({ page, site }) => {
      const notebook = new NotebookPage(page, site.url);
      await notebook.open();
      const places = await page
        .getByRole('button', { name: 'Add a Data Generator' })
        .evaluateHandle((button) => {
          const seen = new Set<number>();
          const look = (): void => {
            seen.add(button.getBoundingClientRect().y);
            requestAnimationFrame(look);
          };
          look();
          return seen;
        });
      await notebook.waitForPython();
      await expect(notebook.toolbar.getByRole('meter', { name: 'Memory of Python' })).toBeVisible();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      expect(await places.evaluate((seen) => seen.size)).toBe(1);
    });
  });
}

test.describe('without a service worker, whose requests a story cannot cut off', () => {
  test.use({ serviceWorkers: 'block' });

  test('a cell that is run while Python starts waits, says for what, and gets its turn', async ({
    page,
    site,
  }) => {
    const { promise: isSeen, resolve: goOn } = createDeferred<undefined>();
    await page.route('**/pyodide.asm.wasm', async (route) => {
      await isSeen;
      await route.continue();
    });
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    const cell = await notebook.addFirstCell();
    await cell.run();
    await expect(cell.root).toContainText('Queued: Python is starting');
    goOn(undefined);
    await cell.expectState('Done');
  });

  test('a newcomer runs the sample, sees rows, and finds them after a reload without Python', async ({
    notebook,
    page,
  }) => {
    const cell = await notebook.addFirstCell();
    await cell.run();
    await cell.expectState('Done');
    const rows = [
      ['20', '10', '2026-01-05 09:00:00'],
      ['40', '20', '2026-01-05 10:00:00'],
      ['60', '30', '2026-01-05 11:00:00'],
      ['80', '40', '2026-01-05 12:00:00'],
      ['100', '50', '2026-01-05 13:00:00'],
    ];
    await cell.expectRows(rows);

    // From here on there is no Python to be had: what is shown was kept.
    await page.route('**/pyodide/**', (route) => route.abort());
    await page.reload();
    await expect(cell.grid).toBeVisible();
    await cell.expectRows(rows);
    await expect(cell.root).toContainText('Done');
    await cell.tab('Logs').click();
    if (hasMatplotlib) await expect(cell.root).toContainText('Nothing was printed');
    else await expect(cell.log).toContainText('No plot this time: matplotlib is required for plotting');
  });

  test('the sample says what to do where matplotlib cannot be had', async ({ notebook }) => {
    test.skip(hasMatplotlib, 'the wheel of matplotlib is there: the sample draws');
    const cell = await notebook.addFirstCell();
    await cell.run();
    await cell.expectState('Done');
    await cell.tab('Logs').click();
    await expect(cell.log).toContainText('Could not be loaded: matplotlib 3.8.4, ');
    await expect(cell.log).toContainText('This browser tab has no service worker');
  });
});
