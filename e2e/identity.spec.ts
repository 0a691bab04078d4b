import { readFile } from 'node:fs/promises';
import { exportWorkspace, findInExport } from './export-workspace.ts';
import { findInStorage } from './find-in-storage.ts';
import { expect, testInUse as test } from './fixtures.ts';
import { emptyRun } from './scripts.ts';

const leaking = `import importlib
from pathlib import Path
from onelogic.odpf import ImageType
from onelogic.odpf.common import ODDataset
from pyodide.http import pyxhr
token = od_authorization.removeprefix("Bearer ")
claims, signature = token.split(".")[1:]
answer = pyxhr.get("http://onedata-server:8080/api/v1/users/me", headers={"Authorization": od_authorization})
print(answer.status_code, answer.headers["content-type"], answer.json()["username"])
print("spelled backwards", token[::-1])
print({"Authorization": od_authorization}, [claims, signature])
Path(f"{signature}.txt").write_text("by name")
Path("by content.txt").write_text(f"a {token} b")
for look in (open, importlib.import_module):
    try:
        look(claims)
    except Exception as error:
        print(type(error).__name__, error)
png = b"\\x89PNG\\r\\n\\x1a\\n"
od_output.add_image(claims, ImageType.PNG, png)
try:
    od_output.add_image("plot", ImageType.PNG, png + token.encode())
except ValueError as error:
    print(error)
od_output.add_data("user", ODDataset([[answer.json()["username"], od_authorization]], ["username", claims]))
od_output.add_data(signature, ODDataset([[token]], ["x"]))`;

test('the token of a job says as whom it runs, and stands in nothing that is kept', async ({
  notebook,
  page,
}) => {
  await page.getByRole('button', { name: 'Open an example' }).click();
  await page
    .getByRole('dialog', { name: 'Examples' })
    .getByRole('button', { name: /^Your name by token/ })
    .click();
  const example = notebook.cell('Who am I?');
  await example.run();
  await example.expectState('Done');
  await example.expectRows([['you', 'You']]);
  await example.tab('Logs').click();
  await expect(example.log).toContainText('The token: Bearer ****');
  await expect(example.log).toContainText('401 The token is malformed: it does not have three parts.');

  await notebook.addCell('Data Generator');
  const cell = notebook.cell('Data Generator');
  await cell.replaceSource(leaking);
  await cell.run();
  await cell.expectState('Done');
  await expect(cell.grid.first()).toContainText('Bearer ****');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('200 application/json you');
  const waiting = page.waitForEvent('download');
  await cell.root.getByRole('button', { name: 'Download log' }).click();
  const log = await readFile(await (await waiting).path(), 'utf8');
  const backwards = /spelled backwards (\S+)/.exec(log)?.[1] ?? '';
  const token = [...backwards].reverse().join('');
  const [head = '', claims = '', signature = ''] = token.split('.');
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'ES256', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    username: 'you',
    mode: 'manual',
  });
  await cell.replaceSource('raise ValueError(od_authorization, od_authorization.split(".")[2])');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText("('Bearer ****', '****')");
  expect(await findInStorage(page, backwards)).toEqual([expect.stringMatching(/^logs: entries\.\d+\.text$/)]);
  const exported = await exportWorkspace(notebook, page);
  expect(findInExport(exported, backwards)).toEqual([expect.stringMatching(/^results\/.*\/logs\/.*\.json$/)]);
  for (const part of [claims, signature]) {
    expect(findInExport(exported, part)).toEqual([]);
    expect(log).not.toContain(part);
    expect(await page.content()).not.toContain(part);
    expect(await findInStorage(page, part)).toEqual([]);
  }
});

test('a real server that is connected is asked in place of this one, with the token that was given', async ({
  notebook,
  outside,
  page,
}) => {
  const profiles = page.getByRole('dialog', { name: 'Profiles' });
  const openProfiles = () => notebook.workspace.getByRole('button', { name: /^Profile:/ }).click();
  await openProfiles();
  await profiles.getByRole('button', { name: 'Connect a real server…' }).click();
  const form = page.getByRole('dialog', { name: 'Connect a real server' });
  await form.getByLabel('Address').fill(`${outside.url}/base`);
  await form.getByLabel('Token (optional)').fill('the-real-token');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await profiles.getByRole('button', { name: 'Close' }).click();
  await expect(notebook.workspace).toBeVisible();
  const elsewhere = encodeURIComponent(outside.url.replace('localhost', '127.0.0.1'));
  const cell = await notebook.addScript(`from pyodide.http import pyxhr
server = "http://onedata-server:8080"
headers = {"Authorization": od_authorization}
answer = pyxhr.get(f"{server}/api/v1/users/me?x=1", headers=headers)
print(answer.status_code, answer.url, answer.json()["path"], answer.json()["headers"]["authorization"])
moved = pyxhr.get(f"{server}/?to=/base/moved", headers=headers).json()
print("moved to", moved["path"], "with", moved["headers"]["authorization"])
for wrong in (f"{server}/?to=${elsewhere}", "https://onedata-server/api/v1/users/me"):
    try:
        pyxhr.get(wrong, headers=headers)
    except Exception as error:
        print(error)
${emptyRun}`);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText(
    '200 http://onedata-server:8080/api/v1/users/me?x=1 /base/api/v1/users/me?x=1 Bearer ****',
  );
  await expect(cell.log).toContainText('moved to /base/moved with Bearer ****');
  await expect(cell.log).toContainText(`which is connected as onedata-server under “Profile”, redirects to`);
  await expect(cell.log).toContainText(
    'There is nothing at https://onedata-server: the API of the server is at http://onedata-server:8080.',
  );
  expect(outside.arrivals.find(({ method }) => method === 'GET')?.headers['authorization']).toBe(
    'Bearer the-real-token',
  );
  const beyond = outside.arrivals.filter(({ headers }) => headers['host']?.includes('127.0.0.1'));
  expect(beyond.map(({ method, headers }) => [method, headers['authorization']])).toEqual([
    ['GET', undefined],
  ]);
  expect(await findInStorage(page, 'the-real-token')).toEqual([]);
  await openProfiles();
  await profiles.getByRole('button', { name: 'Disconnect' }).click();
  await profiles.getByRole('button', { name: 'Close' }).click();
});
