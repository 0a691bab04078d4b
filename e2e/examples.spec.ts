import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import type { CellPart } from './pages/CellPart.ts';

const readings = readFileSync(
  new URL('../src/examples/incremental-load/readings.csv', import.meta.url),
  'utf8',
);

const grossOrders = Array.from({ length: 12 }, (_, index) => [
  String(index + 1),
  ['96.0', '8.7', '288.0', '40.08', '23.88', '15.0'][index % 6] ?? '',
]);

/** The orders one by one, each with all that there is to share. */
const wholeShares = Array.from({ length: 12 }, (_, index) => [
  ['south', 'west', 'north'][index % 3] ?? '',
  ['80.0', '7.25', '240.0', '33.4', '19.9', '12.5'][index % 6] ?? '',
  '100.0',
]);

const cleanMembers = readFileSync(
  new URL('../src/examples/messy-csv/clean-members.py', import.meta.url),
  'utf8',
).trimEnd();

const members = [
  ['101', 'Ada Lovett', '2021-03-04', 'Leeds', '12.5', 'ada.lovett@example.org', 'True'],
  ['102', 'Ben Okafor', '2021-03-04', 'Leeds', '12.5', 'ben.okafor@example.org', 'True'],
  ['103', 'Chloe Marsh', '2021-04-05', 'Leeds', '12.5', 'chloe@example.org', 'True'],
  ['104', 'Dev Patel', '2021-05-17', 'York', '12.5', 'dev.patel@example.org', 'False'],
  ['105', 'Rhys Evans', '2021-05-17', 'York', '1200.0', 'rhys.evans@example.org', 'False'],
  ['106', 'Fatima Noor', 'null', 'Hull', '0.0', 'fatima@example.org', 'True'],
  ['107', 'George Tan', 'null', 'Hull', '12.5', 'george.tan@example.org', 'False'],
  ['108', 'Hana Sato', '2022-06-01', 'null', '12.5', 'null', 'null'],
  ['109', 'Ivo Novak', '2022-07-02', 'Bridlington', 'null', 'ivo@example.org', 'True'],
  ['110', 'Jo O’Neill', '2022-07-15', 'Bridlington', '8.0', 'null', 'False'],
];

/** Cells that are out of sight draw no texts. */
async function expectRows(cell: CellPart, rows: readonly (readonly string[])[]): Promise<void> {
  await cell.grid.scrollIntoViewIfNeeded();
  await cell.expectRows(rows);
}

async function runToDone(cell: CellPart): Promise<void> {
  await cell.run();
  await cell.expectState('Done');
}

