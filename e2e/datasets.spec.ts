import { expect, testInUse as test } from './fixtures.ts';
import { writeScriptlet } from './scriptlets/write-scriptlet.ts';

const rows = [
  ...[
    'code,price,day,name',
    '007,1.50,2026-01-05,Ada',
    '008,x,2026-01-06,Bob',
    '009,2.25,2026-01-07,"Eve, too"',
  ],
  '010,3,2026-01-08,Max,one too many',
];

test('a file with mistakes becomes rows for Python, is read otherwise, and taken back', async ({
  notebook,
  page,
}) => {
  const reader = await writeScriptlet(notebook, {
    title: 'reader',
    source: `def main(params):
    frame = params["rows"]
    types = [f"{name} {kind}" for name, kind in frame.dtypes.items()]
    print(len(frame), "rows:", ", ".join(types), "sum", frame["price"].sum())
    print(len(params["bytes"]), "bytes")`,
    inputs: [
      ['rows', 'Python object'],
      ['bytes', 'Bytes'],
    ],
  });
  await notebook.addCell('Dataset');
  const dataset = notebook.cell('Dataset');
  const file = { name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
  await dataset.root.getByLabel('Choose a file…').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Import sales.csv' });
  await expect(dialog.getByRole('list', { name: 'Notes' })).toContainText(
    'Row 5: it has 5 fields instead of 4.',
  );
  await dialog.getByRole('combobox', { name: 'Type of price' }).selectOption('Decimal number');
  await dialog
    .getByRole('combobox', { name: 'Values that do not fit a chosen type' })
    .selectOption('Leave the row out');
  await expect(dialog.getByRole('list', { name: 'Notes' })).toContainText('2 rows would be left out.');
  await dialog.getByRole('checkbox', { name: /^Keep the original file/ }).check();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dataset.expectRows([
    ['007', '1.5', '2026-01-05', 'Ada'],
    ['009', '2.25', '2026-01-07', 'Eve, too'],
  ]);
  await dataset.root.getByRole('button', { name: 'Show them' }).click();
  await expect(dataset.root.getByRole('region', { name: 'Rows that were left out' })).toContainText(
    '“x” in “price” is no decimal number',
  );

  await reader.select();
  await notebook.connect('rows', 'Dataset → data');
  await notebook.connect('bytes', 'Dataset → file');
  await reader.run();
  await reader.expectState('Done');
  await reader.tab('Logs').click();
  await expect(reader.log).toContainText(/2 rows: code \w+, price float64, day \S+, name \w+ sum 3.75/);
  await expect(reader.log).toContainText(`${rows.join('\n').length} bytes`);

  await dataset.select();
  await notebook.configuration.getByRole('button', { name: 'Read it otherwise…' }).click();
  await dialog.getByRole('combobox', { name: 'Type of price' }).selectOption('Text');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dataset.root).toContainText('3 rows · 4 columns');
  await reader.expectState('Stale');
  await dataset.select();
  await page.keyboard.press('z');
  await expect(dataset.root).toContainText('2 rows · 4 columns');
  await reader.expectState('Done');
});

test('a file from an address comes by its redirects, once each host on the way is allowed', async ({
  notebook,
  page,
  outside,
}) => {
  const other = outside.url.replace('localhost', '127.0.0.1');
  await page.getByRole('button', { name: 'Add a Dataset' }).click();
  const dataset = notebook.cell('Dataset');
  const field = dataset.root.getByRole('textbox', { name: 'Address of a file' });
  await field.fill(`${outside.url}/towns.csv?to=${other}/towns.csv`);
  await field.press('Enter');
  const question = page.getByRole('dialog', { name: 'Allow another host?' });
  for (const { host } of [new URL(outside.url), new URL(other)]) {
    await expect(question.getByText(host, { exact: true })).toBeVisible();
    await question.getByRole('button', { name: 'Always allow' }).click();
  }
  const dialog = page.getByRole('dialog', { name: 'Import towns.csv' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dataset.expectRows([
    ['Bern', '134000'],
    ['Basel', '174000'],
  ]);
});
