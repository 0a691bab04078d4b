import { makeFrameDocument } from '../../src/outputs/preview/frame/frame-document.ts';
import { listAttacks, listSuccesses, listWaysOut, makeAttackingHtml } from '../frames/attacking-html.ts';
import { OutsideHost } from '../OutsideHost.ts';
import { expect, test } from './fixtures.ts';

/**
 * Runs in the page, and sees nothing else: puts HTML into a frame apart and collects the heights that it tells, until one is
 * beyond 100,000 or the time in milliseconds is over.
 */
async function showApart(html: string, milliseconds: string): Promise<number[]> {
  const frame = document.createElement('iframe');
  const heights: number[] = [];
  frame.src = new URL('frames/apart.html', document.baseURI).href;
  await new Promise<void>((done) => {
    addEventListener('message', ({ source, origin, data }) => {
      if (source === null || source !== frame.contentWindow || origin !== location.origin) return;
      if (data.type === 'frame-ready')
        source.postMessage({ type: 'show', html, title: 'Attack' }, { targetOrigin: origin });
      if (data.type === 'frame-sized') heights.push(data.height);
      if (data.type === 'frame-sized' && data.height >= 100_000) done();
    });
    document.body.append(frame);
    setTimeout(done, Number(milliseconds));
  });
  frame.remove();
  return heights;
}

test('HTML in a frame apart runs, and reaches neither the page, nor its storage, nor any host', async ({
  notebook: { tab },
}) => {
  const outside = await OutsideHost.start();
  try {
    const readPage = () => [document.title, location.href];
    const before = await tab.evaluate(readPage);
    const attacks = listAttacks(outside.url);
    const heights = await tab.evaluate(
      showApart,
      makeFrameDocument(makeAttackingHtml(attacks, 'now')),
      '40000',
    );
    expect(listSuccesses(heights, attacks)).toEqual([]);
    for (const html of listWaysOut(outside.url)) {
      await tab.evaluate(showApart, makeFrameDocument(html), '700');
    }
    expect(await tab.evaluate(readPage)).toEqual(before);
    expect(outside.arrivals).toEqual([]);
  } finally {
    await outside.close();
  }
});
