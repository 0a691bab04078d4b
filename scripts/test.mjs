// @ts-check
import { rings } from './test/rings.mjs';
import { chooseRings, runRings, summary } from './test/run-rings.mjs';

// Runs the tests: all rings, or those named on the command line, for example: node scripts/test.mjs unit python
try {
  const results = await runRings(chooseRings(rings, process.argv.slice(2)), console.log);
  console.log(`\n${summary(results)}`);
  process.exitCode = results.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
