// @ts-check
import { homedir } from 'node:os';
import { join } from 'node:path';
import { browserProbes } from './browser-probes.mjs';
import { findCommand } from './find-command.mjs';

/**
 * What `findFirefox` asks of the machine; tests give answers of their own.
 * @typedef {Pick<import('./browser-probes.mjs').BrowserProbes,
 *   'environment' | 'exists' | 'starts' | 'commonPaths' | 'canInstallWithApt' | 'installWithApt'>} FirefoxProbes
 */

const commandNames = ['firefox-esr', 'firefox'];

/** @type {FirefoxProbes} */
export const firefoxProbes = { ...browserProbes, commonPaths };

/** @returns {string[]} */
function commonPaths() {
  const onPath = commandNames.map((name) => findCommand(name)).filter((path) => path !== undefined);
  return [...onPath, ...installFolders()];
}

/** @returns {string[]} */
function installFolders() {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].map((folder) =>
        join(folder, 'Firefox.app/Contents/MacOS/firefox'),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, 'Mozilla Firefox/firefox.exe'));
    default:
      return ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'];
  }
}
