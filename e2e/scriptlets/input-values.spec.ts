import { expect, test } from '../fixtures.ts';
import { declareHandles } from './declare-handles.ts';

test('a file is uploaded into an input, and a dataset that another keeps outlives the cell that made it', async ({
  notebook,
  page,
}) => {
  const maker = await notebook.addScript(
    'import pandas as pd\nod_output.add_data("sales", pd.DataFrame({"region": ["n", "s"], "sum": [1, 2]}))',
  );
  await notebook.addCell('Scriptlet');
  const taker = notebook.cell('Scriptlet');
  await taker.replaceSource(
    'from pathlib import Path\n\n\ndef main(params):\n    frame = params["rows"]\n    total = None if frame is None else int(frame["sum"].sum())\n    return {"text": f"{Path(params[\'source\']).read_text()} {params[\'source\']} {total}"}',
  );
  await declareHandles(notebook, {
    inputs: [
      ['source', 'File'],
      ['rows', 'Anything'],
    ],
    outputs: [['text', 'Text']],
  });
  const { configuration } = notebook;
  await configuration.getByRole('button', { name: 'Edit input rows' }).click();
  await page.getByRole('checkbox', { name: 'May be null' }).check();
  await page.getByRole('button', { name: 'Save' }).click();

  await configuration
    .getByLabel('File for source', { exact: true })
    .setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  await expect(configuration.getByRole('combobox', { name: 'Value of source' })).toHaveValue(
    '/notebook/table.csv',
  );
  await taker.run();
  await taker.expectState('Done');
  await expect(await taker.openOutputs()).toHaveText('text JSON "a,b /notebook/table.csv None"');

  await maker.run();
  await maker.expectState('Done');
  await notebook.open();
  await taker.expectState('Done');
  await taker.select();
  await expect(configuration.getByRole('combobox', { name: 'Value of source' })).toHaveValue(
    '/notebook/table.csv',
  );
  await configuration.getByRole('button', { name: 'Choose a dataset for rows' }).click();
  await page
    .getByRole('dialog', { name: 'A dataset for rows' })
    .getByRole('button', { name: /^Data Generator: sales/ })
    .click();
  await expect(configuration.getByRole('group', { name: 'Value of rows' })).toContainText(
    'Data Generator: sales 2 rows × 2 columns',
  );
  await expect(taker.inputs).toHaveText(['source = "/notebook/table.csv"', 'rows = Data Generator: sales']);
  await taker.expectState('Stale');
  await taker.run();
  await taker.expectState('Done');
  await expect(await taker.openOutputs()).toHaveText('text JSON "a,b /notebook/table.csv 3"');

  // The cell that made it goes, and the input has it all the same.
  await maker.root.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  await expect(notebook.cellTitles).toHaveText(['Scriptlet']);
  await notebook.open();
  await taker.expectState('Done');
  await taker.replaceSource('def main(params):\n    return {"text": str(params["rows"]["sum"].tolist())}');
  await taker.run();
  await taker.expectState('Done');
  await expect(await taker.openOutputs()).toHaveText('text JSON "[1, 2]"');

  // A file that was removed is missed at the input, which says what to do.
  const files = await notebook.openFiles();
  await files.getByRole('button', { name: 'Remove table.csv' }).click();
  await notebook.closeFiles();
  await taker.select();
  await expect(
    configuration.getByText(
      'The file table.csv is not in this notebook. Upload it again, or choose another one.',
    ),
  ).toBeVisible();
});
