// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { findBrowser } from '../find-browser.mjs';
import { findFirefox } from '../find-firefox.mjs';
import { findPython } from '../find-python.mjs';
import { projectFolder, toolPath } from '../project.mjs';
import { run } from '../run.mjs';
import { builtFolder } from '../serve.mjs';
import { ensureWheels } from '../wheels.mjs';

/** @typedef {import('./run-rings.mjs').Ring} Ring */

/** A ring that hangs must not hold up the others for ever. */
const timeoutSeconds = 1_500;

/** @type {Ring[]} from the quickest to the slowest */
export const rings = [
  { name: 'unit', needs: [], execute: testUnits },
  { name: 'python', needs: [], execute: testPython },
  { name: 'pyodide', needs: [], execute: testPyodide },
  { name: 'components', needs: [], execute: testComponents },
  { name: 'build', needs: [], execute: build },
  // On the output of an older build the stories would tell nothing about this one.
  { name: 'e2e', needs: ['build'], execute: testStories },
  { name: 'firefox', needs: ['build'], execute: testInFirefox },
];

async function testUnits() {
  // Some import from archives of the wheels that are there.
  await ensureWheels();
  return runTool('vitest', ['run', '--project', 'unit*']);
}

async function testPython() {
  const files = readdirSync(join(projectFolder, 'python', 'tests'), { encoding: 'utf8', recursive: true });
  // Before 3.12 unittest is content when it finds nothing.
  if (!files.some((path) => /^test.*\.py$/.test(basename(path)))) {
    throw new Error('There is no test in python/tests.');
  }
  const searchPath = [join(projectFolder, 'python', 'src'), process.env['PYTHONPATH'] ?? ''];
  const environment = { PYTHONPATH: searchPath.filter((folder) => folder !== '').join(delimiter) };
  const python = await findPython();
  const unittest = ['-m', 'unittest', 'discover', '-s', 'python/tests'];
  return runCommand([python, ...unittest].join(' '), python, unittest, environment);
}

async function testPyodide() {
  await ensureWheels();
  const script = 'python/tests/run_in_pyodide.mjs';
  return runCommand(`node ${script}`, process.execPath, [script]);
}

async function testComponents() {
  return runTool('vitest', ['run', '--project', 'browser'], await browserEnvironment());
}

async function build() {
  await ensureWheels();
  return runTool('vite', ['build']);
}

async function testStories() {
  requireBuiltSite();
  const stories = ['test', '-c', 'e2e/playwright.config.ts'];
  return runTool('@playwright/test', stories, await browserEnvironment(), 'playwright');
}

async function testInFirefox() {
  requireBuiltSite();
  const firefox = await findFirefox();
  if (firefox.kind === 'missing') return { skippedBecause: firefox.reason };
  console.log(`Browser: ${firefox.executablePath} (${firefox.source})`);
  const environment = { CAHIER_FIREFOX: firefox.executablePath };
  return runTool('vitest', ['run', '--project', 'firefox'], environment);
}

/** @throws {Error} that says what to do, when there is none */
function requireBuiltSite() {
  if (existsSync(join(builtFolder, 'index.html'))) return;
  throw new Error('There is no built site. Name the ring "build" as well, or run: npm run build');
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
export async function browserEnvironment() {
  const { executablePath, source } = await findBrowser();
  console.log(`Browser: ${executablePath} (${source})`);
  return { CAHIER_BROWSER: executablePath };
}

/**
 * @param {string} packageName
 * @param {string[]} toolArguments
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {string} [toolName] when it differs from the package's
 * @param {number} [seconds] that it may take
 */
export function runTool(
  packageName,
  toolArguments,
  environment,
  toolName = packageName,
  seconds = timeoutSeconds,
) {
  const heading = [toolName, ...toolArguments].join(' ');
  const tool = toolPath(packageName, toolName);
  return runCommand(heading, process.execPath, [tool, ...toolArguments], environment, seconds);
}

/**
 * @param {string} heading
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {number} [seconds] that it may take
 * @returns {Promise<number>} the exit code
 */
async function runCommand(heading, command, commandArguments, environment = {}, seconds = timeoutSeconds) {
  return (await run(heading, command, commandArguments, { environment, timeoutSeconds: seconds })).exitCode;
}
