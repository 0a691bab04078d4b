import { expect, test as firstVisit, testInUse as test } from '../fixtures.ts';
import { makeSchema, writeStatement } from './write-statement.ts';

test('a Statement turns rows into rows of its schema, and keeps a checkpoint until tomorrow', async ({
  notebook,
  page,
}) => {
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await cell.replaceSource(
    'begin = (DATA_CHECKPOINT or 0) + 1\nreturn [{"id": begin + step, "half": step / 2} for step in range(2)]',
  );
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('A Statement needs an output schema');

  await cell.select();
  await makeSchema(notebook, 'Output', [
    ['id', 'integer'],
    ['half', 'number'],
  ]);
  await notebook.configuration.getByRole('combobox', { name: 'Data checkpoint column' }).selectOption('id');
  await cell.run();
  await cell.expectRows([
    ['1', '0.0'],
    ['2', '0.5'],
  ]);
  const checkpoint = notebook.configuration.getByText('2 integer');
  await expect(checkpoint).toBeVisible();

  await page.reload();
  await cell.select();
  await expect(checkpoint).toBeVisible();
  await cell.run();
  await cell.expectRows([
    ['3', '0.0'],
    ['4', '0.5'],
  ]);

  await notebook.configuration.getByRole('button', { name: 'Reset' }).click();
  await expect(notebook.configuration.getByText('No value yet')).toBeVisible();
  await cell.run();
  await cell.expectRows([
    ['1', '0.0'],
    ['2', '0.5'],
  ]);
});

test('rows of a dataset come in one by one or all at once, and the first that fails is named', async ({
  notebook,
}) => {
  const data = await notebook.addScript(
    'import datetime\nfrom onelogic.odpf.common import ODDataset\nod_output.add_data("people", ODDataset([["Ada", datetime.date(1815, 12, 10)], ["Bo", None]], ["name", "born"]))',
  );
  await data.run();
  await data.expectState('Done');
  const cell = await writeStatement(
    notebook,
    'Statement',
    'log.info(f"{len(INPUT_DATA)} at once")\nreturn [{"who": row["name"].upper(), "year": row["born"].year} for row in INPUT_DATA if row["born"]]',
    [
      ['who', 'string'],
      ['year', 'integer'],
    ],
  );
  await notebook.connect('input', 'Data Generator → people');
  await notebook.configuration.getByRole('checkbox', { name: /^Debug script/ }).check();
  await cell.run();
  await cell.expectRows([['ADA', '1815']]);
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('1 at once');
  await expect(cell.log).toContainText(/Input row 2 took \d+\.\d ms/);
  await expect(cell.log).toContainText(`output: [{'who': 'ADA', 'year': 1815}]`);

  await cell.select();
  await notebook.configuration.getByRole('radio', { name: 'In bulk' }).check();
  await cell.expectState('Stale');
  await cell.run();
  await expect(cell.log).toContainText('2 at once');
  await cell.tab('Result Table').click();
  await cell.expectRows([['ADA', '1815']]);

  await cell.select();
  await makeSchema(notebook, 'Input', [
    ['name', 'string'],
    ['born', 'date'],
  ]);
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText(
    'The input does not fit. Input row 2 has a wrong value in the field "born": expected date, got null.',
  );
});

test('what a Statement may not do is refused with its line', async ({ notebook, page }) => {
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await cell.select();
  await makeSchema(notebook, 'Output', [['id', 'integer']]);
  await cell.replaceSource('import math\nimport os\nreturn [{"id": 1}]');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('os');
  await expect(cell.error.getByRole('button', { name: /line 2/i })).toBeVisible();
  await cell.replaceSource('limit = 2\n\nnumber: int = 1\nreturn [{"id": number}]');
  await cell.run();
  await expect(cell.error).toContainText('SyntaxError');
  await expect(cell.error.getByRole('button', { name: /line 3/i })).toBeVisible();
});

test('what is wrong with a Statement is said while it is written, with its place', async ({
  notebook,
  page,
}) => {
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await notebook.waitForPython();
  await cell.replaceSource('import math\nimport os\nsleep(1)\nreturn [{"id": 1}]');
  const problems = cell.root.getByRole('list', { name: 'Problems of Statement' }).getByRole('button');
  await expect(problems).toHaveText([/^Line 2: .*os/, /^Line 3: .*await/]);
  await expect(cell.root.locator('.squiggly-error')).toHaveCount(1);
  await problems.first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('io');
  await expect(problems).toHaveText([/^Line 3: .*await/]);
});

