// @ts-check
import { runBarePython, startBarePython } from './BareSite.mjs';
import { longestStep } from './app-page.mjs';
import { createNode, openFlow } from './flows.mjs';
import { readDuration } from './statement-cells.mjs';
import { describeSamples, toRatio } from './statistics.mjs';

/**
 * Tables of a million rows: how each is made; how a Python without the app has its buffers in one array beside it, and how it
 * makes a frame of them.
 */
const tables = [
  ...[10, 50].map((count) => ({
    what: `${count} columns of floats`,
    make: `pd.DataFrame(np.random.default_rng(1).random((1_000_000, ${count})))`,
    bareSetup: `content = np.random.default_rng(1).random(${count} * 1_000_000)`,
    bareRead: `numbers = np.frombuffer(buffers.to_bytes(), "float64").reshape(${count}, -1)
frame = pd.DataFrame({n: column for n, column in enumerate(numbers)})
del numbers`,
  })),
  {
    what: 'a column of texts',
    make: `pd.DataFrame({"text": [f"text {n % 1000}" for n in range(1_000_000)]})`,
    bareSetup: `texts = [f"text {n % 1000}" for n in range(1_000_000)]
ends = np.array([0, *accumulate(map(len, texts))], dtype="int32")
content = ends.tobytes() + "".join(texts).encode()`,
    bareRead: `content = buffers.to_bytes()
offsets, joined = np.frombuffer(content, "int32", 1_000_001).tolist(), content[4_000_004:].decode()
frame = pd.DataFrame({"text": [joined[start:end] for start, end in pairwise(offsets)]})
del content, offsets, joined`,
  },
];

const bareStore = `from itertools import accumulate, pairwise
import numpy as np
import pandas as pd
from pyodide.code import run_js
from pyodide.ffi import to_js
store = run_js("""async (bytes) => {
  const database = await (self.database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("pandas", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("blobs");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
  const transaction = database.transaction("blobs", "readwrite");
  transaction.objectStore("blobs").put(new Blob([bytes]), "table");
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}""")
read = run_js("""async () => {
  const request = (await self.database).transaction("blobs").objectStore("blobs").get("table");
  const blob = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  return new Uint8Array(await blob.arrayBuffer());
}""")`;

const take = `def main(params):
    return {"rows": len(params["frame"])}
`;

/**
 * A stored dataset into a DataFrame: the job of a Scriptlet that takes one, as its cell tells, which begins when the buffers
 * are read, against `pandas.DataFrame` over the same buffers in a bare Pyodide; and the same from the press on Run until the cell
 * is done, against that Pyodide reading them from a database of its own as well.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measurePandas({ context, bare, serveApp, rounds }) {
  /** @type {import('./run.mjs').BenchRow[]} */
  const rows = [];
  for (const { what, make, bareSetup, bareRead } of tables) {
    const barePage = await context.newPage();
    await barePage.goto(bare.url);
    await startBarePython(barePage, ['pandas']);
    await runBarePython(barePage, `${bareStore}\n${bareSetup}\nawait store(to_js(memoryview(content)))`);
    const app = await openFlow(context, await serveApp(), [
      createNode(
        'make',
        `import numpy as np\nimport pandas as pd\n\n\ndef main(params):\n    return {"frame": ${make}}\n`,
        '',
        '{"handle": "frame"}',
        '',
      ),
      createNode(
        'take',
        take,
        '{"handle": "frame"}',
        '{"handle": "rows"}',
        '{"handle": "frame", "from_node": [{"node_id": "make", "output_handle": "frame"}]}',
      ),
    ]);
    await runToEnd(app, 'make');
    /** @type {number[]} */
    const taken = [];
    /** @type {number[]} */
    const whole = [];
    /** @type {number[]} */
    const bareTaken = [];
    /** @type {number[]} */
    const bareWhole = [];
    // The first one makes room in both.
    for (let round = -1; round < rounds; round += 1) {
      const elapsedWhole = await runToEnd(app, 'take');
      const reading = await runBarePython(barePage, 'buffers = await read()');
      const { elapsed } = await runBarePython(barePage, bareRead);
      await runBarePython(barePage, 'del frame, buffers');
      if (round < 0) continue;
      taken.push(await readDuration(app, 'take'));
      whole.push(elapsedWhole);
      bareTaken.push(elapsed);
      bareWhole.push(elapsed + reading.elapsed);
    }
    await app.close();
    await barePage.close();
    rows.push(
      {
        what: `1,000,000 rows of ${what} into pandas, with their buffers at hand`,
        measured: describeSamples(taken),
        reference: describeSamples(bareTaken),
        ratio: toRatio(taken, bareTaken),
        aim: '≤ 1.5 ×',
      },
      {
        what: 'the same from storage, from the press on "Run" to "Done"',
        measured: describeSamples(whole),
        reference: describeSamples(bareWhole),
        ratio: toRatio(whole, bareWhole),
        aim: '',
      },
    );
  }
  return rows;
}

/**
 * Presses Run in a cell and waits for its end; gives how many milliseconds that took.
 * @param {import('./app-page.mjs').Page} page
 * @param {string} title
 * @returns {Promise<number>}
 */
async function runToEnd(page, title) {
  return await page.getByRole('region', { name: title, exact: true }).evaluate(
    (cell, limit) =>
      /** @type {Promise<number>} */ (
        new Promise((resolve, reject) => {
          const pressedAt = performance.now();
          const timer = setTimeout(() => reject(new Error(`It did not end: ${cell.textContent}`)), limit);
          let hasLeft = false;
          const observer = new MutationObserver(() => {
            const state = cell.getAttribute('data-state');
            hasLeft ||= state === 'running' || state === 'queued';
            if (!hasLeft || state === 'running' || state === 'queued') return;
            observer.disconnect();
            clearTimeout(timer);
            if (state === 'done') resolve(performance.now() - pressedAt);
            else reject(new Error(`It did not end well: ${cell.textContent}`));
          });
          observer.observe(cell, { attributes: true, attributeFilter: ['data-state'] });
          [...cell.querySelectorAll('button')]
            .find((button) => button.textContent?.trim() === 'Run')
            ?.click();
        })
      ),
    longestStep,
  );
}
