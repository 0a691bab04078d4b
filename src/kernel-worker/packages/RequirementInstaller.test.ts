import type { PyodideAPI } from 'pyodide';
import { describe, expect, it } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import type { JobPackages, JobWheel } from '../../model/job-request.ts';
import { RequirementInstaller } from './RequirementInstaller.ts';

const wheel: JobWheel = {
  blob: BlobHash.from('a'.repeat(64)),
  fileName: 'own-2.0-py3-none-any.whl',
  name: 'own',
  version: '2.0',
  byteSize: 7,
  modules: ['own'],
  needs: [],
  content: null,
};

/** An installer whose Python fails as it is told, and how many of its proxies are not destroyed. */
function setup(): {
  installer: RequirementInstaller;
  failures: Map<string, readonly [problem: string, isLasting: boolean]>;
  refusals: string[];
  countProxies: () => number;
} {
  const failures = new Map<string, readonly [string, boolean]>();
  const refusals: string[] = [];
  let proxyCount = 0;
  const install = (requirement: string): Promise<unknown> => {
    for (const text of refusals) installer.noteRefusal(text);
    const failure = failures.get(requirement);
    if (failure) proxyCount += 1;
    return Promise.resolve(failure && { toJs: () => failure, destroy: () => (proxyCount -= 1) });
  };
  const pyodide = { pyimport: () => ({ install }) } as unknown as PyodideAPI;
  const installer = new RequirementInstaller(pyodide);
  return { installer, failures, refusals, countProxies: () => proxyCount };
}

const lists: JobPackages = { wheels: [], requirements: ['sixx', 'six'] };
const told = 'The requirement “sixx” was not installed. There is none.';

describe('a requirement that cannot be had', () => {
  it('is remembered with what was told of it, as long as the lists are the same', async () => {
    const { installer, failures, countProxies } = setup();
    failures.set('sixx', ['There is none.', true]);
    installer.noteLists(lists);
    expect(installer.getFailure('sixx')).toBeUndefined();
    expect(await installer.install('sixx')).toBe(told);
    installer.noteLists({ wheels: [], requirements: ['sixx', 'six'] });
    expect(installer.getFailure('sixx')).toBe(told);
    expect(installer.listMissing(lists.requirements)).toEqual(['sixx', 'six']);
    expect(countProxies()).toBe(0);
  });

  for (const [what, changed] of [
    ['the requirements', { wheels: [], requirements: ['sixx'] }],
    ['the wheels', { ...lists, wheels: [wheel] }],
  ] as const) {
    it(`may be asked for again when ${what} of the notebook change`, async () => {
      const { installer, failures } = setup();
      failures.set('sixx', ['There is none.', true]);
      installer.noteLists(lists);
      await installer.install('sixx');
      installer.noteLists(changed);
      expect(installer.getFailure('sixx')).toBeUndefined();
    });
  }

  it('may be asked for again after another was installed, which may have brought what it lacks', async () => {
    const { installer, failures } = setup();
    failures.set('sixx', ['There is none.', true]);
    await installer.install('sixx');
    await installer.install('six');
    expect(installer.getFailure('sixx')).toBeUndefined();
  });
});

describe('a requirement that could not be had this time', () => {
  it('is not remembered where Python says that it may be had later', async () => {
    const { installer, failures } = setup();
    failures.set('sixx', ['The line is cut.', false]);
    expect(await installer.install('sixx')).toBe(
      'The requirement “sixx” was not installed. The line is cut.',
    );
    expect(installer.getFailure('sixx')).toBeUndefined();
  });

  it('is not remembered where the network refused, whatever Python made of it', async () => {
    const { installer, failures, refusals } = setup();
    failures.set('sixx', ['There is none.', true]);
    refusals.push('pypi.org is not allowed.');
    expect(await installer.install('sixx')).toBe(
      'The requirement “sixx” was not installed. pypi.org is not allowed.',
    );
    expect(installer.getFailure('sixx')).toBeUndefined();
  });
});
