// @ts-check
import { formatTable } from '../table.mjs';

/** @typedef {import('./lock.mjs').Wheel} Wheel */

/**
 * What was found where, as a table with a line to end it.
 * @param {Wheel[]} wheels
 * @param {Map<string, import('./fill-cache.mjs').FoundWheel>} found
 * @returns {string}
 */
export function wheelReport(wheels, found) {
  const rows = wheels.map(({ name, version, fileName }) => {
    const each = found.get(fileName);
    if (each === undefined) return [name, version, '', 'not found: left to the CDN at run time'];
    return [name, version, megabytes(each.sizeBytes), each.source];
  });
  const table = formatTable(['package', 'version', 'size', 'source'], rows, { right: [2] });
  return `${table}\n\n${closingLine(wheels.length, [...found.values()])}`;
}

/**
 * @param {number} wanted
 * @param {import('./fill-cache.mjs').FoundWheel[]} found
 * @returns {string}
 */
function closingLine(wanted, found) {
  const size = megabytes(found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const hosted = `${found.length} of ${wanted} wheels are hosted with the site (${size})`;
  return found.length === wanted ? `${hosted}.` : `${hosted}; the others are left to the CDN at run time.`;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
