// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectFolder } from '../project.mjs';

/** @typedef {import('./lock.mjs').Wheel} Wheel */

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} the folder that wheels are kept in; it need not exist
 */
export function wheelCacheFolder(environment = process.env) {
  const named = environment['CAHIER_WHEEL_CACHE'];
  if (named !== undefined && named !== '') return resolve(named);
  return join(projectFolder, 'node_modules', '.cache', 'cahier', 'wheels');
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} SHA-256 in hexadecimal
 */
export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * @typedef {{ state: 'absent' } | { state: 'damaged' } | { state: 'good', sizeBytes: number, path: string }} CachedWheel
 */

/**
 * What a folder has under a wheel's name. The file is read and compared each time: a few tens of milliseconds for all.
 * @param {string} folder
 * @param {Wheel} wheel
 * @returns {CachedWheel}
 */
export function cachedWheel(folder, wheel) {
  const path = join(folder, wheel.fileName);
  const bytes = readIfPresent(path);
  if (bytes === undefined) return { state: 'absent' };
  if (sha256(bytes) !== wheel.sha256) return { state: 'damaged' };
  return { state: 'good', sizeBytes: bytes.length, path };
}

/**
 * Writes under another name first, so that nobody who reads the folder at the same time meets half a file.
 * @param {string} folder
 * @param {Wheel} wheel
 * @param {Uint8Array} bytes
 */
export function storeWheel(folder, wheel, bytes) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, wheel.fileName);
  const temporaryPath = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(temporaryPath, bytes);
    renameSync(temporaryPath, path);
  } finally {
    rmSync(temporaryPath, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {Buffer | undefined}
 */
export function readIfPresent(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
