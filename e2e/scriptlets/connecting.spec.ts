import { expect, testInUse as test } from '../fixtures.ts';
import { writeStatement } from '../statements/write-statement.ts';
import { declareHandles } from './declare-handles.ts';
import { writeScriptlet } from './write-scriptlet.ts';

test('a new Scriptlet runs as it is, shows what it previews and puts its words out', async ({ notebook }) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toHaveText('words JSON ["Two", "plus", "two", "is", "four"]');
});

test('a dataset goes as a DataFrame through a scriptlet into the next, and what changed is run again', async ({
  notebook,
}) => {
  const data = await notebook.addScript(
    'import pandas as pd\nod_output.add_data("sales", pd.DataFrame({"region": ["n", "s", "n"], "sum": [1, 2, 3]}))',
  );
  await notebook.addCell('Scriptlet');
  const total = notebook.cell('Scriptlet');
  await total.replaceSource(
    'def main(params):\n    frame = params["frame"]\n    sums = frame.groupby("region")["sum"].sum()\n    return {"sums": {key: int(value) for key, value in sums.items()}, "frame": frame}',
  );
  await declareHandles(notebook, {
    inputs: [['frame', 'Python object']],
    outputs: [
      ['sums', 'Anything'],
      ['frame', 'Python object'],
    ],
  });
  await notebook.addCell('Scriptlet');
  const report = notebook.cell('Scriptlet 2');
  await report.replaceSource(
    'def main(params):\n    return {"text": f"{params[\'sums\']} of {len(params[\'frame\'])} rows"}',
  );
  await declareHandles(notebook, {
    inputs: [
      ['sums', 'Object'],
      ['frame', 'Anything'],
    ],
    outputs: [['text', 'Text']],
  });

  // Before it has run, nobody knows what the Data Generator puts out.
  await data.run();
  await data.expectState('Done');
  await total.select();
  await notebook.connect('frame', 'Data Generator → sales');
  await report.select();
  await notebook.connect('sums', 'Scriptlet → sums');
  await notebook.connect('frame', 'Scriptlet → frame');
  await expect(report.inputs).toHaveText(['sums ← Scriptlet → sums', 'frame ← Scriptlet → frame']);

  // What it needs and is not there yet is run first.
  await report.run();
  await report.expectState('Done');
  await expect(await report.openOutputs()).toHaveText(`text JSON "{'n': 4, 's': 2} of 3 rows"`);
  await total.expectState('Done');
  await expect(await total.openOutputs()).toContainText('frame pandas.DataFrame');

  await total.replaceSource('def main(params):\n    return {"sums": {}, "frame": params["frame"].head(1)}');
  await total.expectState('Stale');
  await report.expectState('Stale');
  await data.expectState('Done');
  await notebook.toolbar.getByRole('button', { name: 'Run stale' }).click();
  await report.expectState('Done');
  await expect(await report.openOutputs()).toHaveText('text JSON "{} of 1 rows"');

  // Back tomorrow: the values of all handles are there, the object by its pickle.
  await notebook.open();
  await report.expectState('Done');
  await report.replaceSource('def main(params):\n    return {"text": type(params["frame"]).__name__}');
  await report.expectState('Stale');
  await report.run();
  await report.expectState('Done');
  await expect(await report.openOutputs()).toHaveText('text JSON "DataFrame"');
});

test('what a scriptlet lists goes as rows through a Statement, and as a DataFrame into a scriptlet', async ({
  notebook,
}) => {
  await writeScriptlet(notebook, {
    title: 'orders',
    source:
      'def main():\n    return {"orders": [{"id": 2**53 + 1, "sum": 1}, {"id": 7, "sum": 2.5, "note": None}]}',
    outputs: [['orders', 'List']],
  });
  const clean = await writeStatement(
    notebook,
    'Statement',
    'import datetime\nreturn [{"id": row["id"] * 2, "day": datetime.date(2024, 2, 29), "sum": row["sum"], "fields": len(row)} for row in INPUT_DATA]',
    [
      ['id', 'integer'],
      ['day', 'date'],
      ['sum', 'number'],
      ['fields', 'integer'],
    ],
  );
  await notebook.connect('input', 'orders → orders');
  const report = await writeScriptlet(notebook, {
    title: 'report',
    source:
      'def main(params):\n    rows = params["rows"]\n    return {"seen": [type(rows).__name__, {name: str(kind) for name, kind in rows.dtypes.items()}, rows["id"].tolist(), str(rows["day"][0])]}',
    inputs: [['rows', 'Anything']],
    outputs: [['seen', 'List']],
  });
  await report.select();
  await notebook.connect('rows', 'Statement → output');
  await report.run();
  await report.expectState('Done');
  await clean.expectRows([
    ['18014398509481986', '2024-02-29', '1.0', '2'],
    ['14', '2024-02-29', '2.5', '3'],
  ]);
  await expect(await report.openOutputs()).toHaveText(
    'seen JSON ["DataFrame", {"id": "int64", "day": "object", "sum": "float64", "fields": "int64"}, [18014398509481986, 14], "2024-02-29"]',
  );
});

test('a connection that would close a circle is refused with the path', async ({ notebook }) => {
  const first = await notebook.addFirstScriptlet();
  await notebook.addCell('Scriptlet');
  const second = notebook.cell('Scriptlet 2');
  await second.select();
  await notebook.connect('text', 'Scriptlet → words');
  await first.select();
  await notebook.connect('text', 'Scriptlet 2 → words');
  await expect(notebook.configuration.getByRole('alert')).toHaveText(
    'That would close a circle: “Scriptlet” → “Scriptlet 2” → “Scriptlet”.',
  );
  await expect(first.inputs).toHaveText(['text = "Two plus two is four"']);
});

test('a failure stops what depends on it and nothing else, and a missing input is named', async ({
  notebook,
}) => {
  const first = await notebook.addFirstScriptlet();
  await first.replaceSource('def main(params):\n    raise ValueError("no")');
  await notebook.addCell('Scriptlet');
  const second = notebook.cell('Scriptlet 2');
  await second.select();
  await notebook.connect('text', 'Scriptlet → words');
  await notebook.addCell('Scriptlet');
  const third = notebook.cell('Scriptlet 3');
  await declareHandles(notebook, { inputs: [['count', 'Number']], outputs: [] });
  await notebook.addCell('Scriptlet');
  const fourth = notebook.cell('Scriptlet 4');

  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await fourth.expectState('Done');
  await first.expectState('Failed');
  await expect(second.root).toContainText('Not run: “Scriptlet” failed.');
  await third.expectState('Failed');
  await expect(third.error).toContainText(
    'The input “count” is missing: it is not connected and has neither a value nor a default.',
  );
});
