import { expect, testInUse as test } from '../fixtures.ts';
import { writeScriptlet } from './write-scriptlet.ts';

const makeData = `import datetime
import pandas as pd

od_output.add_data("all", pd.DataFrame({
    "whole": [1, 2**62],
    "number": [0.5, None],
    "text": ["ä", None],
    "truth": [True, False],
    "moment": pd.to_datetime(["2024-02-29 12:00", None]),
}))`;

const makeAll = `from fractions import Fraction


def main(params):
    types = {name: str(dtype) for name, dtype in params["data"].dtypes.items()}
    return {"json": {"big": 2**70, "nan": float("nan"), "types": types}, "object": [Fraction(3, 4)], "bytes": bytes(range(4)), "key": "hunter2"}`;

const takeAll = `def main(params):
    print("ran")
    big, nan, types = params["json"].values()
    print("the key is", params["key"])
    return {"seen": [str(big), nan != nan, types, str(params["object"][0]), list(params["bytes"]), len(params["key"])]}`;

const seen =
  'seen JSON ["1180591620717411303424", true, {"whole": "int64", "number": "float64", "text": "object", "truth": "bool", "moment": "datetime64[ns]"}, "3/4", [0, 1, 2, 3], 7]';

test('values of every kind go from cell to cell, and are there tomorrow without what made them', async ({
  notebook,
}) => {
  const data = await notebook.addScript(makeData);
  await data.run();
  const maker = await writeScriptlet(notebook, {
    title: 'maker',
    source: makeAll,
    inputs: [['data', 'Anything']],
    outputs: [
      ['json', 'Object'],
      ['object', 'Python object'],
      ['bytes', 'Bytes'],
      ['key', 'Secret'],
    ],
  });
  await maker.select();
  await notebook.connect('data', 'Data Generator → all');
  const taker = await writeScriptlet(notebook, {
    title: 'taker',
    source: takeAll,
    inputs: [
      ['json', 'Object'],
      ['object', 'Python object'],
      ['bytes', 'Bytes'],
      ['key', 'Secret'],
    ],
    outputs: [['seen', 'List']],
  });
  await taker.select();
  for (const name of ['json', 'object', 'bytes', 'key']) await notebook.connect(name, `maker → ${name}`);
  await taker.run();
  await taker.expectState('Done');
  await expect(await taker.openOutputs()).toHaveText(seen);
  await expect(await maker.openOutputs()).toContainText('bytes Bytes Download 4 B 00 01 02 03 ····');

  // Tomorrow, only the last one is run, with what is stored.
  await notebook.open();
  await maker.expectState('Done');
  const before = await maker.root.locator('> header').innerText();
  await taker.run();
  await expect.poll(() => taker.runButton.count()).toBe(1);
  await taker.expectState('Done');
  await expect(await taker.openOutputs()).toHaveText(seen);
  await taker.tab('Logs').click();
  await expect(taker.log).toContainText('the key is ****');
  expect(await maker.root.locator('> header').innerText()).toBe(before);
});

test('an object that cannot be pickled says so, serves while Python lives, and is made anew tomorrow', async ({
  notebook,
}) => {
  const maker = await writeScriptlet(notebook, {
    title: 'maker',
    source: 'class Lock:\n    is_locked = False\n\n\ndef main(params):\n    return {"lock": [Lock()]}',
    outputs: [['lock', 'Python object']],
  });
  const taker = await writeScriptlet(notebook, {
    title: 'taker',
    source: 'def main(params):\n    return {"locked": params["lock"][0].is_locked}',
    inputs: [['lock', 'Python object']],
    outputs: [['locked', 'True or false']],
  });
  await taker.select();
  await notebook.connect('lock', 'maker → lock');
  await taker.run();
  await taker.expectState('Done');
  await expect(await maker.openOutputs()).toContainText(
    /It lives in Python’s memory alone: .*Put that into a Python file of the notebook/,
  );
  await notebook.open();
  await maker.expectState('Stale');
  await taker.expectState('Stale');
  await taker.run();
  await taker.expectState('Done');
  await maker.expectState('Done');
});
