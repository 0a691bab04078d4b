// @ts-check
import { NotebookId } from '../../src/model/ids.ts';
import { allParts } from '../../src/model/workspace-parts.ts';
import { hashBytes } from '../../src/shared/hash-bytes.ts';
import { Database } from '../../src/storage/Database.ts';
import { startExportWorker } from '../../src/storage/workspace-file/start-export-worker.ts';
import { startImportWorker } from '../../src/storage/workspace-file/start-import-worker.ts';
import { WorkspaceExporter } from '../../src/storage/workspace-file/WorkspaceExporter.ts';
import { WorkspaceImporter } from '../../src/storage/workspace-file/WorkspaceImporter.ts';

const valueBytes = 50_000_000;
const sourceName = 'bench source';
const targetName = 'bench target';

/** @type {Blob[]} */
let values = [];
/** @type {Blob} */
let file = new Blob();

const watch = { signal: new AbortController().signal, onProgress: () => undefined };

/** Stores 500 MB: half of it as the columns of tables are, half as images are. Both sides read them from there. */
async function fill() {
  const blobs = [];
  for (let index = 0; index < 10; index += 1) {
    const bytes = index % 2 === 0 ? buildColumn(index) : buildNoise();
    blobs.push({ hash: await hashBytes(bytes), content: new Blob([bytes]) });
  }
  const database = await open(sourceName);
  const workspaceId = await database.openWorkspace();
  const notebook = {
    id: NotebookId.create(),
    workspaceId,
    title: 'Large',
    cells: [],
    connections: [],
    files: blobs.map(({ hash }, index) => ({
      path: `${index}.${index % 2 === 0 ? 'arrow' : 'png'}`,
      blob: hash,
      byteSize: valueBytes,
    })),
    requirements: '',
    wheels: [],
    createdAt: 1,
    changedAt: 1,
    deletedAt: null,
  };
  // @ts-expect-error plain texts stand for hashes here
  const written = await database.saveNotebook(notebook, blobs);
  if (!written.isOk) throw new Error(written.problem.message);
  // @ts-expect-error plain texts stand for hashes here, too
  values = await Promise.all(blobs.map(async ({ hash }) => (await database.readBlob(hash)) ?? new Blob()));
  database.close();
}

/** @param {number} start */
function buildColumn(start) {
  const column = new Float64Array(valueBytes / 8);
  for (let row = 0; row < column.length; row += 1)
    column[row] = start + Math.round(Math.sin(row / 500) * 1e4) / 100;
  return column;
}

function buildNoise() {
  const bytes = new Uint8Array(valueBytes);
  for (let at = 0; at < valueBytes; at += 50_000) crypto.getRandomValues(bytes.subarray(at, at + 50_000));
  return bytes;
}

/** @param {string} name */
async function open(name) {
  const ignore = () => undefined;
  const opened = await Database.open({ onBlocked: ignore, onOutdated: ignore, onLost: ignore }, name);
  if (!opened.isOk) throw new Error(opened.problem);
  return opened.value;
}

/** @returns {Promise<number>} milliseconds */
async function exportFile() {
  const database = await open(sourceName);
  const exporter = new WorkspaceExporter(database, await database.openWorkspace(), startExportWorker);
  const started = performance.now();
  const written = await exporter.write({ picked: allParts, appVersion: 'bench', target: null, ...watch });
  const elapsed = performance.now() - started;
  database.close();
  file = written.file ?? new Blob();
  return elapsed;
}

/** @returns {Promise<number>} milliseconds, from the file to its storing */
async function importFile() {
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(targetName);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  const database = await open(targetName);
  const importer = new WorkspaceImporter(database, await database.openWorkspace(), startImportWorker);
  const started = performance.now();
  const read = await importer.read(file, { name: 'bench.cahier', ...watch });
  const readAt = performance.now();
  await read.store({ way: 'new', conflicts: [], title: 'Bench' }, watch);
  const elapsed = performance.now() - started;
  console.log(`read ${Math.round(readAt - started)} ms, all ${Math.round(elapsed)} ms`);
  read.dispose();
  database.close();
  return elapsed;
}

/**
 * The same by fflate alone.
 * @param {'pack' | 'unpack'} work
 * @returns {Promise<number>} milliseconds
 */
async function useFflate(work) {
  const worker = new Worker(new URL('./bare-fflate.mjs', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if ('elapsed' in data) resolve(data.elapsed);
        else reject(new Error(`fflate alone: ${data.problem}`));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(work === 'pack' ? { values } : { file });
    });
  } finally {
    worker.terminate();
  }
}

Object.assign(window, { workspaceFiles: { fill, exportFile, importFile, useFflate } });
