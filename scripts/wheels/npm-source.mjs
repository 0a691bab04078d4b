// @ts-check
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { run } from '../run.mjs';
import { carveZips } from './carve-zips.mjs';
import { npmCommand } from './npm-command.mjs';
import { readTarFiles } from './read-tar.mjs';

const packTimeoutSeconds = 300;

/**
 * Wheels that stand whole inside a file of an npm package. The package is downloaded, searched and deleted; nothing in it is
 * executed, and it never becomes a dependency.
 * @param {object} carrier
 * @param {string} carrier.packageName
 * @param {string} carrier.version
 * @param {string[]} carrier.carries names of packages; without one of these missing nothing is downloaded
 * @param {string} cacheFolder the tarball is kept in it for as long as it is searched
 * @returns {import('./fill-cache.mjs').WheelSource}
 */
export function npmSource({ packageName, version, carries }, cacheFolder) {
  return {
    label: `npm ${packageName}`,
    async *offers(wanted) {
      if (!wanted.some(({ name }) => carries.includes(name))) return;
      mkdirSync(cacheFolder, { recursive: true });
      const folder = mkdtempSync(join(cacheFolder, 'npm-'));
      const remove = () => rmSync(folder, { recursive: true, force: true });
      // Ctrl+C during the download passes over the "finally".
      process.once('exit', remove);
      try {
        yield* zipsIn(await pack(`${packageName}@${version}`, folder));
      } finally {
        process.off('exit', remove);
        remove();
      }
    },
  };
}

/**
 * @param {string} specification name@version
 * @param {string} folder an empty one
 * @returns {Promise<string>} the path of the tarball
 * @throws {Error} when npm cannot fetch it
 */
async function pack(specification, folder) {
  const { command, commandArguments } = npmCommand();
  const { exitCode, outcome } = await run(
    `Downloading ${specification} for the wheels in it (about 42 MB)`,
    command,
    [
      ...commandArguments,
      ...['pack', specification, '--pack-destination', folder, '--ignore-scripts', '--prefer-offline'],
      // Two quick attempts: without a network npm would otherwise wait for more than a minute.
      ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--loglevel=error'],
    ],
    { outputTo: 'stderr', timeoutSeconds: packTimeoutSeconds },
  );
  const tarball = readdirSync(folder).find((fileName) => fileName.endsWith('.tgz'));
  if (exitCode !== 0 || tarball === undefined) throw new Error(`npm pack ${outcome}`);
  return join(folder, tarball);
}

/**
 * @param {string} tarball
 * @returns {AsyncGenerator<import('./fill-cache.mjs').Offer, void>}
 */
async function* zipsIn(tarball) {
  const compressed = createReadStream(tarball);
  const archive = createGunzip();
  // pipe() does not pass errors on, and a stream left open would keep the file from being deleted on Windows.
  compressed.once('error', (error) => archive.destroy(error)).pipe(archive);
  try {
    for await (const content of readTarFiles(archive)) {
      for (const bytes of carveZips(content)) yield { bytes };
    }
  } finally {
    compressed.destroy();
    archive.destroy();
  }
}
