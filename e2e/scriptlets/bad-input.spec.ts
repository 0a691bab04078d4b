import { expect, testInUse as test } from '../fixtures.ts';
import { writeScriptlet } from './write-scriptlet.ts';

test('what a scriptlet gets wrong is named, with the remedy, and the rest of its run stands', async ({
  notebook,
}) => {
  const cell = await writeScriptlet(notebook, {
    title: 'careless',
    source: `def main(params, context):
    deep = []
    for _ in range(2_000):
        deep = [deep]
    context.preview({"type": "image", "data": "plots/missing.png"})
    context.preview({"type": "table", "data": {"columns": ["a", "b"], "rows": [[1, 2], [3]]}})
    context.preview({"type": "iframe", "data": "javascript:alert(1)"})
    context.preview({"type": "json", "data": deep})
    context.preview({"type": "audio", "data": "data:audio/wav;base64,%%%"})
    context.output("undeclared", 1)
    context.output("bytes", "no bytes")
    return {"number": float("nan")}`,
    outputs: [
      ['number', 'Number'],
      ['bytes', 'Bytes'],
    ],
  });
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toContainText('number JSON NaN');
  await cell.tab('Logs').click();
  for (const line of [
    'A preview of type image is not shown: there is no file "plots/missing.png", and this is neither an http(s) or data URL nor base64 of a known format.',
    'A preview of type table is not shown: row 2 is a list of 2 values, one a column; got 1 values.',
    "A preview of type iframe is not shown: its data is an http(s) or data URL or the path of a file, not 'javascript:alert(1)'.",
    'A preview of type audio is not shown: the data of its data URL is no base64.',
    'Output handle key: [undeclared] is not defined in Block outputs schema.',
    'Output handle key: [bytes] is defined as binary, but the value is not bytes.',
  ]) {
    await expect(cell.log).toContainText(line);
  }
});

const wrongs = [
  [
    'def mian(params):\n    return {}',
    'The cell defines no function main. Write one: def main(params, context): return {"output": None}',
  ],
  [
    'def main(params):\n    deep = []\n    for _ in range(2_000):\n        deep = [deep]\n    return {"words": deep}',
    'The output "words" cannot be passed as JSON: it is nested more than 900 levels deep; flatten it.',
  ],
  [
    'def main(params):\n    return {"words": [1, {"a": {1, 2}}]}',
    `The output "words" cannot be passed as JSON: value[1]['a'] is of type set: convert it with sorted(...) or list(...).`,
  ],
  [
    'def main(params):\n    return 3',
    'main returned a value of type int. Return a dict whose keys are output handles, such as {"output": value}, or None, or context.keepAlive.',
  ],
] as const;

test('a scriptlet that cannot end well fails, and says what to do', async ({ notebook }) => {
  const cell = await notebook.addFirstScriptlet();
  for (const [source, message] of wrongs) {
    await cell.replaceSource(source);
    await cell.run();
    await expect(cell.error).toContainText(message);
    await cell.expectState('Failed');
  }
});
