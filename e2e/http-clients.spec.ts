import { buildWheel } from '../src/model/testing/build-wheel.ts';
import { findClientWheels, type ClientWheel } from './client-wheels.ts';
import { expect, testInUse as test } from './fixtures.ts';
import type { NotebookPage } from './pages/NotebookPage.ts';
import { emptyRun } from './scripts.ts';
import { writeStatement } from './statements/write-statement.ts';

async function addWheels(notebook: NotebookPage, wheels: readonly ClientWheel[]): Promise<void> {
  await notebook.openPackages();
  for (const { fileName, content } of wheels) {
    await notebook.addWheel(fileName, content);
    await expect(notebook.packages).toContainText(fileName.split('-', 2).join(' '));
  }
  await notebook.closePackages();
}

/** Stands in for openai, whose own wheel needs compiled code: it asks by httpx, and awaits or not, as that does. */
const openai = buildWheel(
  'openai',
  '1.0',
  `import httpx
class _Chat:
    def __init__(self, client):
        self.completions = self
        self.create = client.ask
class OpenAI:
    def __init__(self, base_url, api_key):
        self._client = httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {api_key}"}, timeout=600)
        self.chat = _Chat(self)
    def ask(self, **body):
        return self._client.post("/chat/completions", json=body)
class AsyncOpenAI(OpenAI):
    def __init__(self, base_url, api_key):
        self._client = httpx.AsyncClient(base_url=base_url, headers={"Authorization": f"Bearer {api_key}"}, timeout=600)
        self.chat = _Chat(self)
`,
);

test('urllib3 and requests reach the hosts that the workspace allows, and no others', async ({
  notebook,
  outside,
}) => {
  const wheels = findClientWheels();
  test.skip(typeof wheels === 'string', String(wheels));
  if (typeof wheels === 'string') return;
  const { host } = new URL(outside.url);
  await notebook.allowHost(host);
  await addWheels(notebook, wheels);
  const cell = await notebook.addScript(`import requests, urllib3
url = "${outside.url}/hello"
print("urllib3", urllib3.request("GET", url).status)
print("requests", requests.get(url).status_code)
for get in (lambda: urllib3.request("GET", "https://elsewhere.example/", retries=False), lambda: requests.get("https://elsewhere.example/")):
    try:
        get()
    except Exception as error:
        print("refused", "elsewhere.example" in str(error))
${emptyRun}`);
  await cell.run();
  await notebook.page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('urllib3 200');
  await expect(cell.log).toContainText('requests 200');
  await expect(cell.log.getByText('refused True')).toHaveCount(2);
  expect(outside.requests).toEqual(['GET /hello', 'GET /hello']);
});

test('httpx, and openai over it, reach the same hosts from a Statement, whether it awaits them or not', async ({
  notebook,
  outside,
}) => {
  const wheels = findClientWheels();
  test.skip(typeof wheels === 'string', String(wheels));
  if (typeof wheels === 'string') return;
  await notebook.allowHost(new URL(outside.url).host);
  await notebook.addFirstCell();
  await addWheels(notebook, [...wheels, { fileName: 'openai-1.0-py3-none-any.whl', content: openai }]);
  const cell = await writeStatement(
    notebook,
    'Statement',
    `import httpx
import openai
rows = []
def add(who, answer):
    said = answer.json()
    rows.append({"who": who, "got": f"{answer.status_code} {said['method']} {said['body']}"})
add("httpx", httpx.get("${outside.url}/hello"))
async with httpx.AsyncClient() as client:
    add("async httpx", await client.get("${outside.url}/hello"))
    async with client.stream("GET", "${outside.url}/hello") as answer:
        await answer.aread()
        add("stream", answer)
add("openai", openai.OpenAI("${outside.url}", "key").chat.completions.create(model="m"))
add("async openai", await openai.AsyncOpenAI("${outside.url}", "key").chat.completions.create(model="m"))
for name, ask in (("httpx", httpx.Client().get), ("async httpx", httpx.AsyncClient().get)):
    try:
        answer = ask("https://elsewhere.example/")
        if name == "async httpx":
            await answer
    except httpx.ConnectError as error:
        rows.append({"who": name, "got": str(error)})
for name, ask in (("httpx", httpx.Client(timeout=1).get), ("async httpx", httpx.AsyncClient(timeout=1).get)):
    try:
        answer = ask("${outside.url}/silence?" + name.replace(" ", "-"))
        if name == "async httpx":
            await answer
    except httpx.ReadTimeout as error:
        rows.append({"who": name, "got": str(error)})
return rows`,
    [
      ['who', 'string'],
      ['got', 'string'],
    ],
  );
  await cell.run();
  await notebook.page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
  await cell.expectState('Done');
  const tooSlow = 'The answer did not come in time. Give the client a longer timeout.';
  const refused =
    'elsewhere.example was refused when you were asked. Run the cell again to be asked again, or allow the host under “Network” in the workspace pane.';
  await cell.expectRows([
    ['httpx', '200 GET '],
    ['async httpx', '200 GET '],
    ['stream', '200 GET '],
    ['openai', '200 POST {"model":"m"}'],
    ['async openai', '200 POST {"model":"m"}'],
    ['httpx', refused],
    ['async httpx', refused],
    ['httpx', tooSlow],
    ['async httpx', tooSlow],
  ]);
  expect(outside.requests).toEqual([
    ...Array<string>(3).fill('GET /hello'),
    ...Array<string>(2).fill('POST /chat/completions'),
    'GET /silence?httpx',
    'GET /silence?async-httpx',
  ]);
});

