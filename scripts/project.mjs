// @ts-check
import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, as an absolute path. */
export const projectFolder = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** @returns {string} */
export function projectVersion() {
  return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).version;
}

/**
 * The arguments for `process.execPath` that start a tool of node_modules. Going through node itself, and not through
 * node_modules/.bin, works on Windows as well, where the files there are batch files that need a shell.
 * @param {string} packageName for example 'vite' or '@playwright/test'
 * @param {string} [toolName] the name in the package's "bin", when it differs from the package's
 * @returns {string} the absolute path of a JavaScript file
 * @throws {Error} when the package is not installed or has no such tool
 */
export function toolPath(packageName, toolName = packageName) {
  const packageFolder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[toolName];
  if (typeof file !== 'string') throw new Error(`The package ${packageName} has no command "${toolName}"`);
  return join(packageFolder, file);
}

/**
 * Whether a module is the file that node was started with, and so should act and not only be imported.
 * @param {string} moduleUrl `import.meta.url`
 * @returns {boolean}
 */
export function isMainModule(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(moduleUrl));
}
