// @ts-check
import { openWithScript, replaceSource, runCell } from './app-page.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { pixel } from './scripts.mjs';
import { describeSamples } from './statistics.mjs';

const floods = {
  '100,000 printed lines': 'for number in range(100_000):\n    print("line", number)',
  'a line of 100 MB': 'print("x" * 100_000_000)',
  '10,000 log events a second, for 3 s':
    'import time\nend = time.time() + 3\nwhile time.time() < end:\n    for _ in range(100):\n        print("event", flush=True)\n    time.sleep(0.01)',
  '1,000 images': `import base64\nfrom onelogic.odpf import ImageType\npixel = base64.b64decode("${pixel}")\nfor number in range(1_000):\n    od_output.add_image(f"image {number}", ImageType.PNG, pixel)`,
};

/**
 * The longest task of the page while a script floods it, until its results are shown.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureFloods({ context, serveApp, rounds }) {
  const app = await openWithScript(context, await serveApp(), 'pass');
  await runCell(app);
  await app.getByRole('tab', { name: 'Logs' }).click();
  await watchTasks(app);
  /** @type {import('./run.mjs').BenchRow[]} */
  const rows = [];
  for (const [what, script] of Object.entries(floods)) {
    await replaceSource(app, script);
    /** @type {number[]} */
    const longest = [];
    for (let round = 0; round < rounds; round += 1) {
      await forgetTasks(app);
      await runCell(app);
      longest.push(await readLongestTask(app));
    }
    rows.push({
      what: `longest task of the page: ${what}`,
      measured: describeSamples(longest),
      reference: '–',
      ratio: '',
      aim: '≤ 100 ms',
    });
  }
  await app.close();
  return rows;
}
