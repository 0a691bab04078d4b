// @ts-check
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What hosts use for compression on the fly; the highest, 11, would take seconds for the larger files. */
const brotliQuality = 5;

/** @typedef {{ path: string, entityTag: string }} FileVersion */

/** Keeps what it compressed, so that a file is compressed once for each of its versions. */
export class CompressedFiles {
  /** @type {Map<string, { entityTag: string, bytes: Promise<Buffer> }>} */
  #kept = new Map();

  /**
   * @param {FileVersion} file
   * @param {'br' | 'gzip'} encoding
   * @returns {Promise<Buffer>}
   */
  get(file, encoding) {
    const key = `${encoding} ${file.path}`;
    const kept = this.#kept.get(key);
    if (kept?.entityTag === file.entityTag) return kept.bytes;
    const bytes = compress(file.path, encoding);
    this.#kept.set(key, { entityTag: file.entityTag, bytes });
    // A file that vanished meanwhile may come back.
    bytes.catch(() => this.#kept.delete(key));
    return bytes;
  }
}

/**
 * @param {string} path
 * @param {'br' | 'gzip'} encoding
 * @returns {Promise<Buffer>}
 */
async function compress(path, encoding) {
  const bytes = await readFile(path);
  if (encoding === 'gzip') return promisify(gzip)(bytes);
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
