// @ts-check
import { spawnSync } from 'node:child_process';
import { canInstallWithApt, installWithApt } from './apt.mjs';
import { findCommand, isExecutableFile } from './find-command.mjs';

/**
 * What `findPython` and `findMypy` ask of the machine; tests give answers of their own.
 * @typedef {object} PythonProbes
 * @property {NodeJS.ProcessEnv} environment
 * @property {() => string[]} pythonPaths the interpreters to try, in order
 * @property {(command: string, commandArguments: string[]) => string | undefined} complaint undefined when it ends well, else
 *   the last line it printed or why it did not start
 * @property {() => boolean} canInstallWithApt
 * @property {(packages: string[]) => Promise<boolean>} installWithApt
 */

/** Debian's packages are importable from this one only, whatever comes first on PATH. */
export const systemPython = '/usr/bin/python3';
const timeoutMs = 120_000;

/** @type {PythonProbes} */
export const pythonProbes = {
  environment: process.env,
  pythonPaths,
  complaint,
  canInstallWithApt,
  installWithApt,
};

/** @returns {string[]} */
function pythonPaths() {
  const onPath = ['python3', 'python'].map((name) => findCommand(name)).filter((path) => path !== undefined);
  const system = isExecutableFile(systemPython) ? [systemPython] : [];
  return [...new Set([...system, ...onPath])];
}

/**
 * @param {string} command
 * @param {string[]} commandArguments
 * @returns {string | undefined}
 */
function complaint(command, commandArguments) {
  const ended = spawnSync(command, commandArguments, { encoding: 'utf8', timeout: timeoutMs });
  if (ended.error !== undefined) return ended.error.message;
  if (ended.status === 0) return undefined;
  return ended.stderr.trim().split('\n').at(-1) || `it ended with ${ended.signal ?? ended.status}`;
}
