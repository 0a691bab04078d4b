// @ts-check
import { cdnSource } from './cdn-source.mjs';
import { folderSource } from './folder-source.mjs';
import { distributionUrl } from './lock.mjs';
import { npmSource } from './npm-source.mjs';

/** The packages whose files for this version of Pyodide stand in the npm packages below, unchanged. */
const carries = ['numpy', 'pandas', 'python-dateutil', 'pytz', 'six'];

/** Where the CDN cannot be reached, a package registry often can. The second is asked when the first is gone. */
const npmCarriers = [
  { packageName: '@rivet-dev/agent-os-sidecar-linux-x64-gnu', version: '0.2.0-rc.2', carries },
  { packageName: '@rivet-dev/agentos-sidecar-linux-x64-gnu', version: '0.2.21', carries },
];

/**
 * Where wheels are looked for, after the cache, in order.
 * @param {string} cacheFolder
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {import('./fill-cache.mjs').WheelSource[]}
 */
export function wheelSources(cacheFolder, environment = process.env) {
  const folder = environment['CAHIER_WHEELS'];
  return [
    ...(folder === undefined || folder === '' ? [] : [folderSource(folder)]),
    cdnSource(distributionUrl()),
    ...npmCarriers.map((carrier) => npmSource(carrier, cacheFolder)),
  ];
}
