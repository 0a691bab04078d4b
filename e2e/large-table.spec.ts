import { expect, test } from './fixtures.ts';

test('a million rows come out of pandas and are scrolled to the last', async ({ notebook, page }) => {
  const cell = await notebook.addScript(`import numpy as np
import pandas as pd
rows = np.arange(1_000_000)
od_output.add_data("output", pd.DataFrame({f"c{i}": rows * (i + 1) for i in range(10)}))`);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.root).toContainText('1,000,000 rows × 10 columns');
  expect(await cell.readRows()).toContainEqual(['0', '0', '0', '0', '0', '0', '0', '0', '0', '0']);
  await cell.grid.focus();
  await page.keyboard.press('Control+End');
  await expect(cell.grid).toContainText('9999990');
  expect(await cell.grid.getByRole('row').count()).toBeLessThanOrEqual(200);
});

test('what pandas holds is shown truly', async ({ notebook }) => {
  const cell = await notebook.addScript(`import datetime as dt
import pandas as pd
df = pd.DataFrame({
    "big": [2**53 + 1, -(2**63)],
    "huge": [2**70, None],
    "gap": [float("nan"), 1.5],
    "text": ["null", None],
    "when": pd.to_datetime(["2026-01-05 09:00", None]).tz_localize("Europe/Berlin"),
    "mixed": [1, "one"],
    "flag": [True, None],
    "day": [dt.date(1969, 12, 31), dt.date(2026, 2, 28)],
})
df.insert(0, "", ["é" * 300, ""])
df.insert(1, "big", [1, 2], allow_duplicates=True)
od_output.add_data("output", df)`);
  await cell.run();
  await cell.expectState('Done');
  const headers = await cell.grid.getByRole('columnheader').allInnerTexts();
  expect(headers.filter((text) => text.startsWith('big')).length).toBe(2);
  expect(headers.some((text) => text.startsWith('(no name)'))).toBe(true);
  const [first, second] = await cell.readRows();
  expect(first?.slice(1, 6)).toEqual(['1', '9007199254740993', '1180591620717411303424', 'NaN', 'null']);
  expect(second?.slice(1, 6)).toEqual(['2', '-9223372036854775808', 'null', '1.5', 'null']);
  expect(first?.[0]?.length).toBe(300);
});
