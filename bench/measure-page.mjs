// @ts-check
import { describeSamples } from './statistics.mjs';
import { forgetFiles } from './visits.mjs';

/** What belongs to Python or the editor and comes after the page can be used. */
const later = /\/(pyodide|python)\/|monaco|editor\.worker|codicon|kernel|entry-/;

/**
 * How long until a page can be used, with Python and the editor still to come, and what it takes over the wire.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measurePage({ context, serveApp, rounds }) {
  const url = await serveApp();
  /** @type {number[]} */
  const times = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    await forgetFiles(context, url);
    const page = await context.newPage();
    bytes = await countBytes(page, async () => {
      await page.goto(url);
      await page.getByRole('button', { name: 'Add a Data Generator' }).waitFor();
      times.push(await page.evaluate(() => performance.now()));
    });
    await page.close();
  }
  return [
    {
      what: 'first visit to a usable page, without Python',
      measured: describeSamples(times),
      reference: '',
      ratio: '',
      aim: '≤ 1,000 ms',
    },
    {
      what: 'bytes before the editor and Python (Brotli)',
      measured: `${(bytes / 1000).toFixed(0)} kB`,
      reference: '',
      ratio: '',
      aim: '≤ 300 kB',
    },
  ];
}

/**
 * The bytes that the network carried for the page itself while something was done.
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} act
 */
async function countBytes(page, act) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  /** @type {Map<string, string>} */
  const urls = new Map();
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!later.test(urls.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  await act();
  await page.waitForTimeout(500);
  return bytes;
}
