// @ts-check
import { formatTable } from '../table.mjs';

/**
 * One ring of tests.
 * @typedef {object} Ring
 * @property {string} name as it is given on the command line
 * @property {string[]} needs names of rings before it; when one of these has failed, this one is not run and counts as failed
 * @property {() => Promise<number>} execute gives an exit code; throws when the ring cannot run, with what to do
 */

/** @typedef {{ name: string, hasPassed: boolean, result: string, seconds: number }} RingResult */

/**
 * The rings of these names, in their own order; all of them when none is named.
 * @param {Ring[]} rings
 * @param {string[]} names
 * @returns {Ring[]}
 * @throws {Error} when there is no ring of a name
 */
export function chooseRings(rings, names) {
  const known = rings.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no ring "${unknown.join('", "')}". The rings are: ${known.join(', ')}`);
  }
  return names.length === 0 ? rings : rings.filter(({ name }) => names.includes(name));
}

/**
 * Runs one ring after the other and goes on after a failure, so that one run tells of all.
 * @param {Ring[]} rings
 * @param {(line: string) => void} say
 * @returns {Promise<RingResult[]>}
 */
export async function runRings(rings, say) {
  /** @type {RingResult[]} */
  const results = [];
  for (const ring of rings) {
    say(`\n######## ${ring.name}`);
    const startedMs = performance.now();
    const result = await outcomeOf(ring, results, say);
    const seconds = (performance.now() - startedMs) / 1000;
    results.push({ name: ring.name, hasPassed: result === 'passed', result, seconds });
    say(`######## ${ring.name}: ${result}, ${seconds.toFixed(1)} s`);
  }
  return results;
}

/**
 * @param {Ring} ring
 * @param {RingResult[]} before
 * @param {(line: string) => void} say
 * @returns {Promise<string>} 'passed' or what else
 */
async function outcomeOf(ring, before, say) {
  const broken = before.find(({ name, hasPassed }) => ring.needs.includes(name) && !hasPassed);
  if (broken !== undefined) return `failed: not run, because "${broken.name}" has failed`;
  try {
    const exitCode = await ring.execute();
    return exitCode === 0 ? 'passed' : `failed: exit code ${exitCode}`;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 'failed: could not be run';
  }
}

/**
 * A table of the results; its last line counts them.
 * @param {RingResult[]} results
 * @returns {string}
 */
export function summary(results) {
  const rows = results.map(({ name, result, seconds }) => [name, result, seconds.toFixed(1)]);
  const passed = results.filter(({ hasPassed }) => hasPassed).length;
  const table = formatTable(['ring', 'result', 'seconds'], rows, { right: [2] });
  return `${table}\n\n${passed} passed, ${results.length - passed} failed`;
}
