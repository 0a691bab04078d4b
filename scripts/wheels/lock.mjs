// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../project.mjs';
import { dependencyClosure } from './dependency-closure.mjs';

/**
 * A file of the Pyodide distribution.
 * @typedef {object} Wheel
 * @property {string} name as the lock's key, for example 'python-dateutil'
 * @property {string} version
 * @property {string} fileName
 * @property {string} sha256 of the file, in hexadecimal
 */

/** What the notebook's samples import, and what installs requirements; all that these need comes with them. */
const rootPackages = ['numpy', 'pandas', 'matplotlib', 'micropip'];

const pyodideFolder = join(projectFolder, 'node_modules', 'pyodide');

/**
 * The wheels that a build wants to carry, as the installed version of Pyodide names them.
 * @returns {Wheel[]}
 * @throws {Error} when Pyodide is not installed
 */
export function wantedWheels() {
  const { packages } = readJson('pyodide-lock.json');
  return dependencyClosure(packages, rootPackages).map((name) => {
    const entry = packages[name];
    return { name, version: entry.version, fileName: entry.file_name, sha256: entry.sha256 };
  });
}

/**
 * Where Pyodide publishes the wheels of the installed version.
 * @returns {string} an address that ends in a slash
 */
export function distributionUrl() {
  return `https://cdn.jsdelivr.net/pyodide/v${readJson('package.json').version}/full/`;
}

/** @param {string} fileName */
function readJson(fileName) {
  return JSON.parse(readFileSync(join(pyodideFolder, fileName), 'utf8'));
}
