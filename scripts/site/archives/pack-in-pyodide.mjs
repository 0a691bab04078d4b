// @ts-check
import { renameSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { loadPyodide } from 'pyodide';
import { sha256 } from '../../wheels/cache.mjs';
import { projectVersion } from '../../project.mjs';
import { nameSource, readSource } from './build-products.mjs';
import { readLock, sdkFolder } from './sources.mjs';

// Packs what Python imports from, inside the Python that will import it. Run by build-products.mjs in a process of its
// own, with the tasks as JSON in the first argument.

/** @typedef {import('./build-products.mjs').Task} Task */
/** @typedef {import('./build-products.mjs').PackedDescription} PackedDescription */
/** @typedef {import('pyodide').PyodideAPI} Pyodide */

/** @type {Task[]} */
const tasks = JSON.parse(process.argv[2] ?? '[]');

const pyodide = await loadPyodide({
  // Sets of constants are written in the order of their hashes, which is to be the same each time.
  env: { HOME: '/home/pyodide', PYTHONPATH: '/sdk', PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  fsInit: async (FS) => {
    FS.mkdirTree('/sdk');
    FS.mount(FS.filesystems.NODEFS, { root: sdkFolder }, '/sdk');
  },
});

for (const task of tasks) {
  try {
    const [archive, sources] = pack(pyodide, task);
    writeProduct(task.to, archive, sources);
  } catch (error) {
    console.error(`${nameSource(task)}:`, refusalOf(error) ?? error);
    process.exitCode = 1;
  }
}

/**
 * What the packer says of a file that it refuses; of anything else the whole error is wanted.
 * @param {unknown} error
 * @returns {string | undefined}
 */
function refusalOf(error) {
  return /PackingError: (.+)\n$/.exec(error instanceof Error ? error.message : '')?.[1];
}

/**
 * @param {Pyodide} python
 * @param {Task} task
 * @returns {[archive: Uint8Array, sources: Uint8Array]}
 */
function pack(python, task) {
  const packing = python.pyimport('cahier.packing');
  const data = python.toPy(new Uint8Array(readSource(task)));
  const packed = callPacker(packing, task, data);
  try {
    return packed.toJs();
  } finally {
    for (const proxy of [packed, data, packing]) proxy.destroy();
  }
}

/**
 * @param {import('pyodide/ffi').PyProxy} packing
 * @param {Task} task
 * @param {import('pyodide/ffi').PyProxy} data
 * @returns {import('pyodide/ffi').PyProxy}
 */
function callPacker(packing, task, data) {
  switch (task.kind) {
    case 'stdlib':
      return packing.pack_stdlib(data, readLock().info.python);
    case 'sdk':
      return packing.pack_sdk(data, projectVersion());
    case 'wheel':
      return packing.pack_wheel(data, task.fileName, task.name, task.version);
  }
}

/**
 * What is known of the files comes last: a product is there when that is.
 * @param {string} to
 * @param {Uint8Array} archive
 * @param {Uint8Array} sources
 */
function writeProduct(to, archive, sources) {
  const product = {
    archive: writePacked(`${to}.pack`, archive),
    sources: writePacked(`${to}-sources.pack`, sources),
  };
  writeWhole(`${to}.json`, JSON.stringify(product));
}

/**
 * @param {string} path
 * @param {Uint8Array} unpacked
 * @returns {PackedDescription}
 */
function writePacked(path, unpacked) {
  const packed = gzipSync(unpacked, { level: 9 });
  // Which system packed it is none of the content's business.
  packed[9] = 255;
  writeWhole(path, packed);
  return {
    sizeBytes: packed.byteLength,
    unpackedBytes: unpacked.byteLength,
    packedSha256: sha256(packed),
    sha256: sha256(unpacked),
  };
}

/**
 * Writes under another name first, so that nobody who reads the folder at the same time meets half a file.
 * @param {string} path
 * @param {Uint8Array | string} content
 */
function writeWhole(path, content) {
  const temporaryPath = `${path}.${process.pid}.partial`;
  writeFileSync(temporaryPath, content);
  renameSync(temporaryPath, path);
}
