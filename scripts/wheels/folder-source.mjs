// @ts-check
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readIfPresent } from './cache.mjs';

/**
 * Wheels in a folder that somebody has filled, under the file names of the lock.
 * @param {string} folder
 * @returns {import('./fill-cache.mjs').WheelSource}
 */
export function folderSource(folder) {
  return {
    label: 'folder',
    async *offers(wanted) {
      if (!existsSync(folder)) throw new Error(`CAHIER_WHEELS names ${resolve(folder)}, which is not there`);
      for (const { fileName } of wanted) {
        const bytes = readIfPresent(join(folder, fileName));
        if (bytes !== undefined) yield { bytes, fileName };
      }
    },
  };
}
