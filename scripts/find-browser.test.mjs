// @ts-check
import { describe, expect, it } from 'vitest';
import { findBrowser } from './find-browser.mjs';

const own = '/playwright/chromium';
const chrome = '/usr/bin/google-chrome';
const chromium = '/usr/bin/chromium';

/**
 * A machine on which only the given files exist; what is asked of it is noted in `asked`.
 * @param {{ files?: string[], broken?: string[], named?: string, downloads?: string, apt?: string }} state
 */
function machine({ files = [], broken = [], named, downloads, apt }) {
  const present = new Set(files);
  /** @type {string[]} */
  const asked = [];
  /** @type {import('./browser-probes.mjs').BrowserProbes} */
  const probes = {
    environment: named === undefined ? {} : { CAHIER_BROWSER: named },
    exists: (path) => present.has(path),
    starts: (path) => !broken.includes(path),
    playwrightPath: () => Promise.resolve(own),
    commonPaths: () => [chrome, chromium],
    downloadWithPlaywright: () => {
      asked.push('download');
      if (downloads !== undefined) present.add(downloads);
      return Promise.resolve(downloads !== undefined);
    },
    canInstallWithApt: () => apt !== undefined,
    installWithApt: (packages) => {
      asked.push(`apt ${packages.join(' ')}`);
      if (apt !== undefined) present.add(apt);
      return Promise.resolve(true);
    },
  };
  return { probes, asked };
}

describe('findBrowser', () => {
  it('takes the browser that CAHIER_BROWSER names before all others', async () => {
    const { probes } = machine({ files: ['/mine', own, chrome], named: '/mine' });
    expect(await findBrowser(probes)).toEqual({ executablePath: '/mine', source: 'environment' });
  });

  it('says so when CAHIER_BROWSER names nothing, and takes no other', async () => {
    const { probes, asked } = machine({ files: [own, chrome], named: '/gone' });
    await expect(findBrowser(probes)).rejects.toThrow('CAHIER_BROWSER names /gone, but there is no such');
    expect(asked).toEqual([]);
  });

  it('says so when the browser that CAHIER_BROWSER names does not start', async () => {
    const { probes } = machine({ files: ['/mine', own], broken: ['/mine'], named: '/mine' });
    await expect(findBrowser(probes)).rejects.toThrow('CAHIER_BROWSER names /mine, but it does not start');
  });

  it("takes Playwright's own before an installed one", async () => {
    const { probes } = machine({ files: [own, chrome] });
    expect(await findBrowser(probes)).toEqual({ executablePath: own, source: 'playwright' });
  });

  it("takes an installed one where Playwright's own lacks libraries", async () => {
    const { probes, asked } = machine({ files: [own, chromium], broken: [own] });
    expect(await findBrowser(probes)).toEqual({ executablePath: chromium, source: 'installed' });
    expect(asked).toEqual([]);
  });

  it('takes the first installed one that starts', async () => {
    const { probes } = machine({ files: [chrome, chromium], broken: [chrome] });
    expect(await findBrowser(probes)).toEqual({ executablePath: chromium, source: 'installed' });
  });

  it('lets Playwright download one where there is none', async () => {
    const { probes, asked } = machine({ downloads: own, apt: chromium });
    expect(await findBrowser(probes)).toEqual({ executablePath: own, source: 'downloaded' });
    expect(asked).toEqual(['download']);
  });

  it('installs the package where the download fails', async () => {
    const { probes, asked } = machine({ apt: chromium });
    expect(await findBrowser(probes)).toEqual({ executablePath: chromium, source: 'apt' });
    expect(asked).toEqual(['download', 'apt chromium']);
  });

  it('installs the package where the downloaded one does not start', async () => {
    const { probes, asked } = machine({ downloads: own, broken: [own], apt: chromium });
    expect(await findBrowser(probes)).toEqual({ executablePath: chromium, source: 'apt' });
    expect(asked).toEqual(['download', 'apt chromium']);
  });

  it('says what to do where nothing helps', async () => {
    const { probes, asked } = machine({});
    await expect(findBrowser(probes)).rejects.toThrow('npx playwright install --with-deps chromium');
    expect(asked).toEqual(['download']);
  });
});
