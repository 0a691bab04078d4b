import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import {
  attacksOnPress,
  dialogs,
  listAttacks,
  listSuccesses,
  listWaysOut,
  makeAttackingHtml,
  showApart,
} from './attacking-html.ts';

async function showIn(page: Page, html: string, milliseconds: number): Promise<number[]> {
  return await page.evaluate<number[]>(
    `(${showApart.toString()})(${JSON.stringify(html)}, "${milliseconds}")`,
  );
}

test('HTML in a frame apart runs, and reaches neither the page, nor its storage, nor any host', async ({
  notebook,
  page,
  outside,
}) => {
  const before = [page.url(), await page.title()];
  await expect(notebook.toolbar).toBeVisible();
  const attacks = listAttacks(outside.url);
  const heights = await showIn(page, makeAttackingHtml(attacks, 'now'), 40_000);
  expect(listSuccesses(heights, attacks)).toEqual([]);
  expect([page.url(), await page.title()]).toEqual(before);
  expect([outside.arrivals, outside.connectionCount]).toEqual([[], 0]);
  // The count is one that counts.
  await page.request.get(outside.url);
  expect(outside.connectionCount).toBe(1);
});

test('HTML in a frame apart takes neither screen, pointer nor clipboard when it is pressed', async ({
  notebook,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(notebook.toolbar).toBeVisible();
  const showing = showIn(page, makeAttackingHtml(attacksOnPress, 'press'), 20_000);
  const apart = page.frameLocator('iframe[src$="frames/apart.html"]').frameLocator('iframe');
  await apart.getByRole('button', { name: 'Attack' }).click();
  expect(listSuccesses(await showing, attacksOnPress)).toEqual([]);
});

test('HTML in a frame apart opens no dialogs', async ({ notebook, page }) => {
  const opened: string[] = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.type());
    void dialog.dismiss();
  });
  await expect(notebook.toolbar).toBeVisible();
  await page.evaluate(() => {
    alert('one that is heard');
  });
  await showIn(page, dialogs, 1_000);
  expect(opened).toEqual(['alert']);
});

test('HTML in a frame apart finds no way out', async ({ notebook, page, outside }) => {
  const address = page.url();
  await expect(notebook.toolbar).toBeVisible();
  for (const html of listWaysOut(outside.url)) {
    await showIn(page, html, 700);
    // Chromium connects to the host of a frame before it finds that it may not ask it: only requests count here.
    expect([html, outside.arrivals.map(({ path }) => path), page.url()]).toEqual([html, [], address]);
  }
  expect(page.context().pages().length).toBe(1);
});

test('a site is held by the file that may, and by no page', async ({ notebook, page, outside }) => {
  await expect(notebook.toolbar).toBeVisible();
  await page.evaluate(async (url) => {
    const direct = document.createElement('iframe');
    direct.src = `${url}/direct`;
    const frame = document.createElement('iframe');
    frame.src = new URL('frames/site.html', document.baseURI).href;
    document.body.append(direct, frame);
    await new Promise((done) => addEventListener('message', done, { once: true }));
    frame.contentWindow?.postMessage({ url: `${url}/site`, title: 'Site' }, location.origin);
  }, outside.url);
  await expect.poll(() => outside.requests).toEqual(['GET /site']);
  const arrival = outside.arrivals[0];
  expect([arrival?.headers['referer'], arrival?.headers['cookie']]).toEqual([undefined, undefined]);
});
