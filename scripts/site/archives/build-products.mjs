// @ts-check
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../project.mjs';
import { runOrThrow } from '../../run.mjs';
import { readIfPresent, sha256 } from '../../wheels/cache.mjs';
import { hashParts, pyodideFolder, sdkFolder, stdlibFile, zipSdk } from './sources.mjs';

/**
 * What is to be packed: the standard library, the SDK, or a wheel.
 * @typedef {{ kind: 'stdlib' } | { kind: 'sdk' } | WheelSource} Source
 */

/**
 * The name is the package's key in the lock file.
 * @typedef {{ kind: 'wheel', name: string, version: string, fileName: string, path: string }} WheelSource
 */

/**
 * A source and where its product goes: the path without the ending.
 * @typedef {Source & { to: string }} Task
 */

/**
 * A package, packed; `cahier.packing` says what the two files are.
 * @typedef {{ archive: PackedFile, sources: PackedFile }} Product
 */

/**
 * @typedef {PackedDescription & { path: string }} PackedFile in the cache
 */

/**
 * @typedef {object} PackedDescription
 * @property {number} sizeBytes as served
 * @property {number} unpackedBytes
 * @property {string} packedSha256 of the file as served, in hexadecimal
 * @property {string} sha256 of what comes out, in hexadecimal
 */

/** Compiling what a build carries takes some ten seconds on a slow machine. */
const timeoutSeconds = 600;

const packerProgram = fileURLToPath(new URL('pack-in-pyodide.mjs', import.meta.url));

/** @returns {string} the folder that products are kept in; it need not exist */
export function productCacheFolder() {
  return join(projectFolder, 'node_modules', '.cache', 'cahier', 'archives');
}

/**
 * The products of the sources, in their order. What was built before is taken from the cache; the rest is packed in one
 * process with Pyodide.
 * @param {readonly Source[]} sources
 * @param {string} [folder]
 * @returns {Promise<Product[]>}
 * @throws {Error} when something cannot be packed; what is wrong stands in the output
 */
export async function buildProducts(sources, folder = productCacheFolder()) {
  const packerHash = hashPacker();
  const tasks = sources.map((source) => ({ ...source, to: join(folder, productKey(source, packerHash)) }));
  const missing = tasks.filter((task) => readProduct(task.to) === undefined);
  if (missing.length > 0) {
    mkdirSync(folder, { recursive: true });
    const what = missing.map(nameSource).join(', ');
    await runOrThrow(`compile ${what}`, process.execPath, [packerProgram, JSON.stringify(missing)], {
      timeoutSeconds,
    });
  }
  return tasks.map((task) => {
    const product = readProduct(task.to);
    if (product === undefined) throw new Error(`${task.to} is damaged`);
    return product;
  });
}

/**
 * A name that is another one as soon as anything differs that the product depends on.
 * @param {Source} source
 * @param {string} packerHash
 */
function productKey(source, packerHash) {
  const hash = hashParts([
    ['packer', packerHash],
    ['source', JSON.stringify({ ...source, path: undefined })],
    ['content', readSource(source)],
  ]);
  return `${nameSource(source)}-${hash.slice(0, 32)}`;
}

/**
 * How a source is called in messages and in the cache.
 * @param {Source} source
 * @returns {string}
 */
export function nameSource(source) {
  return source.kind === 'wheel' ? `${source.name}-${source.version}` : source.kind;
}

/**
 * @param {Source} source
 * @returns {Uint8Array}
 */
export function readSource(source) {
  switch (source.kind) {
    case 'stdlib':
      return readFileSync(stdlibFile);
    case 'sdk':
      return zipSdk();
    case 'wheel':
      return readFileSync(source.path);
  }
}

/** Pyodide's version decides the format of the bytecode; the rest decides what becomes of it. */
function hashPacker() {
  const python = join(sdkFolder, 'cahier');
  const modules = readdirSync(python).filter((name) => name.startsWith('packing'));
  const files = [
    ...modules.sort().map((name) => join(python, name)),
    packerProgram,
    join(pyodideFolder, 'package.json'),
  ];
  return hashParts(files.map((file) => [basename(file), readFileSync(file)]));
}

/**
 * What the cache has under a name; nothing where it is absent or damaged.
 * @param {string} to
 * @returns {Product | undefined}
 */
function readProduct(to) {
  const described = parseDescriptions(readIfPresent(`${to}.json`)?.toString() ?? '');
  if (described === undefined) return undefined;
  const archive = { ...described.archive, path: `${to}.pack` };
  const sources = { ...described.sources, path: `${to}-sources.pack` };
  return isWhole(archive) && isWhole(sources) ? { archive, sources } : undefined;
}

/** @param {PackedFile} file */
function isWhole({ path, packedSha256 }) {
  const packed = readIfPresent(path);
  return packed !== undefined && sha256(packed) === packedSha256;
}

/**
 * @param {string} text
 * @returns {{ archive: PackedDescription, sources: PackedDescription } | undefined}
 */
function parseDescriptions(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
