import { expect, testInUse as test } from './fixtures.ts';

test('a model is saved twice, looked at, loaded in its first version, kept, rolled back and downloaded', async ({
  notebook,
  page,
}) => {
  const { configuration } = notebook;
  const train = await notebook.addScript(
    'import time\nod_output.add_model("trees 🌳/1", {"at": time.time_ns()})',
  );
  await train.select();
  await configuration.getByRole('checkbox', { name: /^Generate Empty/ }).check();
  await configuration.getByRole('button', { name: 'Save One or More Models' }).click();
  await configuration.getByRole('button', { name: 'Add Model', exact: true }).click();
  await configuration.getByRole('combobox', { name: 'Model to save, new model' }).fill('trees 🌳/1');
  await page.keyboard.press('Enter');
  for (const state of ['Done', 'Done'] as const) {
    await train.run();
    await train.expectState(state);
  }

  await notebook.workspace.getByRole('button', { name: 'Models', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog
    .getByRole('list', { name: 'Models', exact: true })
    .getByRole('button', { name: /^trees/ })
    .click();
  const versions = dialog.getByRole('list', { name: 'Versions', exact: true });
  await expect(versions.getByRole('button', { name: /^Version/ })).toHaveText([
    /^\s*Version 2, newest/,
    /^\s*Version 1/,
  ]);
  await versions.getByRole('button', { name: /› Data Generator$/ }).click();
  await expect(train.root).toBeFocused();

  await notebook.addCell('Data Generator');
  const predict = notebook.cell('Data Generator 2');
  await predict.replaceSource(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("at", ODDataset([[od_models["trees 🌳/1"]["at"]]], ["at"]))',
  );
  await predict.select();
  await configuration.getByRole('button', { name: 'Load One or More Models' }).click();
  await configuration.getByRole('button', { name: 'Add Group' }).click();
  await configuration.getByRole('combobox', { name: 'Model to load, new model' }).fill('tree');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const version = configuration.getByRole('combobox', { name: 'Version of trees 🌳/1' });
  await predict.run();
  await predict.expectState('Done');
  const shown = predict.grid.getByRole('gridcell');
  await expect(shown).toHaveCount(1);
  const newest = await shown.innerText();
  await version.selectOption('version 1');
  await predict.expectState('Stale');
  await predict.run();
  await predict.expectState('Done');
  await expect(shown).not.toHaveText(newest);

  await configuration.getByRole('button', { name: 'Open Model trees 🌳/1' }).click();
  await versions.getByRole('button', { name: /^Version 1/ }).click();
  await versions.getByRole('button', { name: 'Delete version 1' }).click();
  await expect(dialog.getByRole('alert')).toContainText('cannot be deleted while “Data Generator 2”');
  await versions.getByRole('button', { name: 'Make version 1 the newest' }).click();
  await expect(versions.getByRole('button', { name: /^Version 3, newest/ })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await versions.getByRole('button', { name: 'Download version 1' }).click();
  expect((await downloading).suggestedFilename()).toBe('trees 🌳-1-v1.pkl');
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('two models are saved into a group, and another cell loads the group', async ({ notebook, page }) => {
  const { configuration } = notebook;
  const train = await notebook.addScript(
    'for name, slope in [("steep", 3), ("flat", 1)]:\n    od_output.add_model(name, {"slope": slope}, "lines")',
  );
  await train.select();
  await configuration.getByRole('checkbox', { name: /^Generate Empty/ }).check();
  await configuration.getByRole('button', { name: /^Save One or More Model Groups/ }).click();
  await configuration.getByRole('button', { name: 'Add Model Group' }).click();
  await configuration.getByRole('combobox', { name: 'Group to save, new group' }).fill('lines');
  await page.keyboard.press('Enter');
  for (const name of ['steep', 'flat']) {
    await configuration.getByRole('combobox', { name: 'Add a model to lines' }).fill(name);
    await page.keyboard.press('Enter');
  }
  await train.run();
  await train.expectState('Done');
  await train.tab('Models').click();
  await expect(train.tabPanel.getByRole('listitem')).toHaveText([
    /^\s*steep\s+version 1, in the group “lines” · \d+ B\s*$/,
    /^\s*flat\s+version 1, in the group “lines” · \d+ B\s*$/,
  ]);

  await notebook.addCell('Data Generator');
  const draw = notebook.cell('Data Generator 2');
  await draw.replaceSource(
    'from onelogic.odpf.common import ODDataset\nrows = [[name, model["slope"]] for name, model in sorted(od_models.items())]\nod_output.add_data("slopes", ODDataset(rows, ["model", "slope"]))',
  );
  await draw.select();
  await configuration.getByRole('button', { name: 'Load One or More Model Groups' }).click();
  await configuration.getByRole('button', { name: 'Add Model Group' }).click();
  await configuration.getByRole('combobox', { name: 'Group to load, new group' }).click();
  await configuration.getByRole('option', { name: 'lines' }).click();
  await draw.run();
  await draw.expectState('Done');
  await draw.expectRows([
    ['flat', '1'],
    ['steep', '3'],
  ]);
});
