// @ts-check
import { browserEnvironment, rings, runTool } from './test/rings.mjs';
import { chooseRings, runRings, summary } from './test/run-rings.mjs';

// Runs the tests of faults in full, which `npm test` runs in small: all of them, or those named on the command line, for
// example: node scripts/test-faults.mjs files storage. A count that is set already stays as it is.
process.env['CAHIER_FUZZ_FILES'] ??= '10000';
process.env['CAHIER_FAULT_ROUNDS'] ??= '2000';
process.env['CAHIER_KILL_COUNT'] ??= '200';

/** Each takes as long as its count asks for. */
const longestSeconds = 3 * 3_600;
const patience = ['--testTimeout', String(longestSeconds * 1_000)];

/** @type {import('./test/run-rings.mjs').Ring[]} */
const faults = [
  {
    name: 'files',
    needs: [],
    execute: () =>
      vitest(
        'unit',
        [
          'src/storage/workspace-file/hostile-files',
          'src/storage/workspace-file/fuzzed-files',
          'src/session/clock-set-back',
        ],
        {},
      ),
  },
  {
    name: 'storage',
    needs: [],
    execute: async () =>
      vitest(
        'browser',
        [
          'src/storage/faults',
          'src/storage/open-stored',
          'src/storage/salvage',
          'src/storage/workspace-file/import-faults',
        ],
        await browserEnvironment(),
      ),
  },
  ...rings.filter(({ name }) => name === 'build'),
  {
    name: 'tabs',
    needs: ['build'],
    execute: async () =>
      runTool(
        '@playwright/test',
        ['test', '-c', 'e2e/playwright.config.ts', 'killed-tabs.spec.ts'],
        await browserEnvironment(),
        'playwright',
        longestSeconds,
      ),
  },
];

/**
 * @param {string} project
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} environment
 */
function vitest(project, files, environment) {
  const options = ['run', '--project', project, ...patience, ...files];
  return runTool('vitest', options, environment, 'vitest', longestSeconds);
}

try {
  const results = await runRings(chooseRings(faults, process.argv.slice(2)), console.log);
  console.log(`\n${summary(results)}`);
  process.exitCode = results.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
