import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import {
  attacksOnPress,
  dialogs,
  listAttacks,
  listPeersWithin,
  listSuccesses,
  listWaysOut,
  makeAttackingHtml,
} from './attacking-html.ts';
import { PacketCount, sendPacket } from './PacketCount.ts';

/** Has a scriptlet preview these documents and brings each of them into view; gives its cell and their places. */
async function preview(notebook: NotebookPage, ...documents: readonly string[]) {
  const cell = await notebook.addFirstScriptlet();
  const shown = documents.map((html) => `context.preview({"type": "html", "data": ${JSON.stringify(html)}})`);
  await cell.replaceSource(`def main(params, context):\n    ${shown.join('\n    ')}`);
  await cell.run();
  await cell.expectState('Done');
  return { cell, show: (index: number) => showPreview(cell, index) };
}

async function showPreview(cell: CellPart, index: number) {
  const place = cell.tabPanel.getByRole('list', { name: 'Previews' }).locator('> li').nth(index);
  await place.scrollIntoViewIfNeeded();
  await expect(place.locator('iframe')).toBeVisible();
  return place;
}

/** Collects the heights that frames tell from now on. */
async function collectHeights(page: Page): Promise<() => Promise<number[]>> {
  const heights = await page.evaluateHandle(() => {
    const told: number[] = [];
    addEventListener('message', ({ origin, data }: MessageEvent<{ type?: string; height?: number }>) => {
      if (origin === location.origin && data.type === 'frame-sized') told.push(data.height ?? 0);
    });
    return told;
  });
  return () => heights.jsonValue();
}

test('HTML that is previewed runs, and reaches neither the page, nor its storage, nor any host', async ({
  notebook,
  page,
  context,
  outside,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const before = [page.url(), await page.title()];
  const attacks = listAttacks(outside.url);
  const readHeights = await collectHeights(page);
  const { show } = await preview(
    notebook,
    makeAttackingHtml(attacks, 'now'),
    makeAttackingHtml(attacksOnPress, 'press'),
  );
  const first = await show(0);
  await expect.poll(async () => listSuccesses(await readHeights(), attacks), { timeout: 40_000 }).toEqual([]);
  expect([page.url(), await page.title()]).toEqual(before);
  expect([outside.arrivals, outside.connectionCount]).toEqual([[], 0]);
  await expect(first.getByRole('status')).toContainText(
    `Nothing was loaded from ${new URL(outside.url).host}`,
  );
  // The count is one that counts.
  await page.request.get(outside.url);
  expect(outside.connectionCount).toBe(1);

  const readPressed = await collectHeights(page);
  const second = await show(1);
  const apart = second.frameLocator('iframe').frameLocator('iframe');
  await apart.getByRole('button', { name: 'Attack' }).click();
  await expect
    .poll(async () => listSuccesses(await readPressed(), attacksOnPress), { timeout: 20_000 })
    .toEqual([]);
});

test('HTML that is previewed opens no dialogs and finds no way out', async ({ notebook, page, outside }) => {
  const opened: string[] = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.type());
    void dialog.dismiss();
  });
  const packets = await PacketCount.start();
  const address = page.url();
  await page.evaluate(() => {
    alert('one that is heard');
  });

  const documents = [dialogs, ...listWaysOut(outside.url), ...listPeersWithin(packets.port)];
  const { show } = await preview(notebook, ...documents);
  for (const index of documents.keys()) await show(index);
  await page.waitForTimeout(1_000);
  // Chromium connects to the host of a frame before it finds that it may not ask it: only requests count here.
  const paths = outside.arrivals.map(({ path }) => path);
  expect([paths, packets.count, page.url()]).toEqual([[], 0, address]);
  expect(opened).toEqual(['alert']);
  expect(page.context().pages().length).toBe(1);

  // The count is one that counts.
  await page.evaluate(sendPacket, String(packets.port));
  await expect.poll(() => packets.count).toBeGreaterThan(0);
  packets.close();
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