/** Presses Run, and waits until that run is over: the header says “Done” before as well. */
async function runAgain(cell: CellPart): Promise<void> {
  const seen = await cell.root.locator('> header').evaluateHandle((header) => {
    const texts: string[] = [];
    const observer = new MutationObserver(() => texts.push(header.textContent));
    observer.observe(header, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  await cell.run();
  await expect.poll(async () => (await seen.jsonValue()).some((text) => text.includes('Stop'))).toBe(true);
  await expect(cell.runButton).toBeVisible({ timeout: 60_000 });
}

test('each example opens as a new notebook, runs as it is, and does what it invites to, and opening one can be undone', async ({
  notebook,
  page,
}) => {
  const dialog = page.getByRole('dialog', { name: 'Examples' });
  const openExample = async (name: RegExp): Promise<void> => {
    await dialog.getByRole('button', { name }).click();
    await expect(dialog).toBeHidden();
  };
  await page.getByRole('button', { name: 'Open an example' }).click();
  await openExample(/^Row by row against bulk/);
  await expect(notebook.cellTitles).toHaveText([
    'About',
    'Orders',
    'Row by row',
    'In bulk',
    'Share of each region',
  ]);
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  for (const title of ['Row by row', 'In bulk']) {
    await notebook.cell(title).expectState('Done');
    await expectRows(notebook.cell(title), grossOrders);
  }
  await notebook.cell('Share of each region').expectState('Done');
  await expectRows(notebook.cell('Share of each region'), [
    ['north', '505.0', '64.2'],
    ['south', '226.8', '28.9'],
    ['west', '54.3', '6.9'],
  ]);
  // “Compare the lines in the logs.”
  for (const [title, lines] of [
    ['Row by row', Array.from({ length: 12 }, () => '1 row')],
    ['In bulk', ['12 rows']],
  ] as const) {
    await notebook.cell(title).tab('Logs').click();
    await notebook.cell(title).log.scrollIntoViewIfNeeded();
    await expect(notebook.cell(title).log.getByText(/^\d+ rows?$/)).toHaveText(lines);
  }
  // “Set this cell to ‘Row by row’ and run it again.”
  const shares = notebook.cell('Share of each region');
  await shares.select();
  await notebook.configuration.getByRole('radio', { name: 'Row by row' }).check();
  await shares.expectState('Stale');
  await runToDone(shares);
  await expectRows(shares, wholeShares);

  await notebook.workspace.getByRole('button', { name: 'Examples' }).click();
  await openExample(/^Cleaning a messy CSV/);
  const [clean, count] = [notebook.cell('Clean members'), notebook.cell('Members by town')];
  await runToDone(count);
  await expectRows(count, [
    ['Bridlington', '2', '8.0'],
    ['Hull', '2', '12.5'],
    ['Leeds', '3', '37.5'],
    ['York', '2', '1212.5'],
    ['not known', '1', '12.5'],
  ]);
  await clean.expectState('Done');
  await expectRows(clean, members);
  await clean.tab('Logs').click();
  for (const warning of [
    'Row 6 was left out: member 102 is there already',
    'Row 8: there is no day 2022-02-30',
    'Row 10 was left out: it has no member number',
  ]) {
    await expect(clean.log).toContainText(warning);
  }
  // “Take out the step for the fee, run it, and read what it says.”
  const unclean = cleanMembers.replace('clean_amount(row["fee, EUR"])', 'row["fee, EUR"]');
  expect(unclean).not.toBe(cleanMembers);
  await clean.replaceSource(unclean);
  await clean.run();
  await clean.expectState('Failed');
  await expect(clean.error).toContainText('in the field "fee": expected number or null, got');
  await clean.replaceSource(cleanMembers);
  await count.run();
  await count.expectState('Done');
  await clean.tab('Result Table').click();
  await expectRows(clean, members);

  await notebook.workspace.getByRole('button', { name: 'Examples' }).click();
  await openExample(/^Columns with types/);
  const [visits, chart] = [notebook.cell('Visits'), notebook.cell('Chart of the visits')];
  await runToDone(chart);
  await expect(visits.grid.getByRole('columnheader')).toHaveText([
    'Row',
    'at datetime · interval',
    'shop string · nominal',
    'rating int64 · ordinal',
    'spent float64 · ratio',
  ]);
  await chart.tabPanel.scrollIntoViewIfNeeded();
  await expect(chart.tabPanel.getByText('Chart', { exact: true })).toBeVisible();
  // “Write ‘a lot’ for the last amount, and run.”
  const source = readFileSync(new URL('../src/examples/typed-columns/visits.py', import.meta.url), 'utf8');
  await visits.replaceSource(source.replace('"16.30"', '"a lot"').trimEnd());
  await runAgain(visits);
  await expect(visits.grid.getByRole('columnheader', { name: 'spent string · ratio' })).toBeVisible();
  await visits.tab('Logs').click();
  await expect(visits.log).toContainText(
    'Manual TI: column "spent" of "visits" is string instead of double, as row 12 holds \'a lot\'.',
  );

  await notebook.workspace.getByRole('button', { name: 'Examples' }).click();
  await openExample(/^Incremental load with a checkpoint/);
  const load = notebook.cell('Load new readings');
  await runToDone(load);
  await expect(load.tabPanel).toContainText(/60\s+rows/);
  const expected = readings
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([id = '', meter = '', month = '', litres = '']) => [
      id,
      meter,
      month,
      // At least one decimal place, as numbers have them that are not whole by their type.
      String(Number(litres) / 1000).replace(/^\d+$/, '$&.0'),
    ]);
  const drawn = await load.readRows();
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn).toEqual(expected.slice(0, drawn.length));
  const expectLoaded = async (rowCount: number, checkpoint: string, logged: string): Promise<void> => {
    await load.expectState('Done');
    await load.tab('Result Table').click();
    await expect(load.tabPanel).toContainText(new RegExp(`(^|\\D)${rowCount}\\s+rows`));
    await expect(notebook.configuration.getByText(`${checkpoint} integer`)).toBeVisible();
    await load.tab('Logs').click();
    await expect(load.log).toContainText(logged);
  };
  await load.select();
  await expectLoaded(60, '1060', '0 of 0 new readings, after 1060');
  // “Press Run again: nothing is new, and no row is loaded twice.”
  await runAgain(load);
  await expectLoaded(60, '1060', '0 of 0 new readings, after 1060');
  // “Set the checkpoint to 1050 and run: ten rows are loaded again.”
  const configuration = notebook.configuration;
  const checkpoint = configuration.getByRole('region', { name: 'Data checkpoint' });
  await checkpoint.getByRole('button', { name: 'Edit…' }).click();
  await checkpoint.getByRole('textbox', { name: 'Value of the checkpoint, integer' }).fill('1050');
  await page.keyboard.press('Enter');
  await expect(configuration.getByText('1050 integer')).toBeVisible();
  await runAgain(load);
  await expectLoaded(70, '1060', '0 of 0 new readings, after 1060');
  // “Reset the checkpoint, turn off ‘Append’, choose ‘Once’ and run.”
  await checkpoint.getByRole('button', { name: 'Reset' }).click();
  await configuration.getByRole('checkbox', { name: 'Append to previous output' }).uncheck();
  await configuration.getByRole('combobox', { name: 'Cycles at one press on Run' }).selectOption('Once');
  await runAgain(load);
  await expectLoaded(20, '1020', '20 of 60 new readings, after 0');
  await runAgain(load);
  await expectLoaded(20, '1040', '20 of 40 new readings, after 1020');
  await load.tab('Result Table').click();
  await expect.poll(async () => (await load.readRows())[0]).toEqual(expected[20]);

  const notebooks = notebook.workspace.getByRole('list').first();
  await notebook.workspace.getByRole('button', { name: 'Examples' }).click();
  await openExample(/^Incremental load with a checkpoint/);
  await expect(notebooks).toContainText('Incremental load with a checkpoint 2');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(notebooks.getByRole('button', { name: /^(?!Actions)/ })).toHaveText([
    'My first notebook',
    'Row by row against bulk',
    'Cleaning a messy CSV',
    'Columns with types',
    'Incremental load with a checkpoint',
  ]);
});
