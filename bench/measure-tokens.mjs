// @ts-check
import { openWithScript, readLog, runCell } from './app-page.mjs';
import { describeSamples } from './statistics.mjs';

/** A token is made so soon that it takes this many jobs for each round. */
const jobsPerRound = 6;

const ask = `import time
from pyodide.http import pyxhr
headers = {"Authorization": od_authorization}
before = time.perf_counter()
status = pyxhr.get("http://onedata-server:8080/api/v1/users/me", headers=headers).status_code
print(f"asked {status} {(time.perf_counter() - before) * 1000}")`;

/**
 * The token of a job, from its first claim until the job is sent to Python with it; and a request that proves itself by it,
 * from the script through the service worker to the page and back.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureTokens({ context, serveApp, rounds }) {
  const app = await openWithScript(context, await serveApp(), ask);
  await app.evaluate(watchTokens);
  // The first one reads the key, or makes it.
  await runCell(app);
  const [first] = await takeTokens(app);
  if (first === undefined) throw new Error('No token was made.');
  /** @type {number[]} */
  const requests = [];
  for (let round = 0; round < rounds * jobsPerRound; round += 1) {
    await runCell(app);
    const [, status, took] = /asked (\d+) ([\d.]+)/.exec(await readLog(app, /asked/)) ?? [];
    if (status !== '200') throw new Error(`The server answered with ${status}.`);
    requests.push(Number(took));
  }
  const tokens = await takeTokens(app);
  await app.close();
  return [
    {
      what: 'a token, until its job is sent to Python',
      measured: describeSamples(tokens),
      reference: '',
      ratio: '',
      aim: '≤ 5 ms',
    },
    {
      what: 'the first one, with its key',
      measured: describeSamples([first]),
      reference: '',
      ratio: '',
      aim: '',
    },
    {
      what: 'a request for users/me with it, as the script sees it',
      measured: describeSamples(requests),
      reference: '',
      ratio: '',
      aim: '',
    },
  ];
}

/** Times tokens in the page: each has an id of its own, is signed, and goes to the worker in the message after that. */
function watchTokens() {
  /** @type {number[]} */
  const times = [];
  let begunAt = 0;
  let signedFrom = 0;
  const { randomUUID } = Crypto.prototype;
  Crypto.prototype.randomUUID = function () {
    begunAt = performance.now();
    return randomUUID.call(this);
  };
  const { sign } = SubtleCrypto.prototype;
  /** @type {typeof sign} */
  SubtleCrypto.prototype.sign = function (algorithm, key, data) {
    signedFrom = begunAt;
    return sign.call(this, algorithm, key, data);
  };
  for (const { prototype } of [Worker, MessagePort]) {
    const { postMessage } = prototype;
    prototype.postMessage = function (/** @type {[any, any]} */ ...given) {
      if (given[0]?.type === 'run-job' && signedFrom > 0) times.push(performance.now() - signedFrom);
      return postMessage.apply(this, given);
    };
  }
  Object.assign(window, { benchTokens: times });
}

/**
 * The times of the tokens that were made since it was asked last, in milliseconds.
 * @param {import('./app-page.mjs').Page} page
 * @returns {Promise<number[]>}
 */
async function takeTokens(page) {
  return await page.evaluate(() => /** @type {any} */ (window).benchTokens.splice(0));
}
