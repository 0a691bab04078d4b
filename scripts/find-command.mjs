// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The absolute path of a command on PATH, or undefined.
 * @param {string} name without extension
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findCommand(name, environment = process.env) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const fileName = process.platform === 'win32' ? `${name}.exe` : name;
  return folders.map((folder) => join(folder, fileName)).find(isExecutableFile);
}

/**
 * @param {string} path
 * @returns {boolean}
 */
export function isExecutableFile(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
