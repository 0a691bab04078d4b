// @ts-check
import { describe, expect, it } from 'vitest';
import { findFirefox } from './find-firefox.mjs';

const esr = '/usr/bin/firefox-esr';
const firefox = '/usr/bin/firefox';

/**
 * A machine on which only the given files exist; what is installed on it is noted in `installed`.
 * @param {{ files?: string[], broken?: string[], named?: string, apt?: string[] }} state `apt`: the files that an
 * installation brings
 */
function machine({ files = [], broken = [], named, apt }) {
  const present = new Set(files);
  /** @type {string[]} */
  const installed = [];
  /** @type {import('./firefox-probes.mjs').FirefoxProbes} */
  const probes = {
    environment: named === undefined ? {} : { CAHIER_FIREFOX: named },
    exists: (path) => present.has(path),
    starts: (path) => !broken.includes(path),
    commonPaths: () => [esr, firefox],
    canInstallWithApt: () => apt !== undefined,
    installWithApt: (packages) => {
      installed.push(...packages);
      for (const path of apt ?? []) present.add(path);
      return Promise.resolve(true);
    },
  };
  return { probes, installed };
}

describe('findFirefox', () => {
  it('takes the one that CAHIER_FIREFOX names before all others', async () => {
    const { probes } = machine({ files: ['/mine', esr], named: '/mine' });
    expect(await findFirefox(probes)).toEqual({
      kind: 'found',
      executablePath: '/mine',
      source: 'environment',
    });
  });

  it('says so when the one that CAHIER_FIREFOX names is not there or does not start, and takes no other', async () => {
    for (const { probes } of [
      machine({ files: [esr], named: '/gone' }),
      machine({ files: ['/gone', esr], broken: ['/gone'], named: '/gone' }),
    ]) {
      await expect(findFirefox(probes)).rejects.toThrow('CAHIER_FIREFOX names /gone, which does not start');
    }
  });

  it('takes the first installed one that starts', async () => {
    const { probes, installed } = machine({ files: [esr, firefox], broken: [esr], apt: [] });
    expect(await findFirefox(probes)).toEqual({
      kind: 'found',
      executablePath: firefox,
      source: 'installed',
    });
    expect(installed).toEqual([]);
  });

  it('installs the package where there is none', async () => {
    const { probes, installed } = machine({ apt: [esr] });
    expect(await findFirefox(probes)).toEqual({ kind: 'found', executablePath: esr, source: 'apt' });
    expect(installed).toEqual(['firefox-esr']);
  });

  it('tells why there is none', async () => {
    expect(await findFirefox(machine({ apt: [] }).probes)).toEqual({
      kind: 'missing',
      reason: 'no Firefox was found, and firefox-esr could not be installed',
    });
    expect(await findFirefox(machine({}).probes)).toEqual({
      kind: 'missing',
      reason:
        'no Firefox was found; install one (on Debian: apt-get install firefox-esr) or set CAHIER_FIREFOX to its path',
    });
  });
});
