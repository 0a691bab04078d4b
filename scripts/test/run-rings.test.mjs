// @ts-check
import { describe, expect, it } from 'vitest';
import { chooseRings, runRings, summary } from './run-rings.mjs';

/**
 * @param {string} name
 * @param {import('./run-rings.mjs').Ring['execute']} execute
 * @param {string[]} [needs]
 */
const ring = (name, execute, needs = []) => ({ name, execute, needs });
const passes = () => Promise.resolve(0);
const fails = () => Promise.resolve(1);
const isSkipped = () => Promise.resolve({ skippedBecause: 'no Firefox was found' });
const cannotRun = () => Promise.reject(new Error('No browser was found'));

/** @param {import('./run-rings.mjs').Ring[]} rings */
async function results(...rings) {
  /** @type {string[]} */
  const said = [];
  const all = await runRings(rings, (line) => said.push(line));
  return { results: all.map(({ name, result }) => `${name} ${result}`), said: said.join('\n') };
}

describe('runRings', () => {
  it('goes on after a ring that fails or cannot run', async () => {
    const { results: all, said } = await results(ring('a', fails), ring('b', cannotRun), ring('c', passes));
    expect(all).toEqual(['a failed: exit code 1', 'b failed: could not be run', 'c passed']);
    expect(said).toContain('No browser was found');
  });

  it('does not run a ring whose ground has failed', async () => {
    expect((await results(ring('build', fails), ring('e2e', passes, ['build']))).results).toEqual([
      'build failed: exit code 1',
      'e2e failed: not run, because "build" has failed',
    ]);
  });

  it('goes on after a ring that is skipped, and says why it is', async () => {
    const { results: all, said } = await results(ring('firefox', isSkipped), ring('e2e', passes));
    expect(all).toEqual(['firefox skipped: no Firefox was found', 'e2e passed']);
    expect(said).toContain('######## firefox: skipped: no Firefox was found, ');
  });

  it('runs a ring whose ground was not asked for', async () => {
    expect((await results(ring('e2e', passes, ['build']))).results).toEqual(['e2e passed']);
  });
});

describe('chooseRings', () => {
  const rings = [ring('unit', passes), ring('python', passes), ring('e2e', passes)];

  it('keeps the order of the rings, whatever the order of the names', () => {
    expect(chooseRings(rings, ['e2e', 'unit']).map(({ name }) => name)).toEqual(['unit', 'e2e']);
    expect(chooseRings(rings, [])).toEqual(rings);
  });

  it('says which rings there are', () => {
    expect(() => chooseRings(rings, ['unti'])).toThrow(
      'There is no ring "unti". The rings are: unit, python, e2e',
    );
  });
});

describe('summary', () => {
  it('ends with the count alone on a line', () => {
    const text = summary([
      { name: 'unit', verdict: 'passed', result: 'passed', seconds: 2.34 },
      { name: 'e2e', verdict: 'failed', result: 'failed: exit code 1', seconds: 61 },
      { name: 'firefox', verdict: 'skipped', result: 'skipped: none', seconds: 0.1 },
    ]);
    expect(text.split('\n')).toEqual([
      'ring     result               seconds',
      '-------  -------------------  -------',
      'unit     passed                   2.3',
      'e2e      failed: exit code 1     61.0',
      'firefox  skipped: none            0.1',
      '',
      '1 passed, 1 failed',
    ]);
  });
});
