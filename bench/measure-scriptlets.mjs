// @ts-check
import { strToU8, zipSync } from 'fflate';
import { longestStep, waitForPython } from './app-page.mjs';
import { describeSamples } from './statistics.mjs';

const chainLength = 50;

const passOn = `def main(params):
    return {"n": (params.get("n") or 0) + 1}
`;

const makeFrame = `import numpy as np
import pandas as pd


def main(params):
    return {"frame": pd.DataFrame({"x": np.zeros(12_500_000)})}
`;

const takeFrame = `def main(params):
    return {"rows": len(params["frame"])}
`;

/**
 * Scriptlets that hand small values on, from the press on "Run all" to the last "Done", for each cell; and one that takes a
 * DataFrame of 100 MB as an object.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureScriptlets({ context, serveApp, rounds }) {
  const chain = await openFlow(context, await serveApp(), createChain());
  /** @type {number[]} */
  const cells = [];
  for (let round = 0; round < rounds; round += 1) cells.push((await runAll(chain)) / chainLength);
  await chain.close();

  const frames = await openFlow(context, await serveApp(), createFrames());
  /** @type {number[]} */
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    await runAll(frames);
    taken.push(await readDuration(frames, 'take'));
  }
  await frames.close();

  return [
    {
      what: `a chain of ${chainLength} scriptlets, for each cell, with its result stored`,
      measured: describeSamples(cells),
      reference: '–',
      ratio: '',
      aim: '≤ 10 ms',
    },
    {
      what: 'a scriptlet that takes a DataFrame of 100 MB as an object, as its cell tells',
      measured: describeSamples(taken),
      reference: '–',
      ratio: '',
      aim: '≤ 20 ms',
    },
  ];
}

/**
 * @param {string} nodeId
 * @param {string} source
 * @param {string} inputs YAML of one line
 * @param {string} outputs the same
 * @param {string} from the same
 */
function createNode(nodeId, source, inputs, outputs, from) {
  return {
    node_id: nodeId,
    task: {
      inputs_def: inputs === '' ? [] : [JSON.parse(inputs)],
      outputs_def: outputs === '' ? [] : [JSON.parse(outputs)],
      executor: { name: 'python', options: { source } },
    },
    inputs_from: from === '' ? [] : [JSON.parse(from)],
  };
}

function createChain() {
  return Array.from({ length: chainLength }, (_, index) =>
    createNode(
      `cell ${index}`,
      passOn,
      '{"handle": "n", "nullable": true}',
      '{"handle": "n"}',
      index === 0
        ? ''
        : `{"handle": "n", "from_node": [{"node_id": "cell ${index - 1}", "output_handle": "n"}]}`,
    ),
  );
}

function createFrames() {
  const variable = '{"handle": "frame", "json_schema": {"contentMediaType": "oomol/var"}}';
  const from = '{"handle": "frame", "from_node": [{"node_id": "make", "output_handle": "frame"}]}';
  return [
    createNode('make', makeFrame, '', variable, ''),
    createNode('take', takeFrame, variable, '{"handle": "rows"}', from),
  ];
}

/**
 * Opens the app and imports a flow of these nodes; JSON is YAML.
 * @param {import('./app-page.mjs').BrowserContext} context
 * @param {string} url
 * @param {readonly object[]} nodes
 */
async function openFlow(context, url, nodes) {
  const page = await context.newPage();
  await page.goto(url);
  const zip = zipSync({ 'flow/flow.oo.yaml': strToU8(JSON.stringify({ nodes })) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const file = { name: 'flow.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
  await page.getByLabel('Zip to import').setInputFiles(file);
  await page.locator('section[data-state]').first().waitFor();
  await waitForPython(page);
  return page;
}

/**
 * Runs all cells; gives the milliseconds until the last of them is done.
 * @param {import('./app-page.mjs').Page} page
 * @returns {Promise<number>}
 */
function runAll(page) {
  return page.evaluate(
    (limit) =>
      new Promise((resolve, reject) => {
        const button = [...document.querySelectorAll('button')].find(
          (candidate) => candidate.textContent?.trim() === 'Run all',
        );
        const started = performance.now();
        let hasLeft = false;
        const timer = setTimeout(() => reject(new Error('The cells did not end.')), limit);
        const observer = new MutationObserver(() => {
          const states = [...document.querySelectorAll('section[data-state]')].map((cell) =>
            cell.getAttribute('data-state'),
          );
          hasLeft ||= states.some((state) => state === 'running' || state === 'queued');
          if (!hasLeft || states.some((state) => state !== 'done')) return;
          observer.disconnect();
          clearTimeout(timer);
          resolve(performance.now() - started);
        });
        observer.observe(document.body, { attributes: true, subtree: true, attributeFilter: ['data-state'] });
        button?.click();
      }),
    longestStep,
  );
}

/**
 * How long the last job of a cell took, in milliseconds, as its header says.
 * @param {import('./app-page.mjs').Page} page
 * @param {string} title
 */
async function readDuration(page, title) {
  const text = await page.getByRole('region', { name: title, exact: true }).locator('.state').innerText();
  const [, amount, unit] = / ([\d.]+) (ms|s)\b/.exec(text) ?? [];
  return Number(amount) * (unit === 's' ? 1_000 : 1);
}
