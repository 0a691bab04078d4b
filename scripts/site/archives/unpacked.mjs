// @ts-check
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { hostedWheels } from '../../wheels.mjs';
import { buildProducts } from './build-products.mjs';

/**
 * The two files of a package, unpacked; for tests that import from them.
 * @typedef {{ archive: Uint8Array<ArrayBuffer>, sources: Uint8Array<ArrayBuffer> }} Unpacked
 */

/** @returns {Promise<Unpacked>} */
export async function unpackedStdlib() {
  const [stdlib] = await buildProducts([{ kind: 'stdlib' }]);
  if (!stdlib) throw new Error('The standard library was not packed');
  return unpack(stdlib);
}

/**
 * The packages of the wheels that were found.
 * @returns {Promise<Map<string, Unpacked>>} by their keys in the lock file
 */
export async function unpackedWheels() {
  const wheels = hostedWheels().filter(({ fileName }) => fileName.endsWith('.whl'));
  const products = await buildProducts(
    wheels.map(({ name, version, fileName, path }) => ({ kind: 'wheel', name, version, fileName, path })),
  );
  return new Map(products.map((product, at) => [wheels[at]?.name ?? '', unpack(product)]));
}

/**
 * @param {import('./build-products.mjs').Product} product
 * @returns {Unpacked}
 */
function unpack({ archive, sources }) {
  return { archive: read(archive.path), sources: read(sources.path) };
}

/** @param {string} path */
function read(path) {
  return new Uint8Array(gunzipSync(readFileSync(path)));
}