test('the server answers every client as whom a Data Generator runs, though no host may be reached', async ({
  notebook,
  page,
}) => {
  const wheels = findClientWheels();
  test.skip(typeof wheels === 'string', String(wheels));
  if (typeof wheels === 'string') return;
  const network = await notebook.openNetwork();
  await network.getByRole('radio', { name: 'none' }).check();
  await network.getByRole('button', { name: 'Close' }).click();
  await addWheels(notebook, wheels);
  const cell = await notebook.addScript(`import asyncio
import httpx
import js
import pandas as pd
import requests
import urllib3
from pyodide.ffi import to_js
from pyodide.http import pyfetch, pyxhr

headers = {'Authorization': od_authorization}
url = "http://onedata-server:8080/api/v1/users/me"
r = requests.get(url, headers=headers)
rows = [("requests", r.json()["username"], r.headers["content-type"])]
r = urllib3.request("GET", url, headers=headers)
rows.append(("urllib3", r.json()["username"], r.headers["content-type"]))
r = httpx.get(url, headers=headers)
rows.append(("httpx", r.json()["username"], r.headers["content-type"]))
r = pyxhr.get(url, headers=headers)
rows.append(("pyxhr", r.json()["username"], r.headers["content-type"]))
r = js.XMLHttpRequest.new()
r.open("GET", url, False)
r.setRequestHeader("Authorization", od_authorization)
r.send()
rows.append(("XMLHttpRequest", js.JSON.parse(r.responseText).username, r.getResponseHeader("content-type")))

async def wait():
    async with httpx.AsyncClient() as client:
        r = await client.get(url, headers=headers)
        yield "async httpx", r.json()["username"], r.headers["content-type"]
    r = await pyfetch(url, headers=headers)
    yield "pyfetch", (await r.json())["username"], r.headers["content-type"]
    r = await js.fetch(url, to_js({"headers": headers}, dict_converter=js.Object.fromEntries))
    yield "fetch", (await r.json()).username, r.headers.get("content-type")

async def collect():
    rows.extend([row async for row in wait()])

asyncio.run(collect())
r = requests.get(url)
rows.append(("nobody", f"{r.status_code} {r.json()['message']}", r.headers["www-authenticate"]))
df = pd.DataFrame(rows, columns=["client", "username", "type"])
od_output.add_data("output", df)`);
  await cell.run();
  await cell.expectState('Done');
  const clients = [
    'requests',
    'urllib3',
    'httpx',
    'pyxhr',
    'XMLHttpRequest',
    'async httpx',
    'pyfetch',
    'fetch',
  ];
  await cell.expectRows([
    ...clients.map((client) => [client, 'you', 'application/json']),
    [
      'nobody',
      '401 The header Authorization has no token. Send it with the value of od_authorization.',
      'Bearer',
    ],
  ]);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const restored = await notebook.openNetwork();
  await restored.getByRole('radio', { name: 'ask' }).check();
  await restored.getByRole('button', { name: 'Close' }).click();
});
