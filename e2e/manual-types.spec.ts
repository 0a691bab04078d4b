import { expect, testInUse as test } from './fixtures.ts';
import { declareHandles } from './scriptlets/declare-handles.ts';

test('columns get the types that a person gave them, are shown with them, and take them to the next cell', async ({
  notebook,
}) => {
  const { configuration } = notebook;
  const sales = await notebook.addScript(
    'import pandas as pd\nod_output.add_data("sales", pd.DataFrame({"month": ["1", "2"], "sum": [1, 2.5]}))',
  );
  await sales.run();
  await sales.expectState('Done');
  await expect(sales.grid.getByRole('columnheader')).toHaveText([
    'Row',
    'month string · nominal',
    'sum float64 · ratio',
  ]);

  await sales.select();
  const types = configuration.getByRole('region', { name: 'Manual TI' });
  await types.getByRole('button', { name: 'Add columns of the last output' }).click();
  await types.getByRole('combobox', { name: 'Scale type of month' }).selectOption('ordinal');
  await types.getByRole('combobox', { name: 'Representation type of month' }).selectOption('int');
  await types.getByRole('combobox', { name: 'Representation type of sum' }).selectOption('int');
  await sales.expectState('Stale');
  await sales.run();
  await sales.expectState('Done');
  await expect(sales.grid.getByRole('columnheader')).toHaveText([
    'Row',
    'month int64 · ordinal',
    'sum float64 · ratio',
  ]);
  await sales.tab('Logs').click();
  await expect(sales.log).toContainText(
    'Manual TI: column "sum" of "sales" is double instead of int, as row 2 holds 2.5.',
  );

  await notebook.addCell('Scriptlet');
  const report = notebook.cell('Scriptlet');
  await report.replaceSource(`def main(params, context):
    frame = params["frame"]
    encoding = {"x": {"field": "month"}, "y": {"field": "sum"}}
    context.preview({"type": "vega-lite", "data": {"data": frame, "mark": "bar", "encoding": encoding}})
    return {"types": f"{frame.attrs['scale_types']} {frame['month'].dtype}"}`);
  await declareHandles(notebook, { inputs: [['frame', 'Anything']], outputs: [['types', 'Text']] });
  await notebook.connect('frame', 'Data Generator → sales');
  await report.run();
  await report.expectState('Done');
  await expect(await report.openOutputs()).toHaveText(
    `types JSON "{'month': 'ordinal', 'sum': 'ratio'} int64"`,
  );
});
