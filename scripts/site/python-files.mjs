// @ts-check
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../wheels/cache.mjs';
import { distributionUrl } from '../wheels/lock.mjs';
import { hostedWheels } from '../wheels.mjs';
import { buildProducts } from './archives/build-products.mjs';
import { hashParts, pyodideFolder, readLock } from './archives/sources.mjs';

/** The files of Pyodide's core that a browser fetches. */
const coreNames = ['pyodide.mjs', 'pyodide.asm.js', 'pyodide.asm.wasm', 'pyodide-lock.json'];

/**
 * A file that the built site serves for Python. Its path holds a hash of what is in it, so that no address ever
 * answers with something else.
 * @typedef {{ path: string, from: string } | { path: string, content: Uint8Array | string }} SiteFile
 */

/** @typedef {import('./archives/build-products.mjs').PackedFile} PackedFile */
/** @typedef {import('./archives/build-products.mjs').Product} Product */

/**
 * All files that the site serves for Python, with what the page has to know of them.
 */
export async function collectPythonFiles() {
  const wheels = hostedWheels();
  const packed = wheels.filter(({ fileName }) => fileName.endsWith('.whl'));
  const [stdlib, sdk, ...products] = await buildProducts([
    { kind: 'stdlib' },
    { kind: 'sdk' },
    ...packed.map(({ name, version, fileName, path }) => ({
      kind: /** @type {const} */ ('wheel'),
      ...{ name, version, fileName, path },
    })),
  ]);
  if (!stdlib || !sdk) throw new Error('The standard library was not packed');
  const version = readLock().info.python;
  const stdlibPackage = placeProduct(`stdlib-${version}`, stdlib);
  const sdkPackage = placeProduct('cahier-sdk', sdk);
  const archives = packed.flatMap(({ name, version: ofWheel }, at) => {
    const product = products[at];
    if (!product) return [];
    return [{ ...describeLocked(name), placed: placeProduct(`packages/${name}-${ofWheel}`, product) }];
  });
  const placed = [stdlibPackage, sdkPackage, ...archives.map((archive) => archive.placed)];
  const pyodidePath = `pyodide/${hashCore()}/`;
  const served = coreNames.map((name) => ({ name, from: join(pyodideFolder, name) }));
  const packages = JSON.stringify(listPackages(wheels.map((wheel) => wheel.fileName)));
  const packagesPath = hashedPath('packages', packages, 'json');
  /** @type {SiteFile[]} */
  const files = [
    ...served.map(({ name, from }) => ({ path: pyodidePath + name, from })),
    ...placed.flatMap((product) => product.files),
    { path: packagesPath, content: packages },
  ];
  const description = {
    pyodidePath,
    packagesPath,
    wheelCdnUrl: distributionUrl(),
    servedFiles: Object.fromEntries(served.map(({ name, from }) => [name, statSync(from).size])),
    stdlib: stdlibPackage.description,
    sdk: sdkPackage.description,
    archives: archives.map(({ placed: { description: described }, ...locked }) => ({
      ...locked,
      ...described,
    })),
    pythonBuildId: hashParts(
      [pyodidePath, ...placed.flatMap((product) => product.files.map((file) => file.path))].map((path) => [
        path,
        '',
      ]),
    ),
  };
  return { files, description };
}

/**
 * The files of a product under the addresses that they are served at, and what the page has to know of them.
 * @param {string} name
 * @param {Product} product
 */
function placeProduct(name, { archive, sources }) {
  const archivePath = packedPath(name, archive);
  const sourcesPath = packedPath(`${name}-sources`, sources);
  return {
    files: [
      { path: archivePath, from: archive.path },
      { path: sourcesPath, from: sources.path },
    ],
    description: {
      archive: describePacked(archivePath, archive),
      sources: describePacked(sourcesPath, sources),
    },
  };
}

/**
 * Without the ending of gzip: some hosts would unpack it on the way and others not.
 * @param {string} name
 * @param {PackedFile} file
 */
function packedPath(name, { packedSha256 }) {
  return `python/${name}-${packedSha256.slice(0, 12)}.pack`;
}

/**
 * @param {string} name
 * @param {Uint8Array | string} content
 * @param {string} ending
 */
function hashedPath(name, content, ending) {
  return `python/${name}-${sha256(Buffer.from(content)).slice(0, 12)}.${ending}`;
}

/**
 * @param {string} path
 * @param {PackedFile} file
 */
function describePacked(path, { sizeBytes, unpackedBytes, sha256: unpackedSha256 }) {
  return { path, sizeBytes, unpackedBytes, sha256: unpackedSha256 };
}

/** One hash over the core, in twelve digits; the hashes of all wheels stand in the lock file, which is part of it. */
function hashCore() {
  return hashParts(coreNames.map((name) => [name, readFileSync(join(pyodideFolder, name))])).slice(0, 12);
}

/** @param {string} key */
function describeLocked(key) {
  const entry = readLock().packages[key];
  if (entry === undefined) throw new Error(`The lock file has no package "${key}"`);
  const { version, depends, imports } = entry;
  return { name: key, version, depends, imports };
}

/**
 * Every package of the distribution that a cell can import.
 * @param {string[]} servedNames
 */
function listPackages(servedNames) {
  return Object.values(readLock().packages)
    .filter((entry) => entry.imports.length > 0)
    .map(({ name, version, imports, file_name: fileName }) => ({
      name,
      version,
      imports,
      isServed: servedNames.includes(fileName),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
