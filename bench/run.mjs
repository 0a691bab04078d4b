// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserLaunchArguments, findBrowser } from '../scripts/find-browser.mjs';
import { startServer } from '../scripts/serve.mjs';
import { BareSite } from './BareSite.mjs';
import { describeMachine } from './machine.mjs';
import { measureCharts } from './measure-charts.mjs';
import { measureFloods } from './measure-floods.mjs';
import { measureImport } from './measure-import.mjs';
import { measureJobs } from './measure-jobs.mjs';
import { measureLargeTable } from './measure-large-table.mjs';
import { measureModels } from './measure-models.mjs';
import { measurePage } from './measure-page.mjs';
import { measurePandas } from './measure-pandas.mjs';
import { measurePreviews } from './measure-previews.mjs';
import { measureScriptlets } from './measure-scriptlets.mjs';
import { measureStatements } from './measure-statements.mjs';
import { measureStops } from './measure-stops.mjs';
import { measureTable } from './measure-table.mjs';
import { measureTokens } from './measure-tokens.mjs';
import { measureFirstVisit, measureVisits } from './measure-visits.mjs';
import { measureWorkspaceFile } from './measure-workspace-file.mjs';
import { measureWorkspace } from './measure-workspace.mjs';

/**
 * One line of the result.
 * @typedef {{ what: string, measured: string, reference: string, ratio: string, aim: string }} BenchRow
 */

/**
 * What measures work with.
 * @typedef {object} Bench
 * @property {import('@playwright/test').BrowserContext} context a profile on disk, as a user's is
 * @property {BareSite} bare
 * @property {() => Promise<string>} serveApp serves the built site on a host of its own and gives its address
 * @property {number} rounds how many samples each figure has
 */

const measures = {
  visits: measureVisits,
  'first-visit': measureFirstVisit,
  stops: measureStops,
  jobs: measureJobs,
  scriptlets: measureScriptlets,
  statements: measureStatements,
  models: measureModels,
  tokens: measureTokens,
  floods: measureFloods,
  previews: measurePreviews,
  page: measurePage,
  'large-table': measureLargeTable,
  table: measureTable,
  pandas: measurePandas,
  import: measureImport,
  workspace: measureWorkspace,
  'workspace-file': measureWorkspaceFile,
  charts: measureCharts,
};

/** Longest time for one measure and one round of it, in milliseconds. */
const longestRound = 180_000;

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1');
const unknown = positionals.filter((name) => !(name in measures));
if (unknown.length > 0) {
  throw new Error(
    `There is no measure "${unknown.join('", "')}". They are: ${Object.keys(measures).join(', ')}`,
  );
}

const { executablePath } = await findBrowser();
const profile = mkdtempSync(join(tmpdir(), 'cahier-bench-'));
/** @type {import('../scripts/serve.mjs').RunningServer[]} */
const servers = [];
const bare = new BareSite();
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  args: [...browserLaunchArguments],
  permissions: ['clipboard-read', 'clipboard-write'],
  viewport: { width: 1280, height: 800 },
});
try {
  await bare.open();
  /** @type {Bench} */
  const bench = {
    context,
    bare,
    rounds,
    serveApp: async () => {
      const server = await startServer({ port: 0 });
      servers.push(server);
      return server.url;
    },
  };
  const browser = context.browser();
  console.log(describeMachine(`Chromium ${browser?.version() ?? 'of an unknown version'}`));
  console.log(`Medians of ${rounds} rounds (least–most); load at the start ${loadavg()[0]?.toFixed(1)}\n`);
  console.log('| What | Measured | Bare Pyodide | Ratio | Aim |\n| --- | --- | --- | --- | --- |');
  for (const [name, measure] of Object.entries(measures)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const row of await runMeasure(name, measure, bench)) console.log(toLine(row));
  }
} finally {
  await context.close();
  await bare.close();
  await Promise.all(servers.map((server) => server.close()));
  rmSync(profile, { recursive: true, force: true });
}

/**
 * A measure that fails or hangs tells why in place of its figures, and the others go on.
 * @param {string} name
 * @param {(bench: Bench) => Promise<BenchRow[]>} measure
 * @param {Bench} bench
 * @returns {Promise<BenchRow[]>}
 */
async function runMeasure(name, measure, bench) {
  const limit = longestRound * (bench.rounds + 1);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([measure(bench), timeout]);
  } catch (error) {
    process.exitCode = 1;
    const reason = error instanceof Error ? error.message : String(error);
    return [{ what: name, measured: `failed: ${reason.split('\n')[0]}`, reference: '', ratio: '', aim: '' }];
  } finally {
    clearTimeout(timer);
    for (const page of bench.context.pages().slice(1)) await page.close();
  }
}

/** @param {BenchRow} row */
function toLine({ what, measured, reference, ratio, aim }) {
  return `| ${[what, measured, reference, ratio, aim].join(' | ')} |`;
}
