// @ts-check
import { cachedWheel, sha256, storeWheel } from './cache.mjs';

/** @typedef {import('./lock.mjs').Wheel} Wheel */

/**
 * Bytes that may be a wheel. With a name they were asked for under it, and a wrong checksum is worth a word; without, they
 * were found somewhere, and only the checksum tells what they are.
 * @typedef {{ bytes: Uint8Array, fileName?: string }} Offer
 */

/**
 * @typedef {object} WheelSource
 * @property {string} label
 * @property {(wanted: Wheel[]) => AsyncIterable<Offer>} offers in any order, for any number of the wanted wheels
 */

/** @typedef {{ wheel: Wheel, sizeBytes: number, source: string }} FoundWheel */

/**
 * Puts wheels into the cache, from one source after the other until none is missing. A wheel is accepted only with the
 * checksum of the lock, whoever offers it. A source that fails is noted and passed over.
 * @param {object} task
 * @param {Wheel[]} task.wheels
 * @param {string} task.folder the cache
 * @param {WheelSource[]} task.sources
 * @param {(line: string) => void} task.note
 * @returns {Promise<Map<string, FoundWheel>>} by file name; a wheel that no source has is not in it
 */
export async function fillCache({ wheels, folder, sources, note }) {
  const found = fromCache(wheels, folder, note);
  for (const source of sources) {
    const missing = wheels.filter((wheel) => !found.has(wheel.fileName));
    if (missing.length === 0) break;
    try {
      await acceptOffers(source, missing, found, { folder, note });
    } catch (error) {
      note(`${source.label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return found;
}

/**
 * @param {Wheel[]} wheels
 * @param {string} folder
 * @param {(line: string) => void} note
 * @returns {Map<string, FoundWheel>}
 */
function fromCache(wheels, folder, note) {
  /** @type {Map<string, FoundWheel>} */
  const found = new Map();
  for (const wheel of wheels) {
    const cached = cachedWheel(folder, wheel);
    if (cached.state === 'damaged') note(`cache: ${wheel.fileName} is damaged and does not count`);
    if (cached.state === 'good') {
      found.set(wheel.fileName, { wheel, sizeBytes: cached.sizeBytes, source: 'cache' });
    }
  }
  return found;
}

/**
 * Adds to `found` as it goes, so that what a source gave before it failed is kept.
 * @param {WheelSource} source
 * @param {Wheel[]} wanted
 * @param {Map<string, FoundWheel>} found
 * @param {{ folder: string, note: (line: string) => void }} task
 */
async function acceptOffers(source, wanted, found, { folder, note }) {
  const missing = new Map(wanted.map((wheel) => [wheel.sha256, wheel]));
  for await (const { bytes, fileName } of source.offers(wanted)) {
    const checksum = sha256(bytes);
    const wheel = missing.get(checksum);
    if (wheel !== undefined) {
      storeWheel(folder, wheel, bytes);
      missing.delete(checksum);
      found.set(wheel.fileName, { wheel, sizeBytes: bytes.length, source: source.label });
      if (missing.size === 0) return;
    } else if (fileName !== undefined) {
      note(`${source.label}: ${fileName} is refused, its SHA-256 is not the one in pyodide-lock.json`);
    }
  }
}
