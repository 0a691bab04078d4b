// @ts-check
import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/**
 * @typedef {{ kind: 'file', path: string, size: number, modified: Date }
 *   | { kind: 'redirect', location: string }
 *   | { kind: 'missing' }
 *   | { kind: 'malformed' }} Target
 */

/**
 * What a request's URL stands for. A folder stands for its index.html, and without a slash at its end for a redirect, as on
 * the usual static hosts.
 * @param {string} requestUrl path and query, as sent
 * @param {{ directory: string, base: string }} site base begins and ends with a slash
 * @returns {Promise<Target>}
 */
export async function resolvePath(requestUrl, { directory, base }) {
  const [encodedPath = '', query] = requestUrl.split(/\?(.*)/s);
  const path = decode(encodedPath);
  if (path === undefined || path.includes('\0')) return { kind: 'malformed' };
  const redirect = { kind: /** @type {const} */ ('redirect'), location: withSlash(encodedPath, query) };
  if (`${path}/` === base) return redirect;
  if (!path.startsWith(base)) return { kind: 'missing' };

  const root = resolve(directory);
  const wanted = resolve(join(root, path.slice(base.length)));
  if (wanted !== root && !wanted.startsWith(root + sep)) return { kind: 'missing' };

  const found = await statIfPresent(wanted);
  if (found?.isDirectory()) return path.endsWith('/') ? fileAt(join(wanted, 'index.html')) : redirect;
  // "page.html/" is not "page.html": relative addresses in it would mean something else.
  return path.endsWith('/') ? { kind: 'missing' } : fileAt(wanted);
}

/**
 * @param {string} path
 * @returns {Promise<Target>}
 */
async function fileAt(path) {
  const found = await statIfPresent(path);
  if (!found?.isFile()) return { kind: 'missing' };
  return { kind: 'file', path, size: found.size, modified: found.mtime };
}

/** @param {string} path */
async function statIfPresent(path) {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} encodedPath
 * @returns {string | undefined}
 */
function decode(encodedPath) {
  try {
    return decodeURIComponent(encodedPath);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} encodedPath
 * @param {string | undefined} query
 * @returns {string}
 */
function withSlash(encodedPath, query) {
  // A location of two slashes would name another host.
  const path = `/${encodedPath.replace(/^\/+/, '')}/`;
  return query === undefined ? path : `${path}?${query}`;
}
