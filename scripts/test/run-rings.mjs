// @ts-check
import { formatTable } from '../table.mjs';

/**
 * One ring of tests.
 * @typedef {object} Ring
 * @property {string} name as it is given on the command line
 * @property {string[]} needs names of rings before it; when one of these has failed, this one is not run and counts as failed
 * @property {() => Promise<number | Skipped>} execute gives an exit code, or why it is skipped on this machine; throws when
 * the ring cannot run, with what to do
 */

/** @typedef {{ skippedBecause: string }} Skipped */
/** @typedef {'passed' | 'failed' | 'skipped'} Verdict */
/** @typedef {{ name: string, verdict: Verdict, result: string, seconds: number }} RingResult result: the verdict in words */

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
    const outcome = await outcomeOf(ring, results, say);
    const seconds = (performance.now() - startedMs) / 1000;
    results.push({ name: ring.name, ...outcome, seconds });
    say(`######## ${ring.name}: ${outcome.result}, ${seconds.toFixed(1)} s`);
  }
  return results;
}

/**
 * @param {Ring} ring
 * @param {RingResult[]} before
 * @param {(line: string) => void} say
 * @returns {Promise<{ verdict: Verdict, result: string }>}
 */
async function outcomeOf(ring, before, say) {
  const broken = before.find(({ name, verdict }) => ring.needs.includes(name) && verdict === 'failed');
  if (broken !== undefined) {
    return { verdict: 'failed', result: `failed: not run, because "${broken.name}" has failed` };
  }
  try {
    const ended = await ring.execute();
    if (ended === 0) return { verdict: 'passed', result: 'passed' };
    if (typeof ended === 'number') return { verdict: 'failed', result: `failed: exit code ${ended}` };
    return { verdict: 'skipped', result: `skipped: ${ended.skippedBecause}` };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { verdict: 'failed', result: 'failed: could not be run' };
  }
}

/**
 * A table of the results; its last line counts those that passed and failed.
 * @param {RingResult[]} results
 * @returns {string}
 */
export function summary(results) {
  const rows = results.map(({ name, result, seconds }) => [name, result, seconds.toFixed(1)]);
  const count = (/** @type {Verdict} */ wanted) => results.filter(({ verdict }) => verdict === wanted).length;
  const table = formatTable(['ring', 'result', 'seconds'], rows, { right: [2] });
  return `${table}\n\n${count('passed')} passed, ${count('failed')} failed`;
}
