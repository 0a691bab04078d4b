import {
  listAttacks,
  listSuccesses,
  listWaysOut,
  makeAttackingHtml,
  showApart,
} from '../frames/attacking-html.ts';
import { OutsideHost } from '../OutsideHost.ts';
import { expect, test } from './fixtures.ts';

test('HTML in a frame apart runs, and reaches neither the page, nor its storage, nor any host', async ({
  notebook: { tab },
}) => {
  const outside = await OutsideHost.start();
  try {
    const readPage = () => [document.title, location.href];
    const before = await tab.evaluate(readPage);
    const attacks = listAttacks(outside.url);
    const heights = await tab.evaluate(showApart, makeAttackingHtml(attacks, 'now'), '40000');
    expect(listSuccesses(heights, attacks)).toEqual([]);
    for (const html of listWaysOut(outside.url)) await tab.evaluate(showApart, html, '700');
    expect(await tab.evaluate(readPage)).toEqual(before);
    expect(outside.arrivals).toEqual([]);
  } finally {
    await outside.close();
  }
});
