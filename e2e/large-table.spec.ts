import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, testInUse as test } from './fixtures.ts';

test('a million rows come out of pandas, are scrolled to the last, sorted and filtered', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addScript(`import numpy as np
import pandas as pd
rows = np.arange(1_000_000)
od_output.add_data("output", pd.DataFrame({f"c{i}": rows * (i + 1) for i in range(10)}))`);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.root).toContainText('1,000,000 rows × 10 columns');
  await expect.poll(async () => (await cell.readRows())[1]?.slice(0, 3)).toEqual(['1', '2', '3']);
  await cell.grid.focus();
  await page.keyboard.press('Control+End');
  await expect(cell.grid).toContainText('9999990');
  expect(await cell.grid.getByRole('row').count()).toBeLessThanOrEqual(200);

  const header = cell.grid.getByRole('columnheader', { name: 'c9 int64' });
  await header.getByRole('button', { name: /^c9/ }).click();
  await header.getByRole('button', { name: /^c9/ }).click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('Control+Home');
  await expect.poll(async () => (await cell.readRows())[0]?.slice(0, 2)).toEqual(['999999', '1999998']);

  await cell.grid.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('menuitem', { name: 'Filter…' }).click();
  const form = page.getByRole('dialog', { name: 'Filter c0' });
  await form.getByRole('combobox').selectOption('is less than');
  await form.getByRole('textbox', { name: 'Value' }).fill('3');
  await form.getByRole('button', { name: 'Filter' }).click();
  const starts = async () => (await cell.readRows()).map((row) => row.slice(0, 2).join(' '));
  await expect.poll(starts).toEqual(['2 4', '1 2', '0 0']);
  await expect(cell.root).toContainText('3 of 1,000,000 rows × 10 columns');

  for (const [format, start] of [
    ['Arrow', 'ARROW1'],
    ['Parquet', 'PAR1'],
  ] as const) {
    const download = page.waitForEvent('download');
    await cell.root.getByRole('button', { name: 'Export rows' }).click();
    await page.getByRole('menuitem', { name: format }).click();
    const bytes = await readFile(await (await download).path());
    expect(bytes.subarray(0, start.length).toString()).toBe(start);
  }

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('numbers, gaps and names of columns are shown truly', async ({ notebook }) => {
  const cell = await notebook.addScript(`import pandas as pd
df = pd.DataFrame({
    "same": [2**53 + 1, -(2**63)],
    "huge": [2**70, None],
    "gap": [float("nan"), 1.5],
    "text": ["null", None],
})
df.insert(1, "same", [1, 2], allow_duplicates=True)
df.insert(2, "", ["", " "])
od_output.add_data("output", df)`);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.grid.getByRole('columnheader', { name: /^same/ })).toHaveCount(2);
  await expect(cell.grid.getByRole('columnheader', { name: /^\(no name\)/ })).toHaveCount(1);
  await cell.expectRows([
    ['9007199254740993', '1', '', '1180591620717411303424', 'NaN', 'null'],
    ['-9223372036854775808', '2', ' ', 'null', '1.5', 'null'],
  ]);
});

test('times, long texts and mixed columns are shown truly', async ({ notebook }) => {
  const cell = await notebook.addScript(`import datetime as dt
import pandas as pd
od_output.add_data("output", pd.DataFrame({
    "when": pd.to_datetime(["2026-01-05 09:00", None]).tz_localize("Europe/Berlin"),
    "day": [dt.date(1969, 12, 31), dt.date(2026, 2, 28)],
    "mixed": [1, "one"],
    "flag": [True, None],
    "long": ["é" * 300, ""],
}))`);
  await cell.run();
  await cell.expectState('Done');
  await cell.expectRows([
    ['2026-01-05 09:00:00+01:00', '1969-12-31', '1', 'True', 'é'.repeat(300)],
    ['null', '2026-02-28', 'one', 'null', ''],
  ]);
});
