// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

// Runs the tests of the SDK in Pyodide, which is where it is used. Names of tests can be given, as unittest takes them:
//   node python/tests/run_in_pyodide.mjs [test_log.Limit ...]
//
// What waits is tested once more in a Node that lets promises pause Python, as most browsers do.

const testsFolder = dirname(fileURLToPath(import.meta.url));
const sourceFolder = resolve(testsFolder, '../src');
const wheelFolder =
  process.env['CAHIER_WHEEL_CACHE'] || resolve(testsFolder, '../../node_modules/.cache/cahier/wheels');

/** @type {{ packages: Record<string, { file_name: string, depends: string[] }> }} */
const lock = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('pyodide/pyodide-lock.json'), 'utf8'),
);

/**
 * The files of a package and of all it depends on that are not in the folder of wheels.
 * @param {string} name
 * @param {Set<string>} visited packages that were looked for already
 * @returns {string[]}
 */
function missingWheels(name, visited) {
  if (visited.has(name)) return [];
  visited.add(name);
  const entry = lock.packages[name];
  if (entry === undefined) throw new Error(`pyodide-lock.json has no package "${name}"`);
  const own = existsSync(join(wheelFolder, entry.file_name)) ? [] : [entry.file_name];
  return [...own, ...entry.depends.flatMap((dependency) => missingWheels(dependency, visited))];
}

/** @type {Set<string>} */
const visited = new Set();
const required = ['numpy', 'pandas'].flatMap((name) => missingWheels(name, visited));
if (required.length > 0) {
  console.error(`${wheelFolder} lacks ${required.join(', ')}.`);
  console.error('Run: npm run wheels, or name a folder that has them in CAHIER_WHEEL_CACHE.');
  process.exit(1);
}
const missingForDrawing = missingWheels('matplotlib', visited);
if (missingForDrawing.length > 0) {
  console.log(`Tests that draw are skipped: ${wheelFolder} lacks ${missingForDrawing.join(', ')}.`);
}

const pyodide = await loadPyodide({
  packageCacheDir: wheelFolder,
  env: {
    HOME: '/home/pyodide',
    MPLBACKEND: 'Agg',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: '/sdk/src:/sdk/tests',
  },
});
pyodide.mountNodeFS('/sdk/src', sourceFolder);
pyodide.mountNodeFS('/sdk/tests', testsFolder);
const packages = ['numpy', 'pandas', ...(missingForDrawing.length === 0 ? ['matplotlib'] : [])];
await pyodide.loadPackage(packages, { messageCallback: () => undefined });

const locals = pyodide.toPy({ names: process.argv.slice(2) });
const hasPassed = await pyodide.runPythonAsync(
  `
import sys, unittest
loader = unittest.TestLoader()
suite = loader.loadTestsFromNames(names) if names else loader.discover("/sdk/tests")
result = unittest.TextTestRunner(sys.stdout, verbosity=1).run(suite)
result.testsRun > 0 and result.wasSuccessful()
`,
  { locals },
);
process.exitCode = hasPassed ? 0 : 1;

/** Under what names versions of V8 have JavaScript Promise Integration, where it is not switched on anyway. */
const pausingFlags = ['--experimental-wasm-jspi', '--experimental-wasm-stack-switching'];
const pausingTests = ['test_waits_in_browser', 'test_leaks'];

if (process.argv.length === 2) {
  const flag = pausingFlags.find((name) => spawnSync(process.execPath, [name, '-e', '']).status === 0);
  if (flag === undefined) {
    console.log(
      `${pausingTests.join(' and ')} were not run with a Python that can be paused: this Node has no flag for it.`,
    );
  } else {
    const script = fileURLToPath(import.meta.url);
    const { status } = spawnSync(process.execPath, [flag, script, ...pausingTests], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

// Timers of scripts that were stopped are left.
process.exit();
