import { findClientWheels } from './client-wheels.ts';
import { expect, test } from './fixtures.ts';
import { emptyRun } from './scripts.ts';

test('urllib3 and requests reach the hosts that the workspace allows, and no others', async ({
  notebook,
  outside,
}) => {
  const wheels = findClientWheels();
  test.skip(typeof wheels === 'string', String(wheels));
  if (typeof wheels === 'string') return;
  const { host } = new URL(outside.url);
  await notebook.allowHost(host);
  await notebook.openPackages();
  for (const { fileName, content } of wheels) {
    await notebook.addWheel(fileName, content);
    await expect(notebook.packages).toContainText(fileName.split('-', 2).join(' '));
  }
  await notebook.closePackages();
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
