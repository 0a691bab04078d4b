// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from './cache.mjs';
import { fillCache } from './fill-cache.mjs';

/** @param {string} name */
const content = (name) => Buffer.from(`the bytes of ${name}`);

/** @param {string} name */
const wheel = (name) => ({
  name,
  version: '1.0',
  fileName: `${name}-1.0-py3-none-any.whl`,
  sha256: sha256(content(name)),
});

const numpy = wheel('numpy');
const pandas = wheel('pandas');
const six = wheel('six');

/**
 * A source that gives the offers and then, if told so, fails. What it was asked for is noted.
 * @param {string} label
 * @param {import('./fill-cache.mjs').Offer[]} offers
 * @param {string} [failure]
 */
function source(label, offers, failure) {
  /** @type {string[][]} */
  const asked = [];
  return {
    label,
    asked,
    /** @param {import('./lock.mjs').Wheel[]} wanted */
    async *offers(wanted) {
      asked.push(wanted.map(({ name }) => name));
      yield* await Promise.resolve(offers);
      if (failure !== undefined) throw new Error(failure);
    },
  };
}

describe('fillCache', () => {
  let folder = '';
  /** @type {string[]} */
  let notes = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cahier-wheels-'));
    notes = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /**
   * @param {import('./lock.mjs').Wheel[]} wheels
   * @param {import('./fill-cache.mjs').WheelSource[]} sources
   */
  const fill = async (wheels, sources) => {
    const found = await fillCache({ wheels, folder, sources, note: (line) => notes.push(line) });
    return [...found.values()].map((each) => `${each.wheel.name}: ${each.source}`);
  };

  it('asks a source only for what the ones before it did not have', async () => {
    const first = source('first', [{ bytes: content('numpy'), fileName: numpy.fileName }]);
    const second = source('second', [{ bytes: content('pandas') }, { bytes: content('six') }]);
    const third = source('third', []);
    expect(await fill([numpy, pandas, six], [first, second, third])).toEqual([
      'numpy: first',
      'pandas: second',
      'six: second',
    ]);
    expect([first.asked, second.asked, third.asked]).toEqual([
      [['numpy', 'pandas', 'six']],
      [['pandas', 'six']],
      [],
    ]);
    expect(readFileSync(join(folder, pandas.fileName))).toEqual(content('pandas'));
    expect(notes).toEqual([]);
  });

  it('leaves no half files behind', async () => {
    await fill([numpy], [source('first', [{ bytes: content('numpy') }])]);
    expect(readdirSync(folder)).toEqual([numpy.fileName]);
  });

  it('asks nobody when the cache has all', async () => {
    writeFileSync(join(folder, numpy.fileName), content('numpy'));
    const unneeded = source('unneeded', []);
    expect(await fill([numpy], [unneeded])).toEqual(['numpy: cache']);
    expect(unneeded.asked).toEqual([]);
  });

  it('notices a damaged file in the cache and replaces it', async () => {
    writeFileSync(join(folder, numpy.fileName), 'half a file');
    expect(await fill([numpy], [source('first', [{ bytes: content('numpy') }])])).toEqual(['numpy: first']);
    expect(readFileSync(join(folder, numpy.fileName))).toEqual(content('numpy'));
    expect(notes).toEqual([`cache: ${numpy.fileName} is damaged and does not count`]);
  });

  it('refuses a file with the wrong checksum and goes on to the next source', async () => {
    const forged = source('forger', [{ bytes: Buffer.from('something else'), fileName: numpy.fileName }]);
    expect(await fill([numpy], [forged, source('honest', [{ bytes: content('numpy') }])])).toEqual([
      'numpy: honest',
    ]);
    expect(notes).toEqual([
      `forger: ${numpy.fileName} is refused, its SHA-256 is not the one in pyodide-lock.json`,
    ]);
  });

  it('says nothing of unnamed bytes that are no wheel', async () => {
    expect(await fill([numpy], [source('npm', [{ bytes: Buffer.from('other zip') }])])).toEqual([]);
    expect([notes, readdirSync(folder)]).toEqual([[], []]);
  });

  it('keeps what a source gave before it failed, and notes the failure', async () => {
    const failing = source('network', [{ bytes: content('numpy') }], 'connection reset');
    expect(await fill([numpy, six], [failing, source('npm', [{ bytes: content('six') }])])).toEqual([
      'numpy: network',
      'six: npm',
    ]);
    expect(notes).toEqual(['network: connection reset']);
  });
});
