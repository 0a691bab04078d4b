import type { CellPart } from '../pages/CellPart.ts';
import { expect, testInUse as test } from '../fixtures.ts';
import { writeScriptlet } from './write-scriptlet.ts';

const sort = `def main(params, context):
    left = [{"node_id": "left", "input_handle": "number"}]
    context.output("number", 2)
    context.output("number", 1, to_node=left)
    context.output("word", "hello", to_node=[*left, {"node_id": "right", "input_handle": "word"}])`;

test('outputs go to the cells that they name, which stays on record, and the others say what they lack', async ({
  notebook,
}) => {
  const source = await writeScriptlet(notebook, {
    title: 'source',
    source: sort,
    outputs: [
      ['number', 'Number'],
      ['word', 'Text'],
    ],
  });
  const takers: CellPart[] = [];
  for (const title of ['left', 'right']) {
    const taker = await writeScriptlet(notebook, {
      title,
      source: 'def main(params):\n    return {"taken": list(params.values())}',
      inputs: [
        ['number', 'Number'],
        ['word', 'Text'],
      ],
      outputs: [['taken', 'List']],
    });
    await taker.select();
    await notebook.connect('number', 'source → number');
    await notebook.connect('word', 'source → word');
    takers.push(taker);
  }
  const [left, right] = takers;
  if (!left || !right) throw new Error('there are two');
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await right.expectState('Done');
  await expect(await right.openOutputs()).toHaveText('taken JSON [2, "hello"]');
  await expect(left.root).toContainText(
    'Not run: “source” sent “word” to other inputs only, and the input “word” needs it.',
  );
  const outputs = await source.openOutputs();
  const sent = ['number JSON', 'number JSON to “left” (number)', 'word JSON to “right” (word)'];
  await expect(outputs.getByRole('term')).toHaveText(sent);
  await expect(outputs.getByRole('definition')).toHaveText(['2', '1', '"hello"']);
  await source.tab('Logs').click();
  await expect(source.log).toContainText('[word] is not connected to left (number), which to_node names.');

  // Tomorrow, what was sent where is known without the cell that sent it.
  await notebook.open();
  await source.openOutputs();
  await expect(outputs.getByRole('term')).toHaveText(sent);
  await source.replaceSource(sort.replace('[*left, ', '[{"node_id": "left", "input_handle": "word"}, '));
  await source.run();
  await left.expectState('Idle');
  await right.expectState('Done');
  await left.run();
  await left.expectState('Done');
  await expect(await left.openOutputs()).toHaveText('taken JSON [1, "hello"]');
});
