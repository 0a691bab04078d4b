// @ts-check
import { isMainModule } from './project.mjs';
import { cachedWheel, wheelCacheFolder } from './wheels/cache.mjs';
import { fillCache } from './wheels/fill-cache.mjs';
import { wantedWheels } from './wheels/lock.mjs';
import { wheelReport } from './wheels/report.mjs';
import { wheelSources } from './wheels/sources.mjs';

/** @typedef {import('./wheels/lock.mjs').Wheel} Wheel */
/** @typedef {{ name: string, version: string, fileName: string, sizeBytes: number, path: string }} HostedWheel */

/**
 * Fills the cache with what can be had and prints what was found where. Never throws: a build without wheels still works
 * where the CDN can be reached, so not even a bug here may end one.
 * @returns {Promise<void>}
 */
export async function ensureWheels() {
  try {
    const folder = wheelCacheFolder();
    const wheels = wantedWheels();
    const found = await fillCache({ wheels, folder, sources: wheelSources(folder), note: console.log });
    console.log(`\n${wheelReport(wheels, found)}`);
  } catch (error) {
    console.error('The wheels could not be collected:', error);
  }
}

/**
 * The wheels in the cache, which a build can carry. Fetches nothing; a damaged file does not count.
 * @returns {HostedWheel[]}
 */
export function hostedWheels() {
  return checkedWheels().flatMap(({ wheel: { name, version, fileName }, cached }) =>
    cached.state === 'good'
      ? [{ name, version, fileName, sizeBytes: cached.sizeBytes, path: cached.path }]
      : [],
  );
}

/**
 * The wheels that are not in the cache, and so are left to the CDN at run time.
 * @returns {Wheel[]}
 */
export function missingWheels() {
  return checkedWheels()
    .filter(({ cached }) => cached.state !== 'good')
    .map(({ wheel }) => wheel);
}

function checkedWheels() {
  const folder = wheelCacheFolder();
  return wantedWheels().map((wheel) => ({ wheel, cached: cachedWheel(folder, wheel) }));
}

if (isMainModule(import.meta.url)) await ensureWheels();
