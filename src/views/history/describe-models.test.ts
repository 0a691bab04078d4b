import { expect, test } from 'vitest';
import { ModelId } from '../../model/ids.ts';
import { buildHash } from '../../model/testing/builders.ts';
import { describeLoadedModels, describeSavedModels } from './describe-models.ts';

const churn = { modelId: ModelId.from('1'), name: 'churn', number: 3 };
const prices = { modelId: ModelId.from('2'), name: 'prices', number: 1 };

test('the models of a job are told with their versions', () => {
  expect(describeLoadedModels([churn, prices])).toBe('churn, version 3; prices, version 1');
});

test('the models that a job saved are told with their groups', () => {
  const stored = { typeName: 'x', blob: buildHash('1'), byteSize: 1 };
  const groups = [[], ['all'], ['all', 'good']];
  expect(groups.map((names) => describeSavedModels([{ ...churn, ...stored, groups: names }]))).toEqual([
    'churn, version 3',
    'churn, version 3, in the group “all”',
    'churn, version 3, in the groups “all”, “good”',
  ]);
});
