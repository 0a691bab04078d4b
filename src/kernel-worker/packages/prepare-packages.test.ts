import { describe, expect, it } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import type { JobWheel } from '../../model/job-request.ts';
import type { JobEvent } from '../../protocol/messages.ts';
import type { PackageLoader } from './PackageLoader.ts';
import { preparePackages, type PackageTools } from './prepare-packages.ts';
import type { RequirementInstaller } from './RequirementInstaller.ts';

const ownWheel: JobWheel = {
  blob: BlobHash.from('a'.repeat(64)),
  fileName: 'own-2.0-py3-none-any.whl',
  name: 'own',
  version: '2.0',
  byteSize: 7,
  modules: ['own'],
  needs: [],
  content: null,
};

/** Tools that write down what they are asked for, and a job that is stopped at one of these steps. */
function setup(
  stopAt: string,
  isAdded = false,
  refused: readonly string[] = [],
): { tools: PackageTools; steps: string[]; events: JobEvent[] } {
  const stop = new AbortController();
  const [steps, events]: [string[], JobEvent[]] = [[], []];
  const step = <T>(name: string, value: T): Promise<T> => {
    steps.push(name);
    if (name === stopAt) stop.abort(new Error('the job is stopped'));
    return Promise.resolve(value);
  };
  const loader = {
    listNeeded: (modules: readonly string[], elsewhere: ReadonlySet<string>) =>
      modules.filter((module) => !elsewhere.has(module)),
    listMissing: (keys: readonly string[]) => keys,
    listWithDependencies: (keys: readonly string[]) => keys,
    isKnown: (key: string) => key !== 'elsewhere',
    hasAdded: () => isAdded,
    load: (keys: readonly string[]) => step(`load ${keys.join(' ')}`, []),
    loadAdded: ({ name }: JobWheel) => step(`load the added ${name}`, null),
    takeUnpacked: () => null,
    listLoaded: (keys: readonly string[]) => keys.map((name) => ({ name, version: '1.0' })),
  };
  const installed = new Set<string>();
  const failures = new Map<string, string>();
  const installer = {
    noteLists: () => undefined,
    getFailure: (requirement: string) => failures.get(requirement),
    listMissing: (requirements: readonly string[]) => requirements.filter((one) => !installed.has(one)),
    install: (requirement: string) => {
      const isRefused = refused.includes(requirement);
      const problem = isRefused ? `“${requirement}” was not installed.` : null;
      if (problem === null) installed.add(requirement);
      else failures.set(requirement, problem);
      return step(`install ${requirement}`, problem);
    },
    hasInstalled: (requirements: readonly string[]) => requirements.length > 0,
    list: () => [{ name: 'faker', version: '30.0' }],
  };
  const tools = {
    loader: loader as unknown as PackageLoader,
    installer: installer as unknown as RequirementInstaller,
    emit: (event: JobEvent) => events.push(event),
    signal: stop.signal,
  };
  return { tools, steps, events };
}

const packages = { wheels: [ownWheel, ownWheel], requirements: ['faker', 'tomli'] };

const allSteps = [
  'load the added own',
  'load the added own',
  'load micropip',
  'install faker',
  'install tomli',
  'load numpy',
];

describe('the packages of a job', () => {
  it('come in order: its wheels, its requirements, what it imports', async () => {
    const { tools, steps } = setup('never');
    expect(await preparePackages(tools, ['numpy', 'own'], packages)).toEqual([]);
    expect(steps).toEqual(allSteps);
  });

  it('are installed where only the imports ask for them, and are told of beside those of the notebook', async () => {
    const { tools, steps, events } = setup('never', false, ['passlib']);
    const problems = await preparePackages(tools, ['numpy'], packages, { implied: ['passlib'] });
    expect([problems.slice(0, 1), steps.slice(2)]).toEqual([
      ['“passlib” was not installed.'],
      ['load micropip', 'install faker', 'install tomli', 'install passlib', 'load numpy'],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'packages-ready' });
  });

  it('are not told of where there are none', async () => {
    const { tools, events } = setup('never', false);
    await preparePackages(tools, [], { wheels: [], requirements: [] });
    expect(events).toEqual([]);
  });

  it('are told of in the versions that Python has: what the notebook brings takes the place of others', async () => {
    const { tools, events } = setup('never', true);
    await preparePackages(tools, ['numpy', 'Own'], packages);
    expect(events.at(-1)).toEqual({
      type: 'packages-ready',
      packages: [
        { name: 'numpy', version: '1.0' },
        { name: 'own', version: '2.0' },
        { name: 'faker', version: '30.0' },
      ],
    });
  });

  it('that are required in a version that cannot be had are those that Python comes with, and that is told', async () => {
    const { tools, steps } = setup('never', false, ['pandas==1.0', 'elsewhere==2']);
    const requirements = ['pandas==1.0', 'elsewhere==2', 'faker'];
    expect(
      await preparePackages(tools, ['pandas', 'elsewhere', 'faker'], { wheels: [], requirements }),
    ).toEqual([
      '“pandas==1.0” was not installed.',
      '“elsewhere==2” was not installed.',
      'Taken in place of the versions that are required: pandas 1.0, which Python in the browser comes with.',
    ]);
    expect(steps.at(-1)).toBe('load pandas');
  });

  it('that a wheel of the notebook brings have no stand-in, whatever becomes of a requirement', async () => {
    const { tools, steps, events } = setup('never', true, ['own==1.0', 'pandas==1.0']);
    const wheels = [{ ...ownWheel, name: 'Own', modules: ['own_code'] }];
    const requirements = ['own==1.0', 'pandas==1.0'];
    expect(await preparePackages(tools, ['own', 'pandas'], { wheels, requirements })).toEqual([
      '“own==1.0” was not installed.',
      '“pandas==1.0” was not installed.',
      'Taken in place of the versions that are required: pandas 1.0, which Python in the browser comes with.',
    ]);
    expect(steps.at(-1)).toBe('load pandas');
    expect(events.filter(({ type }) => type === 'packages-found').at(-1)).toEqual({
      type: 'packages-found',
      names: ['pandas'],
    });
  });

  it('that cannot be had are told of in each job, and asked for in the first', async () => {
    const { tools, steps } = setup('never', false, ['elsewhere']);
    const prepare = (): Promise<string[]> =>
      preparePackages(tools, [], { wheels: [], requirements: ['elsewhere'] });
    expect([await prepare(), await prepare()]).toEqual([
      ['“elsewhere” was not installed.'],
      ['“elsewhere” was not installed.'],
    ]);
    expect(steps.filter((step) => step.startsWith('install'))).toEqual(['install elsewhere']);
  });

  it('that stand in for a requirement are told of with all that the job needs', async () => {
    const { tools, events } = setup('never', false, ['pandas==1.0']);
    await preparePackages(tools, ['numpy', 'pandas'], { wheels: [], requirements: ['pandas==1.0'] });
    expect(events.filter(({ type }) => type === 'packages-found')).toEqual([
      { type: 'packages-found', names: ['numpy'] },
      { type: 'packages-found', names: ['numpy', 'pandas'] },
    ]);
  });

  for (const [stopAt, count] of [
    ['load the added own', 1],
    ['load micropip', 3],
    ['install faker', 4],
    ['install tomli', 5],
  ] as const) {
    it(`are asked for no further when it is stopped at "${stopAt}"`, async () => {
      const { tools, steps } = setup(stopAt);
      await expect(preparePackages(tools, ['numpy'], packages)).rejects.toThrow('the job is stopped');
      expect(steps).toEqual(allSteps.slice(0, count));
    });
  }
});
