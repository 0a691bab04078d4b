import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, testInUse as test } from '../fixtures.ts';
import { declareHandles } from './declare-handles.ts';

test('files of a notebook are found by its scripts, changed by them, and stale what imports or opens them', async ({
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
  await notebook.addFile('table.csv', 'a,b\n3,4\n');
  await cell.expectState('Stale');
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

/** Presses a button and gives what is downloaded. */
async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const downloading = page.waitForEvent('download');
  await press();
  return Buffer.concat(await (await (await downloading).createReadStream()).toArray());
}

test('what scripts leave in the directories of their session is found by the next ones, and kept with it', async ({
  notebook,
  page,
}) => {
  const writer = await notebook.addFirstScriptlet();
  await writer.replaceSource(
    'from pathlib import Path\nimport numpy\n\n\ndef main(params, context):\n    folder = Path(context.session_dir, "out")\n    folder.mkdir()\n    Path(folder, "table.csv").write_text("a,b\\n1,2\\n")\n    Path(context.tmp_dir, "note.txt").write_text("on the way")\n    return {"words": ["written"]}',
  );
  await notebook.addCell('Scriptlet');
  const reader = notebook.cell('Scriptlet 2');
  await reader.replaceSource(
    'from pathlib import Path\n\n\ndef main(params, context):\n    text = Path(context.session_dir, "out/table.csv").read_text()\n    Path(context.session_dir, "seen.txt").write_text(text + Path(context.tmp_dir, "note.txt").read_text())\n    raise ValueError("too late")',
  );
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await writer.expectState('Done');
  await reader.expectState('Failed');

  // Back tomorrow.
  await notebook.open();
  const dialog = await notebook.openFiles();
  await dialog.getByRole('tab', { name: 'Sessions' }).click();
  const left = dialog.getByRole('list', { name: 'Session directory' });
  await expect(left.getByRole('listitem')).toHaveText([/^out\/table\.csv\s*8 B/, /^seen\.txt\s*18 B/]);
  const onTheWay = dialog.getByRole('list', { name: 'Temporary directory' });
  await expect(onTheWay.getByRole('listitem')).toHaveText([/^note\.txt\s*10 B/]);
  const seen = await download(page, () => left.getByRole('button', { name: 'Download seen.txt' }).click());
  expect(seen.toString()).toBe('a,b\n1,2\non the way');
  const archive = await download(page, () => dialog.getByRole('button', { name: /^Download all/ }).click());
  const unpacked = Object.entries(unzipSync(new Uint8Array(archive)));
  expect(unpacked.map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
    ['out/table.csv', 'a,b\n1,2\n'],
    ['seen.txt', 'a,b\n1,2\non the way'],
  ]);
  await left.getByRole('button', { name: 'Copy out/table.csv to the notebook' }).click();
  await expect(dialog.getByText('out/table.csv is a file of the notebook now.')).toBeVisible();
  await dialog.getByRole('tab', { name: 'Notebook' }).click();
  await expect(dialog.getByRole('listitem')).toHaveText([/^out\/table\.csv/]);
  await notebook.closeFiles();

  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History' });
  await expect(history.getByText(/^Run as “You” · Python 3\.\d+\.\d+ · numpy \d+\.\d+\.\d+$/)).toBeVisible();
  // What is shown in the cells is in all of it, with the logs, which say what failed.
  await expect(history.getByRole('note', { name: 'Size of the history' })).toContainText(
    /^1\d\d B in all, 28 B of it in the history alone/,
  );
  await expect(history.getByRole('list', { name: 'Session directory' }).getByRole('listitem')).toHaveCount(2);
  await history.getByRole('button', { name: 'Close' }).click();
});
