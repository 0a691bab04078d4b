import { expect, testInUse as test } from './fixtures.ts';

const sales = `from onelogic.odpf.common import ODDataset
cities = ["Bonn", "Köln", "Ulm"]
rows = [[cities[i % 3], i % 12 + 1, (i * 37 % 101) / 4 + i % 3 * 10] for i in range(360)]
od_output.add_data("sales", ODDataset(rows, ["city", "month", "amount"]))`;

test('a chart is made by choosing, of a dataset that a script put out', async ({ notebook, page }) => {
  const source = await notebook.addScript(sales);
  await source.run();
  await source.expectState('Done');
  await notebook.addCell('Chart');
  const chart = page.getByRole('region', { name: 'Chart', exact: true });
  await chart.getByRole('button', { name: 'Connect a dataset to Chart' }).click();
  await page.getByRole('menuitem', { name: 'Data Generator → sales' }).click();
  const picture = page.frameLocator('iframe[title="Chart"]').frameLocator('iframe');
  await expect(picture.locator('svg.marks')).toBeVisible();
  await page.screenshot({ path: '/tmp/shots/first.png' });
  await chart.scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  await page.screenshot({ path: '/tmp/shots/form.png' });
  const form = chart.getByRole('region', { name: 'Form of Chart' });
  await form.getByRole('combobox', { name: 'Kind' }).selectOption('Histogram');
  await page.waitForTimeout(1500);
  await form.getByRole('combobox', { name: 'Column of Colour' }).selectOption('city (names)');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots/histogram.png' });
  await chart.getByRole('button', { name: 'Specification' }).click();
  await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/shots/spec.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots/dark.png' });
  await chart.getByRole('button', { name: 'Form' }).click();
  await page.waitForTimeout(900);
  await page.screenshot({ path: '/tmp/shots/dark.png' });
  await page.setViewportSize({ width: 420, height: 900 });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots/narrow.png' });
});
