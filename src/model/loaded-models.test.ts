import { describe, expect, it } from 'vitest';
import { standardGenerating } from './data-generator.ts';
import { ModelId } from './ids.ts';
import type { LoadedModel, SavedModel } from './job-models.ts';
import type { KnownModels } from './known-models.ts';
import { describeLoaded, haveModelsChanged } from './loaded-models.ts';
import { noModels, type ModelConfiguration } from './model-configuration.ts';
import { buildGroup, buildModel, buildVersion } from './testing/build-models.ts';
import { buildCell, buildHash, buildScriptlet } from './testing/builders.ts';

function loaded(name: string, number: number): LoadedModel {
  return { modelId: ModelId.from(name), name, number };
}

function saved(name: string, number: number): SavedModel {
  return { ...loaded(name, number), groups: [], typeName: 'x', blob: buildHash('1'), byteSize: 1 };
}

/** Models with these versions, in a group. */
function know(versions: Readonly<Record<string, readonly number[]>>): KnownModels {
  const names = Object.keys(versions);
  return {
    models: names.map((name) => buildModel(name)),
    versions: names.flatMap((name) => (versions[name] ?? []).map((number) => buildVersion(name, number))),
    groups: [buildGroup('all', names)],
  };
}

function cellOf(models: Partial<ModelConfiguration>) {
  const configuration = { timeoutSeconds: 300, ...standardGenerating, models: { ...noModels, ...models } };
  return buildCell('cell', { configuration });
}

const newest = cellOf({ load: [{ name: 'm', version: null }] });
const all = cellOf({ loadGroups: ['all'] });

describe('a cell', () => {
  it.each([
    ['has loaded the newest version', newest, [loaded('m', 2)], [], { m: [1, 2] }, false],
    ['gets a newer version now', newest, [loaded('m', 2)], [], { m: [1, 2, 3] }, true],
    ['loaded a version that is gone', newest, [loaded('m', 2)], [], { m: [1] }, true],
    ['loads no model any more', newest, [loaded('m', 2)], [], {}, true],
    ['has loaded nothing, and would now', newest, [], [], { m: [1] }, true],
    [
      'loads a version by its number',
      cellOf({ load: [{ name: 'm', version: 1 }] }),
      [loaded('m', 1)],
      [],
      { m: [1, 2] },
      false,
    ],
    ['loads a group that has one more model', all, [loaded('m', 1)], [], { m: [1], n: [1] }, true],
    [
      'has loaded a group in another order',
      all,
      [loaded('n', 1), loaded('m', 1)],
      [],
      { m: [1], n: [1] },
      false,
    ],
    ['has saved the newest version itself', newest, [loaded('m', 2)], [saved('m', 3)], { m: [2, 3] }, false],
    [
      'has saved one, and another came since',
      newest,
      [loaded('m', 2)],
      [saved('m', 3)],
      { m: [2, 3, 4] },
      true,
    ],
    [
      'has saved a model into the group that it loads',
      all,
      [loaded('m', 1)],
      [saved('n', 1)],
      { m: [1], n: [1] },
      false,
    ],
    ['uses no models', cellOf({}), [], [], { m: [1] }, false],
  ])('that %s', (_, cell, loadedModels, savedModels, versions, hasChanged) => {
    expect(haveModelsChanged(cell, { loadedModels, savedModels }, know(versions))).toBe(hasChanged);
  });

  it('of another kind loads no models', () => {
    expect(describeLoaded(buildScriptlet('other'), know({ m: [1] }))).toEqual([]);
    expect(describeLoaded(newest, know({ m: [1, 2] }))).toEqual([loaded('m', 2)]);
  });
});
