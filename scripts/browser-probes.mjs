// @ts-check
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canInstallWithApt, installWithApt } from './apt.mjs';
import { findCommand, isExecutableFile } from './find-command.mjs';
import { toolPath } from './project.mjs';
import { run } from './run.mjs';

/**
 * What `findBrowser` asks of the machine; tests give answers of their own.
 * @typedef {object} BrowserProbes
 * @property {NodeJS.ProcessEnv} environment
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => boolean} starts
 * @property {() => Promise<string>} playwrightPath where Playwright keeps its Chromium, whether it is there or not
 * @property {() => string[]} commonPaths where Chrome and Chromium are usually installed, the likeliest first
 * @property {() => Promise<boolean>} downloadWithPlaywright
 * @property {() => boolean} canInstallWithApt
 * @property {(packages: string[]) => Promise<boolean>} installWithApt
 */

const commandNames = ['google-chrome', 'google-chrome-stable', 'chrome', 'chromium', 'chromium-browser'];

/** A refused connection fails at once; this is for networks that swallow it. Milliseconds, per attempt. */
const connectionTimeoutMs = '10000';
const downloadTimeoutSeconds = 300;
const startTimeoutMs = 30_000;

/** @type {BrowserProbes} */
export const browserProbes = {
  environment: process.env,
  exists: isExecutableFile,
  starts,
  playwrightPath: async () => (await import('@playwright/test')).chromium.executablePath(),
  commonPaths,
  downloadWithPlaywright,
  canInstallWithApt,
  installWithApt,
};

/**
 * On Windows `--version` opens a window, so there a file that exists is taken at its word.
 * @param {string} path
 * @returns {boolean}
 */
function starts(path) {
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: startTimeoutMs }).status === 0;
}

/** @returns {string[]} */
function commonPaths() {
  const onPath = commandNames.map((name) => findCommand(name)).filter((path) => path !== undefined);
  return [...onPath, ...installFolders()];
}

/** @returns {string[]} */
function installFolders() {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      ]);
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Chromium/Application/chrome.exe'),
        ]);
    default:
      return [
        '/usr/bin/google-chrome',
        '/opt/google/chrome/chrome',
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/lib/chromium/chromium',
        '/snap/bin/chromium',
      ];
  }
}

/** @returns {Promise<boolean>} */
async function downloadWithPlaywright() {
  const { exitCode } = await run(
    "Downloading Playwright's Chromium",
    process.execPath,
    [toolPath('@playwright/test', 'playwright'), 'install', 'chromium'],
    {
      environment: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: connectionTimeoutMs },
      outputTo: 'stderr',
      timeoutSeconds: downloadTimeoutSeconds,
    },
  );
  return exitCode === 0;
}
