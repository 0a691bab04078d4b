// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';
import { longestStep, openWithScript, runCell } from './app-page.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { describeSamples, toRatio } from './statistics.mjs';

/** @typedef {import('./app-page.mjs').Page} Page */

const rowCount = 1_000_000;

/** Rows that a chart draws at most. */
const drawnCount = 50_000;

const script = `import numpy as np
import pandas as pd
n = ${rowCount}
random = np.random.default_rng(1)
cities = np.array([f"city {i}" for i in range(20)], dtype=object)
od_output.add_data("output", pd.DataFrame({
    "city": cities[random.integers(0, 20, n)],
    "kind": cities[random.integers(0, 5, n)],
    "amount": random.random(n) * 100,
    "weight": random.normal(50, 10, n),
    "at": pd.date_range("2025-01-01", periods=n, freq="min"),
}))`;

/**
 * What is chosen in the form, one after the other; the reference draws what comes of the last one.
 * @type {readonly { what: string, choices: readonly (readonly [label: string, option: string])[], reference: 'aggregated' | 'rows' }[]}
 */
const cases = [
  {
    what: 'means by name in colours',
    choices: [
      ['Column of X', 'city (names)'],
      ['Column of Colour', 'kind (names)'],
      ['Column of Y', 'amount (numbers)'],
    ],
    reference: 'aggregated',
  },
  { what: 'the same as medians', choices: [['Aggregate of Y', 'Median']], reference: 'aggregated' },
  { what: 'a histogram in colours', choices: [['Kind', 'Histogram']], reference: 'rows' },
  { what: 'a point for each row', choices: [['Kind', 'Points']], reference: 'rows' },
];

/** @type {readonly (readonly [label: string, option: string])[]} */
const before = [
  ['Kind', 'Bars'],
  ['Column of X', 'kind (names)'],
  ['Column of Colour', 'Nothing'],
  ['Column of Y', 'weight (numbers)'],
  ['Aggregate of Y', 'Mean'],
];

/**
 * Charts of a dataset of 1,000,000 rows, from the choice in the form until they are drawn; beside vega-embed alone, in a
 * page that has its rows at hand: for means those of each group, else as many as we draw.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureCharts({ context, bare, serveApp, rounds }) {
  const app = await openWithScript(context, await serveApp(), script);
  await runCell(app);
  await app.getByRole('button', { name: 'Add cell', exact: true }).last().click();
  await app.getByRole('menuitem', { name: 'Chart' }).click();
  await app.getByRole('button', { name: 'Connect a dataset to Chart' }).click();
  await app.getByRole('menuitem', { name: /output$/ }).click();
  await app.locator('[aria-busy=false] > iframe').waitFor({ timeout: longestStep });
  await watchTasks(app);
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await barePage.evaluate((libraries) => {
    document.body.replaceChildren();
    for (const text of libraries) {
      document.head.append(Object.assign(document.createElement('script'), { textContent: text }));
    }
  }, readLibraries());
  /** @type {{ ours: number[], plain: number[] }[]} */
  const taken = cases.map(() => ({ ours: [], plain: [] }));
  let longestTask = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Begun with others, so that each choice is one.
    await app.bringToFront();
    for (const [label, option] of before) await choose(app, label, option);
    for (const [index, { choices, reference }] of cases.entries()) {
      await app.bringToFront();
      await forgetTasks(app);
      let ours = 0;
      for (const [label, option] of choices) ours = await choose(app, label, option);
      longestTask = Math.max(longestTask, await readLongestTask(app));
      taken[index]?.ours.push(ours);
      await barePage.bringToFront();
      taken[index]?.plain.push(await barePage.evaluate(drawPlain, reference === 'rows' ? drawnCount : 100));
    }
  }
  await app.close();
  await barePage.close();
  return [
    ...cases.map(({ what, reference }, index) => {
      const { ours = [], plain = [] } = taken[index] ?? {};
      const rows = reference === 'rows' ? drawnCount : 100;
      return {
        what: `chart of 1,000,000 rows: ${what}`,
        measured: describeSamples(ours),
        reference: `${describeSamples(plain)}, vega-embed over ${rows.toLocaleString('en')} rows at hand`,
        ratio: toRatio(ours, plain),
        aim: '',
      };
    }),
    {
      what: 'longest task of the page meanwhile',
      measured: `${longestTask.toFixed(0)} ms`,
      reference: '',
      ratio: '',
      aim: '≤ 50 ms',
    },
  ];
}

function readLibraries() {
  return [
    'vega/build/vega.min.js',
    'vega-lite/build/vega-lite.min.js',
    'vega-embed/build/vega-embed.min.js',
  ].map((path) => readFileSync(join(projectFolder, 'node_modules', path), 'utf8'));
}

/**
 * Chooses in the form what is not chosen yet, and waits until that is drawn and painted. Returns milliseconds.
 * @param {Page} page
 * @param {string} label
 * @param {string} option
 * @returns {Promise<number>}
 */
async function choose(page, label, option) {
  const field = page.getByRole('combobox', { name: label, exact: true });
  const value = await field.evaluate((select, words) => {
    const options = [.../** @type {HTMLSelectElement} */ (select).options];
    return options.find(({ text }) => text.trim() === words)?.value;
  }, option);
  if (value === undefined) throw new Error(`There is no ${option} to choose for ${label}.`);
  const elapsed = await field.evaluate(
    (select, { chosen, limit }) =>
      new Promise((resolve, reject) => {
        const field = /** @type {HTMLSelectElement} */ (select);
        if (field.value === chosen) {
          resolve(0);
          return;
        }
        const started = performance.now();
        const chart = document.querySelector('.chart[aria-busy]');
        let wasBusy = false;
        field.value = chosen;
        field.dispatchEvent(new Event('change', { bubbles: true }));
        const look = () => {
          const isBusy = chart?.getAttribute('aria-busy') === 'true';
          if (wasBusy && !isBusy) {
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
          } else if (performance.now() - started > limit) {
            reject(new Error(`${chosen} was not drawn.`));
          } else {
            wasBusy ||= isBusy;
            setTimeout(look);
          }
        };
        look();
      }),
    { chosen: value, limit: longestStep },
  );
  return Number(elapsed);
}

/**
 * Draws as many rows by vega-embed alone; those of 20 names and five others. Returns milliseconds.
 * @param {number} count
 */
async function drawPlain(count) {
  const values = Array.from({ length: count }, (_, index) => ({
    city: `city ${index % 20}`,
    kind: `city ${Math.floor(index / 20) % 5}`,
    amount: Math.random() * 100,
  }));
  const isOfGroups = count <= 100;
  const specification = {
    data: { values },
    mark: isOfGroups ? 'bar' : 'point',
    width: 600,
    height: 300,
    encoding: {
      x: { field: isOfGroups ? 'city' : 'amount', type: isOfGroups ? 'nominal' : 'quantitative' },
      y: { field: 'amount', type: 'quantitative' },
      color: { field: 'kind', type: 'nominal' },
    },
  };
  const started = performance.now();
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  await Reflect.get(window, 'vegaEmbed')(place, specification, { actions: false });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - started;
}
