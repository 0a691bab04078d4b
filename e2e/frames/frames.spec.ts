import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { listSuccesses, listWaysOut, makeAttackingHtml, showApart } from './attacking-html.ts';

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
  const heights = await showIn(page, makeAttackingHtml(outside.url), 40_000);
  expect(listSuccesses(heights, outside.url)).toEqual([]);
  expect([page.url(), await page.title()]).toEqual(before);
  expect(outside.arrivals).toEqual([]);
});

test('HTML in a frame apart finds no way out', async ({ notebook, page, outside }) => {
  const address = page.url();
  await expect(notebook.toolbar).toBeVisible();
  for (const html of listWaysOut(outside.url)) {
    await showIn(page, html, 700);
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
