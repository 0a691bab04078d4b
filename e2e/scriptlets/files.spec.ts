import { expect, test } from '../fixtures.ts';
import { declareHandles } from './declare-handles.ts';

test('files of a notebook are found by its scripts, changed by them, and stale what imports them', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addFirstScriptlet();
  await declareHandles(notebook, { inputs: [], outputs: [['text', 'Text']] });
  await cell.replaceSource(
    'from pathlib import Path\nfrom shapes import side\n\n\ndef main(params, context):\n    Path("out").mkdir(exist_ok=True)\n    Path("out/result.txt").write_text(f"{side} of {context.pkg_dir}")\n    return {"text": open("table.csv").read()}',
  );
  await notebook.addFile('shapes.py', 'side = 3\n');
  await notebook.addFile('table.csv', 'a,b\n1,2\n');
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toHaveText('text JSON "a,b\\n1,2\\n"');

  const files = await notebook.openFiles();
  await expect(files.getByRole('listitem')).toHaveText([/^out\/result\.txt/, /^shapes\.py/, /^table\.csv/]);
  const downloading = page.waitForEvent('download');
  await files.getByRole('button', { name: 'Download out/result.txt' }).click();
  const content = await (await downloading).createReadStream();
  expect(Buffer.concat(await content.toArray()).toString()).toBe('3 of /notebook');
  await notebook.closeFiles();

  // Back tomorrow, with another Python.
  await notebook.open();
  await cell.expectState('Done');
  await notebook.addFile('shapes.py', 'side = 4\n');
  await cell.expectState('Stale');
  await cell.run();
  await cell.expectState('Done');
});

test('what a script that fails did to the files is undone', async ({ notebook }) => {
  const cell = await notebook.addScript(
    'from pathlib import Path\nPath("keep.txt").write_text("spoiled")\nPath("new.txt").write_text("new")\nraise ValueError("no")',
  );
  await notebook.addFile('keep.txt', 'kept');
  await cell.run();
  await cell.expectState('Failed');
  await expect((await notebook.openFiles()).getByRole('listitem')).toHaveText([/^keep\.txt/]);
  await notebook.closeFiles();
  await cell.replaceSource(
    'import os\nfrom pathlib import Path\nfrom onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[Path("keep.txt").read_text(), str(os.listdir("."))]], ["text", "names"]))',
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.expectRows([['kept', "['keep.txt']"]]);
});
