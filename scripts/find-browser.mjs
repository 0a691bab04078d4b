// @ts-check
import { browserProbes } from './browser-probes.mjs';
import { isMainModule } from './project.mjs';

/**
 * @typedef {'environment' | 'playwright' | 'installed' | 'downloaded' | 'apt'} BrowserSource
 * @typedef {{ executablePath: string, source: BrowserSource }} FoundBrowser
 */

/** Chromium's sandbox refuses to work for root, the usual user in a container. */
const sandboxArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** What a browser for tests is started with: no graphics card, no traffic of its own. */
export const browserLaunchArguments = [
  ...sandboxArguments,
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A Chromium or Chrome for tests: the one named by CAHIER_BROWSER, else Playwright's own, else an installed one, else one
 * that is installed now. A browser counts only when it starts: a downloaded one may lack libraries of the system.
 * @param {import('./browser-probes.mjs').BrowserProbes} [probes]
 * @returns {Promise<FoundBrowser>}
 * @throws {Error} that says what to do, when there is none
 */
export async function findBrowser(probes = browserProbes) {
  const named = probes.environment['CAHIER_BROWSER'];
  if (named !== undefined && named !== '') return namedBrowser(named, probes);

  const present = await presentBrowser(probes);
  if (present !== undefined) return present;

  if (await probes.downloadWithPlaywright()) {
    const executablePath = await playwrightBrowser(probes);
    if (executablePath !== undefined) return { executablePath, source: 'downloaded' };
  }
  if (probes.canInstallWithApt() && (await probes.installWithApt(['chromium']))) {
    const installed = await presentBrowser(probes);
    if (installed !== undefined) return { executablePath: installed.executablePath, source: 'apt' };
  }
  throw new Error(
    [
      'No Chromium or Chrome was found for the tests, and none could be installed. One of these helps:',
      '  - install Chrome or Chromium (on Debian: apt-get install chromium)',
      '  - npx playwright install --with-deps chromium',
      '  - set CAHIER_BROWSER to the path of a Chrome or Chromium',
    ].join('\n'),
  );
}

/**
 * @param {string} executablePath
 * @param {import('./browser-probes.mjs').BrowserProbes} probes
 * @returns {FoundBrowser}
 */
function namedBrowser(executablePath, probes) {
  if (!probes.exists(executablePath)) {
    throw new Error(`CAHIER_BROWSER names ${executablePath}, but there is no such executable file.`);
  }
  if (!probes.starts(executablePath)) {
    throw new Error(
      `CAHIER_BROWSER names ${executablePath}, but it does not start. Try: ${executablePath} --version`,
    );
  }
  return { executablePath, source: 'environment' };
}

/**
 * @param {import('./browser-probes.mjs').BrowserProbes} probes
 * @returns {Promise<FoundBrowser | undefined>}
 */
async function presentBrowser(probes) {
  const own = await playwrightBrowser(probes);
  if (own !== undefined) return { executablePath: own, source: 'playwright' };
  const installed = probes
    .commonPaths()
    .find((executablePath) => probes.exists(executablePath) && probes.starts(executablePath));
  return installed === undefined ? undefined : { executablePath: installed, source: 'installed' };
}

/**
 * @param {import('./browser-probes.mjs').BrowserProbes} probes
 * @returns {Promise<string | undefined>}
 */
async function playwrightBrowser(probes) {
  const executablePath = await probes.playwrightPath();
  return probes.exists(executablePath) && probes.starts(executablePath) ? executablePath : undefined;
}

if (isMainModule(import.meta.url)) {
  try {
    console.log((await findBrowser()).executablePath);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
