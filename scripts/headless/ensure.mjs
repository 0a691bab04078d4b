// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../project.mjs';
import { runOrThrow } from '../run.mjs';
import { wheelCacheFolder } from '../wheels/cache.mjs';

const cacheFolder = join(projectFolder, 'node_modules', '.cache', 'cahier', 'headless');

/** What the build is made of. */
const sources = [
  'src',
  'python/src',
  'scripts/site',
  'scripts/headless',
  'package.json',
  'package-lock.json',
];

/** Older builds may still be running; after so many milliseconds they are removed. */
const longestKept = 24 * 60 * 60 * 1_000;

/**
 * Builds what runs notebooks without a page, unless the sources are as they were. Several may do so at once.
 * @returns {Promise<string>} the path of the module to import
 * @throws {Error} when it cannot be built
 */
export async function ensureHeadless() {
  const folder = join(
    cacheFolder,
    hashState([...sources.map((path) => join(projectFolder, path)), wheelCacheFolder()]),
  );
  const main = join(folder, 'main.mjs');
  if (existsSync(main)) return main;
  mkdirSync(cacheFolder, { recursive: true });
  removeOld();
  const made = `${folder}.${process.pid}`;
  const script = fileURLToPath(new URL('build.mjs', import.meta.url));
  await runOrThrow('Building', process.execPath, [script, made], { outputTo: 'stderr' });
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another one was first.
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(main)) throw error;
  }
  return main;
}

/**
 * A hash of names, sizes and times of change, in 16 digits.
 * @param {string[]} paths of files and folders
 */
function hashState(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(listFiles)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== '__pycache__' && !/\.test\.ts$/.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => listFiles(join(path, entry.name)));
}

function removeOld() {
  for (const name of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, basename(name));
    if (Date.now() - lstatSync(path).mtimeMs > longestKept) rmSync(path, { recursive: true, force: true });
  }
}
