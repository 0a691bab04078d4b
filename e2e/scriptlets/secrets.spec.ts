import { expect, testInUse as test } from '../fixtures.ts';
import { exportWorkspace, findInExport } from '../export-workspace.ts';
import { findInStorage } from '../find-in-storage.ts';
import { declareHandles } from './declare-handles.ts';

const secret = 'tr0ub4dor"ü\\3';
/** Part of every spelling of the secret. */
const trace = 'tr0ub4dor';

const telling = `import html
import logging
import sys

import pandas as pd


def main(params, context):
    secret = params["token"]
    print(secret, repr(secret), [secret])
    print(secret, file=sys.stderr)
    logging.warning("logged %s", secret)
    context.logger.info(secret)
    context.report_log(secret, "stderr")
    context.log_json({"a": secret, secret: 1})
    context.send_message({"a": secret})
    context.send_warning(secret)
    table = {"columns": ["a", f"of {secret}"], "rows": [[secret, [secret]], ["b", {"c": secret}]]}
    context.preview({"type": "text", "data": secret}, id=secret)
    context.preview({"type": "text/python", "data": f"key = {secret!r}"})
    context.preview({"type": "json", "data": {"a": secret, secret: [secret]}})
    context.preview({"type": "table", "data": table})
    context.preview(pd.DataFrame({"a": [secret], secret: [1]}))
    context.preview({"type": "csv", "data": f"a,b\\n{secret},1\\n"})
    context.preview({"type": "markdown", "data": f"# {secret}"})
    context.preview({"type": "html", "data": f"<img alt='{secret}'> {secret}"})
    context.preview({"type": "vega-lite", "data": {"title": secret, "mark": "bar"}})
    context.preview({"type": "image", "data": secret})
    context.preview({"type": f"of {secret}", "data": {"a": secret}})
    context.output("text", secret)
    context.output("list", {"a": [secret, 1], secret: None})
    context.output("frame", pd.DataFrame({"a": [secret, "b"], secret: [1, 2]}))
    context.output("nobody declared " + secret, 1)
    return {"hidden": secret}`;

test('a secret is shown nowhere and kept only as a secret', async ({ notebook, page }) => {
  const first = await notebook.addFirstScriptlet();
  await first.replaceSource(telling);
  await declareHandles(notebook, {
    inputs: [['token', 'Secret']],
    outputs: [
      ['text', 'Anything'],
      ['list', 'Anything'],
      ['frame', 'Anything'],
      ['hidden', 'Secret'],
    ],
  });
  await notebook.configuration.getByLabel('Value of token', { exact: true }).fill(secret);
  await notebook.addCell('Scriptlet');
  const second = notebook.cell('Scriptlet 2');
  await second.replaceSource(
    'def main(params):\n    print(params["given"])\n    raise ValueError(params["given"])',
  );
  await declareHandles(notebook, { inputs: [['given', 'Anything']], outputs: [] });
  await notebook.connect('given', 'Scriptlet → hidden');
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await second.expectState('Failed');
  await first.expectState('Done');
  await expect(second.error).toContainText('ValueError: ****');

  const places = first.tabPanel.getByRole('list', { name: 'Previews' }).locator('> li');
  await expect(places).toHaveCount(11);
  const shown: string[] = [];
  for (const place of await places.all()) {
    await place.scrollIntoViewIfNeeded();
    await expect(place.getByRole('article')).toBeVisible();
    shown.push(await place.innerHTML());
  }
  await first.openOutputs();
  shown.push(await first.tabPanel.innerHTML());
  await first.tab('Result Table').click();
  await first.expectRows([
    ['****', '1'],
    ['b', '2'],
  ]);
  shown.push(await first.tabPanel.innerHTML());
  await first.tab('Logs').click();
  const downloading = page.waitForEvent('download');
  await first.tabPanel.getByRole('button', { name: 'Download' }).click();
  const log = Buffer.concat(await (await (await downloading).createReadStream()).toArray()).toString();
  shown.push(log, await first.log.innerHTML(), await second.root.innerHTML());
  expect(log).toContain('The output "list" held a secret');
  expect(shown.filter((text) => text.includes(trace))).toEqual([]);

  expect(await findInStorage(page, trace)).toEqual([
    'jobs: outcome.outputs.3.text',
    'notebooks: cells.0.inputs.0.value.text',
  ]);
  const exported = await exportWorkspace(notebook, page);
  expect(findInExport(exported, 'secret = params["token"]')).not.toEqual([]);
  expect(findInExport(exported, trace)).toEqual([]);
});
