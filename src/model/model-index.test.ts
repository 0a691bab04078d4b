import { expect, it } from 'vitest';
import { ModelId } from './ids.ts';
import { indexModels, sumSizes } from './model-index.ts';
import { buildHash } from './testing/builders.ts';
import { buildGroup, buildModel, buildVersion } from './testing/build-models.ts';

it('models are listed by name, versions newest first, the trash by when they came there', () => {
  const models = [
    buildModel('b10'),
    buildModel('b9'),
    buildModel('gone early', { deletedAt: 1 }),
    buildModel('gone late', { deletedAt: 2 }),
  ];
  const versions = [1, 2, 3, 4].map((number) =>
    buildVersion('b9', number, { deletedAt: number < 3 ? number : null }),
  );
  const groups = [buildGroup('z', ['b9', 'gone late']), buildGroup('y', ['b9'])];
  const index = indexModels({ models, versions, groups });
  expect(index.models.map(({ model }) => model.name)).toEqual(['b9', 'b10']);
  expect(index.trash.map(({ model }) => model.name)).toEqual(['gone late', 'gone early']);
  expect(index.groups.map(({ name }) => name)).toEqual(['y', 'z']);
  const found = index.byName.get('b9');
  expect(found?.versions.map(({ number }) => number)).toEqual([4, 3]);
  expect(found?.deletedVersions.map(({ number }) => number)).toEqual([2, 1]);
  expect(found?.groups.map(({ name }) => name)).toEqual(['y', 'z']);
  expect([index.byName.has('gone late'), index.byId.has(ModelId.from('gone late'))]).toEqual([false, true]);
});

it('a pickle that several versions name counts once', () => {
  const blob = buildHash('a');
  const versions = [
    buildVersion('iris', 1, { blob, byteSize: 100 }),
    buildVersion('iris', 2, { byteSize: 5 }),
    buildVersion('iris', 3, { blob, byteSize: 100 }),
  ];
  const index = indexModels({ models: [buildModel('iris')], versions, groups: [] });
  expect(index.models.map(sumSizes)).toEqual([105]);
});
