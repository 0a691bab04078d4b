// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';
import { projectFolder } from '../../project.mjs';

/** Pyodide, as npm installed it. */
export const pyodideFolder = join(projectFolder, 'node_modules', 'pyodide');

/** The standard library, as Pyodide comes with it. */
export const stdlibFile = join(pyodideFolder, 'python_stdlib.zip');

/** The Python of this project. */
export const sdkFolder = join(projectFolder, 'python', 'src');

/**
 * The lock file of Pyodide, as far as the build looks into it.
 * @typedef {object} PyodideLock
 * @property {{ python: string, version: string }} info
 * @property {Record<string, LockedPackage>} packages
 */

/**
 * @typedef {object} LockedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} file_name
 * @property {string} sha256
 * @property {string[]} depends
 * @property {string[]} imports
 */

/** @returns {PyodideLock} */
export function readLock() {
  return JSON.parse(readFileSync(join(pyodideFolder, 'pyodide-lock.json'), 'utf8'));
}

/**
 * The SDK as one zip, with the same bytes for the same sources.
 * @returns {Uint8Array}
 */
export function zipSdk() {
  const names = readdirSync(sdkFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py') || name.endsWith('py.typed'))
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [name.split(sep).join('/'), new Uint8Array(readFileSync(join(sdkFolder, name)))]),
  );
  return zipSync(files, { level: 0, mtime: new Date(2025, 0, 1) });
}

/**
 * One hash over named contents.
 * @param {Iterable<readonly [string, Uint8Array | string]>} parts
 * @returns {string} SHA-256 in hexadecimal
 */
export function hashParts(parts) {
  const hash = createHash('sha256');
  for (const [name, content] of parts) {
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
