// Longer than most files: its stories share one script, which tries every way to ask a host.
import { expect, test, testInUse } from './fixtures.ts';
import type { CellPart } from './pages/CellPart.ts';
import type { NotebookPage } from './pages/NotebookPage.ts';

/** Tries ways to ask another host; the output has a row for each, with what came of it. */
function reportScript(url: string, attempts: string): string {
  return `import json, js
from onelogic.odpf.common import ODDataset
from pyodide.http import open_url, pyfetch, pyxhr
from pyodide.ffi import create_proxy, run_sync, to_js
url = ${JSON.stringify(url)}
rows = []
def attempt(name, work):
    try:
        rows.append([name, str(work())])
    except BaseException as error:
        rows.append([name, f"{type(error).__name__}: {error}"])
def fetched(url, **options):
    return run_sync(js.fetch(url, to_js(options, dict_converter=js.Object.fromEntries)))
def told(text):
    arrival = json.loads(text)
    return [arrival["method"], arrival["path"], arrival["headers"].get("x-key"), arrival["body"]]
def requested(method, url, kind=""):
    request = js.XMLHttpRequest.new()
    request.responseType = kind
    request.open(method, url, False)
    request.send()
    return request
def requested_later(url):
    request = js.XMLHttpRequest.new()
    events = []
    note = create_proxy(lambda event: events.append(f"{event.type} {request.readyState}"))
    for name in ["readystatechange", "progress", "error", "load", "loadend"]:
        request.addEventListener(name, note)
    request.open("GET", url)
    done = js.Promise.withResolvers()
    request.addEventListener("loadend", done.resolve)
    request.send()
    run_sync(done.promise)
    return [sorted(set(events), key=events.index), request.status, request.responseURL, request.getAllResponseHeaders().count("x-")]
${attempts}
od_output.add_data("answers", ODDataset(rows, ["how", "answer"]))`;
}

const fetchOnce = `
import js
from pyodide.ffi import run_sync
def ask(url):
    try:
        return run_sync(js.fetch(url)).status
    except Exception as error:
        return getattr(error, "message", error)`;

async function addScript(notebook: NotebookPage, script: string): Promise<CellPart> {
  const cell = await notebook.addScript(script);
  await notebook.configuration.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  return cell;
}

