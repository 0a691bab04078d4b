import { expect, hasPandas, test } from './fixtures.ts';
import { emptyRun } from '../scripts.ts';
import { keys } from './FirefoxTab.ts';

test('the service worker answers for the page, and Python gets ready', async ({ notebook }) => {
  await notebook.expectPython('is ready');
  expect(await notebook.tab.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
});

test('a script shows its rows, which are there after a reload', async ({ notebook }) => {
  await notebook.addScript(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1, "a"], [2, "b"]], ["x", "y"]))',
  );
  await notebook.run();
  await notebook.expectState('Done');
  const rows = [
    ['1', 'a'],
    ['2', 'b'],
  ];
  await notebook.expectRows(rows);
  await notebook.reload();
  await notebook.expectRows(rows);
});

test('pandas groups rows', async ({ notebook, skip }) => {
  skip(!hasPandas, 'the wheels of numpy and pandas were not found: this site does not serve them');
  await notebook.addScript(
    'import pandas as pd\nframe = pd.DataFrame({"kind": ["a", "b", "a"], "n": [1, 2, 3]})\nod_output.add_data("output", frame.groupby("kind", as_index=False).sum())',
  );
  await notebook.run();
  await notebook.expectState('Done');
  await notebook.expectRows([
    ['a', '4'],
    ['b', '2'],
  ]);
});

test('a scriptlet hands its output to another one, which shows it', async ({ notebook }) => {
  await notebook.addScriptlet('Scriptlet', 'def main():\n    return {"words": "From the other one"}');
  await notebook.addScriptlet(
    'Scriptlet 2',
    'def main(params, context):\n    context.preview({"type": "markdown", "data": f"# {params[\'text\']}"})',
  );
  await notebook.connect('text', 'Scriptlet → words');
  await notebook.run();
  await notebook.expectState('Done');
  await notebook.openTab('Previews');
  await notebook.expectHeading('From the other one');
  await notebook.reload();
  await notebook.openTab('Previews');
  await notebook.expectHeading('From the other one');
});

test('input() asks in the cell and goes on with what is typed', async ({ notebook }) => {
  await notebook.addScript(`name = input("Your name? ")\nprint("Hello", name)\n${emptyRun}`);
  await notebook.run();
  await notebook.tab.find({ role: 'textbox', name: 'Your name?' });
  await notebook.tab.type('Ada');
  await notebook.tab.press(keys.enter);
  await notebook.expectState('Done');
  await notebook.openTab('Logs');
  await notebook.expectLog('Your name? Ada');
  await notebook.expectLog('Hello Ada');
});

test('a script reaches neither the storage nor other workers, and makes no code of strings', async ({
  notebook,
}) => {
  await notebook.addScript(`import js
from pyodide.ffi import JsException
names = ["indexedDB", "caches", "Worker", "BroadcastChannel", "WebSocket", "EventSource", "WebTransport", "importScripts", "close"]
parts = ["locks", "storage", "serviceWorker", "permissions"]
left = [name for name in names if hasattr(js, name)] + [name for name in parts if hasattr(js.navigator, name)]
try:
    js.eval("1")
    left.append("eval")
except JsException:
    pass
print("left:", left)
${emptyRun}`);
  await notebook.run();
  await notebook.expectState('Done');
  await notebook.openTab('Logs');
  await notebook.expectLog('left: []');
});