test('a Statement runs in cycles that add up, and is stopped between them', async ({ notebook, page }) => {
  await page.getByRole('button', { name: 'Add a Statement' }).click();
  const cell = notebook.cell('Statement');
  await cell.replaceSource('begin = DATA_CHECKPOINT or 0\nreturn [{"id": begin + 1}] if begin < 3 else []');
  await cell.select();
  await makeSchema(notebook, 'Output', [['id', 'integer']]);
  const { configuration } = notebook;
  await configuration.getByRole('combobox', { name: 'Data checkpoint column' }).selectOption('id');
  await configuration.getByRole('checkbox', { name: 'Append to previous output' }).check();
  const cycles = configuration.getByRole('combobox', { name: 'Cycles at one press on Run' });
  await cycles.selectOption('Until it returns no rows');
  await cell.run();
  await cell.expectRows([['1'], ['2'], ['3']]);
  await expect(cell.runButton).toBeVisible();

  // Tomorrow all of it is there, and the next cycle goes on behind it.
  await page.reload();
  await cell.expectRows([['1'], ['2'], ['3']]);
  await cell.select();
  await cycles.selectOption('Again after some seconds');
  await cell.run();
  await expect(cell.root.locator('> header')).toContainText(/Cycle 1 · next in/);
  await cell.stopButton.click();
  await expect(cell.runButton).toBeVisible();
  await cell.expectRows([['1'], ['2'], ['3']]);
  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const runs = page
    .getByRole('dialog', { name: /^History/ })
    .getByRole('list')
    .first()
    .getByRole('listitem');
  await expect(runs.first()).toContainText('Statement, cycle 1');
  await page.keyboard.press('Escape');

  // Stopped within a cycle, it keeps what those before it have added.
  await cell.replaceSource(
    'begin = DATA_CHECKPOINT\nlog.info(f"begins at {begin}")\nif begin == 5:\n    await sleep(1_000)\nreturn [{"id": begin + 1}]',
  );
  await cell.select();
  await cycles.selectOption('times');
  await configuration.getByRole('spinbutton', { name: 'Number of cycles' }).fill('9');
  await cell.run();
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('begins at 5');
  await expect(cell.root.locator('> header')).toContainText('Cycle 3 of 9');
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  await cell.tab('Result Table').click();
  await cell.expectRows([['1'], ['2'], ['3'], ['4'], ['5']]);
});

firstVisit(
  'a data schema is made of a dataset, used, kept while it is used, and goes with Undo',
  async ({ notebook, page }) => {
    const data = await notebook.addScript(
      'from onelogic.odpf.common import ODDataset\nod_output.add_data("people", ODDataset([["Ada", 36]], ["name", "age"]))',
    );
    await data.run();
    await data.expectState('Done');
    await notebook.workspace.getByRole('button', { name: 'Data schemas' }).click();
    const schemas = page.getByRole('dialog', { name: 'Data schemas' });
    await schemas.getByRole('button', { name: 'From a dataset…' }).click();
    await page
      .getByRole('dialog', { name: 'A dataset for a data schema' })
      .getByRole('button', { name: /people/ })
      .click();
    const editor = page.getByRole('dialog', { name: 'New data schema' });
    await expect(editor.getByRole('combobox', { name: 'Type of age' })).toHaveValue('integer');
    await editor.getByRole('textbox', { name: 'Name', exact: true }).fill('People');
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(schemas.getByRole('listitem')).toHaveText([/People\s*2\s+fields: name, age\s*Not used/]);
    await page.keyboard.press('Escape');

    await notebook.addCell('Statement');
    await notebook.cell('Statement').select();
    await notebook.configuration.getByRole('combobox', { name: 'Output schema' }).selectOption('People');
    await notebook.workspace.getByRole('button', { name: 'Data schemas' }).click();
    await schemas.getByRole('button', { name: 'Actions for People' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(schemas.getByRole('alert')).toHaveText(
      '“People” cannot be deleted while it is used by Statement in My first notebook (output).',
    );
    await page.keyboard.press('Escape');
    await notebook.configuration
      .getByRole('combobox', { name: 'Output schema' })
      .selectOption('None yet: choose one to run');
    await notebook.workspace.getByRole('button', { name: 'Data schemas' }).click();
    await schemas.getByRole('button', { name: 'Actions for People' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(schemas.getByText('There are none yet.')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await notebook.workspace.getByRole('button', { name: 'Data schemas' }).click();
    await expect(schemas.getByRole('listitem')).toHaveCount(1);
  },
);