async function setMode(notebook: NotebookPage, mode: string): Promise<void> {
  const dialog = await notebook.openNetwork();
  await dialog.getByRole('radio', { name: mode }).check();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

testInUse('everything that fetches reaches a host that is allowed', async ({ notebook, outside, page }) => {
  await notebook.allowHost(new URL(outside.url).host);
  const attempts = `
attempt("open_url", lambda: told(open_url(url).read()))
attempt("pyfetch", lambda: told(run_sync(run_sync(pyfetch(url, method="PUT", headers={"X-Key": "k"}, body="sent")).string())))
attempt("pyxhr", lambda: told(pyxhr.post(url, headers={"X-Key": "k"}, data="sent").text))
attempt("fetch", lambda: told(run_sync(fetched(url, method="DELETE", headers={"X-Key": "k"}).text())))
attempt("request", lambda: told(run_sync(run_sync(js.fetch(js.Request.new(url))).text())))
attempt("bytes", lambda: told(requested("GET", url, "arraybuffer").response.to_py().tobytes()))
attempt("later", lambda: requested_later(url))
attempt("missing", lambda: [(answer := fetched("${outside.url}/missing")).status, answer.ok, answer.url, answer.headers.get("x-own")])
attempt("own names", lambda: [fetched(url).headers.get("x-cahier-url"), requested("GET", url).getResponseHeader("x-cahier-url")])
attempt("redirect", lambda: [(answer := fetched("${outside.url}/?to=/moved")).redirected, answer.url])
attempt("redirect unwanted", lambda: fetched("${outside.url}/?to=/moved", redirect="error"))
attempt("empty", lambda: [(answer := fetched("${outside.url}/empty")).status, answer.url])
attempt("data", lambda: run_sync(fetched("data:text/plain,hello").text()))
attempt("blob", lambda: requested("GET", js.URL.createObjectURL(js.Blob.new(to_js(["hello"])))).responseText)
`;
  const cell = await notebook.addScript(reportScript(`${outside.url}/table?a=1&b=%20x`, attempts));
  await cell.run();
  await cell.expectState('Done');
  const path = '/table?a=1&b=%20x';
  await cell.expectRows([
    ['open_url', `['GET', '${path}', None, '']`],
    ['pyfetch', `['PUT', '${path}', 'k', 'sent']`],
    ['pyxhr', `['POST', '${path}', 'k', 'sent']`],
    ['fetch', `['DELETE', '${path}', 'k', '']`],
    ['request', `['GET', '${path}', None, '']`],
    ['bytes', `['GET', '${path}', None, '']`],
    [
      'later',
      `[['readystatechange 1', 'readystatechange 2', 'readystatechange 3', 'progress 3', 'readystatechange 4', 'load 4', 'loadend 4'], 200, '${outside.url}${path}', 1]`,
    ],
    ['missing', `[404, False, '${outside.url}/missing', 'of the host']`],
    ['own names', '[jsnull, jsnull]'],
    ['redirect', `[True, '${outside.url}/moved']`],
    [
      'redirect unwanted',
      `JsException: TypeError: ${new URL(outside.url).host} could not be reached, or does not let pages of other sites read its answers (CORS). The browser does not say which.`,
    ],
    ['empty', `[204, '${outside.url}/empty']`],
    ['data', 'hello'],
    ['blob', 'hello'],
  ]);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a host that is not allowed is an error that says why, and a warning in the log', async ({
  notebook,
  outside,
}) => {
  await setMode(notebook, 'listed hosts');
  const attempts = `
attempt("open_url", lambda: open_url(url).read())
attempt("pyfetch", lambda: run_sync(pyfetch(url)))
attempt("pyxhr", lambda: pyxhr.get(url))
attempt("fetch", lambda: fetched(url))
for kind in ["text", "blob", "arraybuffer", "json"]:
    attempt(f"request {kind}", lambda: requested("GET", url, kind))
attempt("later", lambda: requested_later(url))
`;
  const cell = await notebook.addScript(reportScript(`${outside.url}/table`, attempts));
  await cell.run();
  await cell.expectState('Done');
  const { host } = new URL(outside.url);
  const reason = `${host} is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane.`;
  await cell.expectRows([
    ['open_url', `JsException: NetworkError: ${reason}`],
    ['pyfetch', `AbortError: ${reason}`],
    // It keeps the error and not its words: those are in the log.
    ['pyxhr', `XHRNetworkError: Network error for GET ${outside.url}/table`],
    ['fetch', `JsException: TypeError: ${reason}`],
    ['request text', `JsException: NetworkError: ${reason}`],
    ['request blob', `JsException: NetworkError: ${reason}`],
    ['request arraybuffer', `JsException: NetworkError: ${reason}`],
    ['request json', `JsException: NetworkError: ${reason}`],
    ['later', `[['readystatechange 1', 'readystatechange 4', 'error 4', 'loadend 4'], 0, '', 0]`],
  ]);
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText(reason);
  expect((await cell.log.innerText()).split(`warn\n${reason}`).length - 1).toBe(1);
  expect(outside.arrivals).toEqual([]);
});

test('a host is asked about by name, once a run, and remembered as the reader answers', async ({
  notebook,
  outside,
  page,
}) => {
  const { host } = new URL(outside.url);
  const cell = await addScript(
    notebook,
    `${fetchOnce}\nprint(ask("${outside.url}/one?a=1"))\nprint(ask("${outside.url}/two"))`,
  );
  const dialog = page.getByRole('dialog', { name: 'Allow another host?' });
  await cell.run();
  await expect(dialog).toContainText('The cell “Data Generator” of “My first notebook” asks for');
  await expect(dialog).toContainText(host);
  await expect(dialog).toContainText(`GET ${outside.url}/one?a=1`);
  await dialog.getByRole('button', { name: 'Refuse' }).click();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  const refusal = `${host} was refused when you were asked. Run the cell again to be asked again, or allow the host under “Network” in the workspace pane.`;
  await expect(cell.log).toContainText(refusal);
  expect([outside.requests, await dialog.count()]).toEqual([[], 0]);

  await cell.run();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await cell.expectState('Done');
  expect(outside.requests).toEqual([]);

  await cell.run();
  await dialog.getByRole('button', { name: 'Allow once' }).click();
  await cell.expectState('Done');
  expect(outside.requests).toEqual(['GET /one?a=1', 'GET /two']);

  await cell.run();
  await dialog.getByRole('button', { name: 'Always allow' }).click();
  await cell.expectState('Done');
  await expect.poll(() => outside.requests.length).toBe(4);
  await page.reload();
  await cell.run();
  await cell.expectState('Done');
  await expect.poll(() => outside.requests.length).toBe(6);
  await expect(dialog).toHaveCount(0);
  const network = await notebook.openNetwork();
  await expect(network.getByRole('list', { name: 'Allowed hosts' })).toHaveText(host);
});

