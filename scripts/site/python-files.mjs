// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';
import { projectFolder } from '../project.mjs';
import { distributionUrl } from '../wheels/lock.mjs';
import { hostedWheels } from '../wheels.mjs';

/** The files of Pyodide's core that a browser fetches. */
const coreNames = [
  'pyodide.mjs',
  'pyodide.asm.js',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

const pyodideFolder = join(projectFolder, 'node_modules', 'pyodide');

/**
 * A file that the built site serves for Python.
 * @typedef {{ path: string, from: string } | { path: string, content: Uint8Array | string }} SiteFile
 */

/**
 * All files that the site serves for Python, with what the page has to know of them.
 */
export function collectPythonFiles() {
  const wheels = hostedWheels();
  const sdk = packSdk(join(projectFolder, 'python', 'src'));
  const sdkPath = `python/cahier-sdk-${createHash('sha256').update(sdk).digest('hex').slice(0, 12)}.zip`;
  const served = [
    ...coreNames.map((name) => ({ name, from: join(pyodideFolder, name) })),
    ...wheels.map((wheel) => ({ name: wheel.fileName, from: wheel.path })),
  ];
  /** @type {SiteFile[]} */
  const files = [
    ...served.map(({ name, from }) => ({ path: `pyodide/${name}`, from })),
    { path: sdkPath, content: sdk },
    {
      path: 'python/packages.json',
      content: JSON.stringify(listPackages(wheels.map((wheel) => wheel.fileName))),
    },
  ];
  const description = {
    pyodidePath: 'pyodide/',
    sdkPath,
    sdkSizeBytes: sdk.byteLength,
    packagesPath: 'python/packages.json',
    wheelCdnUrl: distributionUrl(),
    servedFiles: Object.fromEntries(served.map(({ name, from }) => [name, statSync(from).size])),
  };
  return { files, description };
}

/**
 * Every package of the distribution that a cell can import.
 * @param {string[]} servedNames
 */
function listPackages(servedNames) {
  const lock = JSON.parse(readFileSync(join(pyodideFolder, 'pyodide-lock.json'), 'utf8'));
  /** @type {{ name: string, version: string, imports: string[], file_name: string }[]} */
  const entries = Object.values(lock.packages);
  return entries
    .filter((entry) => entry.imports.length > 0)
    .map(({ name, version, imports, file_name: fileName }) => ({
      name,
      version,
      imports,
      isServed: servedNames.includes(fileName),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/**
 * The SDK as one zip, with the same bytes for the same sources. Its files are stored, not packed: Python imports from
 * it directly, and the server compresses it on the way.
 * @param {string} folder
 */
function packSdk(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.py') || name.endsWith('py.typed'))
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [name, new Uint8Array(readFileSync(join(folder, relative('', name))))]),
  );
  return zipSync(files, { level: 0, mtime: new Date(2025, 0, 1) });
}
