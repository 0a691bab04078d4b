// @ts-check
import { extname } from 'node:path';

/**
 * @typedef {object} ContentType
 * @property {string} type the value of the header
 * @property {boolean} isCompressible whether a host would compress it on the way; archives, images and woff2 are compressed
 *   already
 */

/** @type {Record<string, ContentType>} */
const contentTypes = {
  '.css': { type: 'text/css; charset=utf-8', isCompressible: true },
  '.html': { type: 'text/html; charset=utf-8', isCompressible: true },
  '.js': { type: 'text/javascript; charset=utf-8', isCompressible: true },
  '.json': { type: 'application/json; charset=utf-8', isCompressible: true },
  '.map': { type: 'application/json; charset=utf-8', isCompressible: true },
  '.mjs': { type: 'text/javascript; charset=utf-8', isCompressible: true },
  '.png': { type: 'image/png', isCompressible: false },
  '.svg': { type: 'image/svg+xml', isCompressible: true },
  '.ttf': { type: 'font/ttf', isCompressible: true },
  '.txt': { type: 'text/plain; charset=utf-8', isCompressible: true },
  '.wasm': { type: 'application/wasm', isCompressible: true },
  '.webmanifest': { type: 'application/manifest+json; charset=utf-8', isCompressible: true },
  '.whl': { type: 'application/zip', isCompressible: false },
  '.woff2': { type: 'font/woff2', isCompressible: false },
  '.zip': { type: 'application/zip', isCompressible: false },
};

/**
 * @param {string} path
 * @returns {ContentType}
 */
export function contentTypeOf(path) {
  return (
    contentTypes[extname(path).toLowerCase()] ?? { type: 'application/octet-stream', isCompressible: false }
  );
}