testInUse(
  'questions for several hosts come one after the other, each host once',
  async ({ notebook, outside, page }) => {
    const { port } = new URL(outside.url);
    const cell = await addScript(
      notebook,
      `${fetchOnce}
import asyncio
async def ask_soon(url):
    try:
        return (await js.fetch(url)).status
    except Exception:
        return "refused"
async def ask_all(*urls):
    return await asyncio.gather(*[ask_soon(url) for url in urls])
print(run_sync(ask_all("http://localhost:${port}/a", "http://127.0.0.1:${port}/b", "http://localhost:${port}/c")))`,
    );
    const dialog = page.getByRole('dialog', { name: 'Allow another host?' });
    await cell.run();
    await expect(dialog).toContainText('One more host is asked about next.');
    await expect(dialog).toContainText(`localhost:${port}`);
    await dialog.getByRole('button', { name: 'Allow once' }).click();
    await expect(dialog).toContainText(`127.0.0.1:${port}`);
    await dialog.getByRole('button', { name: 'Refuse' }).click();
    await cell.expectState('Done');
    await cell.tab('Logs').click();
    await expect(cell.log).toContainText("[200, 'refused', 200]");
    expect(outside.requests.sort()).toEqual(['GET /a', 'GET /c']);
  },
);

test('a question names the cell that asks, also while one of another notebook runs', async ({
  notebook,
  outside,
  page,
}) => {
  const other = await notebook.addScript('import time\nprint("asleep")\ntime.sleep(60)');
  await other.run();
  await expect(other.log).toContainText('asleep');
  await notebook.workspace.getByRole('button', { name: 'New notebook' }).click();
  const cell = await addScript(notebook, `${fetchOnce}\nprint(ask("${outside.url}/"))`);
  await cell.run();
  const dialog = page.getByRole('dialog', { name: 'Allow another host?' });
  await expect(dialog).toContainText('The cell “Data Generator” of “Notebook” asks for');
  await dialog.getByRole('button', { name: 'Refuse' }).click();
  await cell.expectState('Done');
});

testInUse('a question goes with the run that asked it', async ({ notebook, outside, page }) => {
  const cell = await notebook.addScript(`${fetchOnce}\nask("${outside.url}/")`);
  await notebook.configuration.getByRole('spinbutton', { name: 'Timeout for Script Execution' }).fill('3');
  const dialog = page.getByRole('dialog', { name: 'Allow another host?' });
  await cell.run();
  await expect(dialog).toBeVisible();
  await expect(cell.error).toContainText('timed out after 3 s');
  await expect(dialog).toHaveCount(0);
  expect(outside.arrivals).toEqual([]);
});

test('an unfit host is refused where it is typed, with what to write', async ({ notebook, page }) => {
  const dialog = await notebook.openNetwork();
  const field = dialog.getByRole('textbox', { name: 'Host to allow' });
  await field.fill('*');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(
    'A * stands at the beginning only, before a dot: *.example.org allows every host below it.',
  );
  await field.fill('https://BÜCHER.example/table.csv');
  await field.press('Enter');
  await expect(dialog.getByRole('list', { name: 'Allowed hosts' })).toHaveText('xn--bcher-kva.example');
  await expect(field).toBeFocused();
  await dialog.getByRole('button', { name: 'Remove xn--bcher-kva.example' }).click();
  await expect(dialog).toContainText('None yet.');
  await expect(field).toBeFocused();
  await dialog.getByRole('radio', { name: 'none' }).check();
  await page.keyboard.press('Escape');
  await expect(notebook.workspace.getByRole('button', { name: 'Network: none' })).toBeVisible();
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('nothing outside is asked for, and the script is told why', async ({ notebook, outside, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const attempts = `
attempt("open_url", lambda: open_url(url).read())
attempt("fetch", lambda: fetched(url))
attempt("later", lambda: requested_later(url))
`;
    const cell = await notebook.addScript(reportScript(`${outside.url}/secret`, attempts));
    await cell.run();
    await cell.expectState('Done');
    const reason =
      'This browser tab has no service worker, so nothing outside this site can be reached. Reload the page; in a private window, where browsers often have none, open it in an ordinary one.';
    await cell.expectRows([
      ['open_url', `JsException: NetworkError: ${reason}`],
      ['fetch', `JsException: TypeError: ${reason}`],
      ['later', `[['readystatechange 1', 'readystatechange 4', 'error 4', 'loadend 4'], 0, '', 0]`],
    ]);
    await cell.tab('Logs').click();
    await expect(cell.log).toContainText(reason);
    expect([outside.arrivals, asked.filter((url) => url.includes('secret'))]).toEqual([[], []]);
  });
});
