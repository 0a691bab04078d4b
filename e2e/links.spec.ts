import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer } from '../scripts/serve.mjs';
import { expect, test, testInUse } from './fixtures.ts';
import { CellPart } from './pages/CellPart.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

const script = `import pandas as pd
od_output.add_data("output", pd.DataFrame({"x": range(30)}))
print("made")`;

/** A notebook of a note and a Data Generator, as links of version 1 have it. */
const lessonHash =
  '#notebook=1.TZBBS8RADIX_SokXlQrqYYVeVbyIF_cmHoY2uw7OJDWTEUrpfzeRlt1b8ia8972ZoceUCnQfM8QBOriDFr4j-UisaFvhKj3aftHsZWqimqZRk0tvfrK05sJ0iMcqQSMTdDMckdA2fM6jTk9BQ0GFTqViCzlQDWk_jejBnybwgA4xQ-Jg0a759CJcx_WmhF9L3KbTy-I0GbnqOxrFYOLu1sT_NvenNoMx3KxULOe9Romkl7vmunm4Ouv2yJUUFgs0W8Lem60sh5g2dMGfGgUzkpoC7tt_YQ7r82b2iqXYxyx_';

testInUse(
  'a saved page shows a notebook from a disk and asks nobody for anything',
  async ({ notebook, page, context }) => {
    const cell = await notebook.addScript(script);
    await cell.run();
    await cell.expectState('Done');
    await notebook.toolbar.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: /^Share/ });
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save as page' }).click();
    const download = await waiting;
    await dialog.getByRole('button', { name: 'Close' }).click();
    const path = join(await mkdtemp(join(tmpdir(), 'cahier-page-')), 'page.html');
    await download.saveAs(path);

    const reading = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    reading.on('request', (request) => asked.push(request.url()));
    reading.on('console', (message) => complaints.push(message.text()));
    const file = pathToFileURL(path).href;
    await reading.goto(file);
    await expect(reading.getByRole('heading', { level: 2, name: 'Data Generator' })).toBeVisible();
    await expect(reading.getByRole('table')).toContainText('output: the first 20 of 30 rows, 1 column');
    await expect(reading.getByText('Log (1 line)')).toBeVisible();
    expect([asked, complaints]).toEqual([[file], []]);

    const opening = context.waitForEvent('page');
    await reading.getByRole('link', { name: 'Open in Cahier' }).click();
    const opened = await opening;
    const offered = opened.getByRole('dialog', { name: 'A notebook from a link' });
    await expect(offered.getByRole('list', { name: 'Cells' })).toContainText('Data Generator');
    await offered.getByRole('button', { name: 'Cancel' }).click();
    await opened.close();
    await reading.close();
  },
);

test('a page of another site shows one notebook, and never the workspace', async ({ page, site }) => {
  const address = new URL(site.url);
  // Another site to the browser: what is stored for the app elsewhere is out of reach.
  const courseHost = address.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const folder = await mkdtemp(join(tmpdir(), 'cahier-course-'));
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><title>Course</title>
<iframe title="Lesson" src="${address.href}?embed${lessonHash}" style="width: 700px; height: 50px"></iframe>
<iframe title="Whole" src="${address.href}"></iframe>
<script>
  addEventListener('message', ({ data, source, origin }) => {
    const frame = document.querySelector('iframe');
    if (source !== frame.contentWindow || data.type !== 'cahier-height') return;
    frame.style.height = data.height + 'px';
    document.body.dataset.heights = (document.body.dataset.heights ?? '') + ' ' + data.height;
  });
</script>`,
  );
  const course = await startServer({ directory: folder, port: 0 });
  try {
    await page.goto(course.url.replace(address.hostname, courseHost));
    const lesson = page.frameLocator('iframe[title=Lesson]');
    await expect(lesson.getByRole('heading', { name: 'Try it' })).toBeVisible();
    await expect(lesson.getByRole('navigation')).toHaveCount(0);
    await expect
      .poll(async () => (await page.locator('iframe').first().boundingBox())?.height ?? 0)
      .toBeGreaterThan(100);
    const readHost = () => page.evaluate(() => [scrollY, document.body.dataset['heights']]);
    let before: unknown[] = [];
    const isSettled = async () => {
      const earlier = before;
      before = await readHost();
      return String(earlier) === String(before);
    };
    await expect.poll(isSettled, { intervals: [500] }).toBe(true);
    await lesson.getByRole('button', { name: /^Trust/ }).click();
    const trust = lesson.getByRole('dialog').getByRole('button', { name: 'Trust the link' });
    await expect(trust).toBeInViewport();
    expect(await readHost()).toEqual(before);
    await trust.click();
    const count = new CellPart(page, lesson.getByRole('region', { name: 'Count' }));
    await count.run();
    await count.expectState('Done');
    await count.tab('Logs').click();
    await expect(count.log).toContainText('42');

    const whole = page.frameLocator('iframe[title=Whole]');
    await expect(whole.getByText('Your workspace is not shown there')).toBeVisible();

    const opening = page.context().waitForEvent('page');
    await whole.getByRole('link', { name: 'Open Cahier in a tab' }).click();
    const notebook = new NotebookPage(await opening, site.url);
    await expect(notebook.workspace.getByRole('listitem')).toHaveCount(1);
  } finally {
    await course.close();
    await rm(folder, { recursive: true });
  }
});
