import { describe, expect, it } from 'vitest';
import { ModelGroupId, ModelId } from './ids.ts';
import type { KnownModels } from './known-models.ts';
import { addToGroup, deleteGroup, removeFromGroup, renameGroup, restoreGroup } from './model-group-edits.ts';
import { buildGroup, buildModel } from './testing/build-models.ts';
import { fail, succeed } from '../shared/result.ts';

const id = ModelGroupId.from('plants');
const now = 50_000;

const known: KnownModels = {
  models: [buildModel('iris'), buildModel('rose'), buildModel('wine', { deletedAt: 4 })],
  versions: [],
  groups: [buildGroup('plants', ['iris', 'wine']), buildGroup('drinks', [])],
};

const plants = (partial: object) =>
  succeed({ groups: [{ ...buildGroup('plants', ['iris', 'wine']), ...partial }] });

describe('a model group', () => {
  it('gets another name that no other group has, and what names it follows', () => {
    expect(renameGroup(known, id, ' flora ', now)).toEqual(
      succeed({
        groups: [{ ...buildGroup('plants', ['iris', 'wine']), name: 'flora', changedAt: now }],
        renames: [{ what: 'group', from: 'plants', to: 'flora' }],
      }),
    );
    expect(renameGroup(known, id, 'iris', now).isOk).toBe(true);
    expect(renameGroup(known, id, 'drinks', now)).toEqual(fail('There is a model group “drinks” already.'));
    expect(renameGroup(known, id, 'plants', now)).toEqual(succeed({}));
  });

  it('takes models, each once, and gives them back', () => {
    const rose = ModelId.from('rose');
    const names = (...ids: string[]) => plants({ modelIds: ids.map(ModelId.from), changedAt: now });
    expect(addToGroup(known, id, rose, now)).toEqual(names('iris', 'wine', 'rose'));
    expect(addToGroup(known, id, rose, now, 1)).toEqual(names('iris', 'rose', 'wine'));
    expect(addToGroup(known, id, ModelId.from('iris'), now)).toEqual(succeed({}));
    expect(addToGroup(known, id, ModelId.from('none'), now)).toEqual(
      fail('The model is not there any more.'),
    );
    expect(removeFromGroup(known, id, ModelId.from('iris'), now)).toEqual(names('wine'));
  });

  it('is deleted, and comes back with the models left of it, under a free name', () => {
    expect(deleteGroup(known, id)).toEqual(succeed({ removedGroups: [id] }));
    const gone = buildGroup('drinks', ['wine', 'removed']);
    expect(restoreGroup(known, gone)).toEqual(
      succeed({ groups: [{ ...gone, name: 'drinks 2', modelIds: [ModelId.from('wine')] }] }),
    );
  });

  it('is not touched where it is gone', () => {
    const none = ModelGroupId.from('none');
    const problem = fail('The model group is not there any more: it was deleted in another tab.');
    expect(renameGroup(known, none, 'x', now)).toEqual(problem);
    expect(addToGroup(known, none, ModelId.from('iris'), now)).toEqual(problem);
    expect(removeFromGroup(known, none, ModelId.from('iris'), now)).toEqual(problem);
    expect(deleteGroup(known, none)).toEqual(problem);
  });
});
