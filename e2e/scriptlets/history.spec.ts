import type { Locator } from '@playwright/test';
import { expect, testInUse as test } from '../fixtures.ts';

/** The lines of a log that are drawn, without their times. */
async function readLines(log: Locator): Promise<string[]> {
  const texts = await log.locator('.line').allInnerTexts();
  return texts.map((text) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/^[\d:]+( [AP]M)?/, '')
      .replace('Copy JSON', '')
      .trim(),
  );
}

test('a run is kept with what it did, compared with another, put back, and deleted', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.run();
  await cell.expectState('Done');
  await cell.replaceSource('def main(params):\n    return {"words": ["other"]}');
  await cell.expectState('Stale');
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toHaveText('words JSON ["other"]');

  // Back tomorrow.
  await notebook.open();
  await cell.expectState('Done');
  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  const sessions = dialog.getByRole('list', { name: 'Sessions' }).getByRole('button');
  await expect(sessions).toHaveText([/^Scriptlet .* 1 job · /, /^Scriptlet .* 1 job · /]);
  await sessions.last().click();
  await expect(dialog.getByRole('list', { name: 'Jobs' })).toContainText('put out words');
  await dialog.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
  await expect(dialog.getByRole('list', { name: 'Comparison' })).toContainText(
    'Different: its source, the output words',
  );
  await dialog.getByRole('button', { name: 'Restore the results' }).click();
  await expect(dialog.getByText('The cells show these results again.')).toBeVisible();
  await expect(sessions).toHaveCount(3);
  await sessions.first().click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(sessions).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Close' }).click();

  // What was put back stays also when its session is gone; the source is another one than it came from.
  await expect(await cell.openOutputs()).toHaveText('words JSON ["Two", "plus", "two", "is", "four"]');
  await cell.expectState('Stale');
});

const reporting = `from oocana import Context

def main(params, context: Context):
    print("one")
    context.log_json({"a": 1, "b": [True, None]})
    context.send_warning("careful")
    context.send_warning("again")
    context.report_progress(50)
    context.preview({"type": "markdown", "data": "# Hello"}, id="note")
    context.logger.error("wrong")
    context.send_message({"to": "all"})
    context.output("words", ["put", "out"])
    return {}`;

test('a cell tells how often it warned, its log shows where, and its record all that it reported', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.replaceSource(reporting);
  await cell.run();
  await cell.expectState('Done');

  // Back tomorrow, the counts are there without the log.
  await notebook.open();
  await cell.expectState('Done');
  await expect(cell.root.getByRole('tab', { name: 'Logs, 1 error, 2 warnings' })).toBeVisible();
  await cell.root.getByRole('button', { name: '2 warnings' }).click();
  await expect(cell.log).toBeFocused();
  await expect
    .poll(() => readLines(cell.log))
    .toEqual([
      'one',
      'json {"a": 1, "b": [true, null]}',
      'warn careful',
      'warn again',
      'error wrong',
      'msg {"to": "all"}',
    ]);
  await cell.root.getByRole('button', { name: 'Warnings and errors' }).click();
  await expect.poll(() => readLines(cell.log)).toEqual(['warn careful', 'warn again', 'error wrong']);
  await cell.root.getByRole('button', { name: 'All' }).click();
  await cell.log.getByRole('button', { name: '{"to": "all"}' }).press('Enter');
  await expect.poll(async () => (await readLines(cell.log)).slice(-3)).toEqual(['{', '"to": "all"', '}']);

  // The record of the session has all of it.
  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  const job = dialog.getByRole('region', { name: 'Job: Scriptlet' });
  await expect(job.getByRole('row', { name: /^text default [0-9a-f]{8}$/ })).toBeVisible();
  await job.getByRole('tab', { name: 'Outputs' }).click();
  await expect(job.getByRole('tabpanel')).toHaveText('words JSON ["put", "out"]');
  await job.getByRole('tab', { name: 'Previews' }).click();
  await expect(job.getByRole('heading', { name: 'Hello' })).toBeVisible();
  await job.getByRole('tab', { name: 'Events' }).click();
  const events = job.getByRole('log', { name: 'Events' });
  await expect
    .poll(() => readLines(events))
    .toEqual([
      'BlockLog {"log": "one", "stdio": "stdout"}',
      'BlockLogJSON {"json": {"a": 1, "b": [true, null]}}',
      'BlockWarning {"warning": "careful"}',
      'BlockWarning {"warning": "again"}',
      'BlockProgress {"rate": 50.0}',
      'BlockPreview {"payload": {"type": "markdown", "data": "# Hello", "id": "note"}}',
      'BlockError {"error": "wrong"}',
      'BlockMessage {"payload": {"to": "all"}}',
      'BlockOutput {"handle": "words", "output": ["put", "out"], "done": false}',
      'BlockFinished {"result": {}}',
    ]);
  const downloading = page.waitForEvent('download');
  await job.getByRole('button', { name: 'Download events' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Scriptlet events.jsonl');
  await dialog.getByRole('button', { name: 'Close' }).click();
});
