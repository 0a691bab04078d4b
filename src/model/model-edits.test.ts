import { describe, expect, it } from 'vitest';
import { ModelId, ProfileId } from './ids.ts';
import { changeKnown, noKnownModels, type KnownModels } from './known-models.ts';
import {
  deleteModel,
  deleteVersion,
  emptyModelTrash,
  noteModel,
  noteVersion,
  removeModel,
  removeVersion,
  renameModel,
  restoreModel,
  restoreVersion,
  rollBack,
} from './model-edits.ts';
import { listModelUses } from './model-uses.ts';
import { buildHash, buildNotebook } from './testing/builders.ts';
import {
  buildGroup,
  buildLoadingCell,
  buildModel,
  buildModelCell,
  buildVersion,
} from './testing/build-models.ts';
import { trashTime } from './trash-time.ts';
import { fail, succeed } from '../shared/result.ts';

const iris = ModelId.from('iris');
const now = 50_000;
const ada = { id: ProfileId.from('ada'), username: 'ada' };
const by = { now, profile: ada };

const known: KnownModels = {
  models: [
    buildModel('iris', { lastNumber: 3 }),
    buildModel('wine'),
    buildModel('old', { deletedAt: 9_000 }),
  ],
  versions: [1, 2, 3].map((number) => buildVersion('iris', number)),
  groups: [],
};

const key = (number: number) => ({ modelId: iris, number });
const change = (partial: Parameters<typeof changeKnown>[1]): KnownModels => changeKnown(known, partial);

describe('a model', () => {
  it('gets another name, without the spaces around it, and what names it follows', () => {
    expect(renameModel(known, iris, '  flowers/🌸 ', now)).toEqual(
      succeed({
        models: [buildModel('iris', { name: 'flowers/🌸', lastNumber: 3, changedAt: now })],
        renames: [{ what: 'model', from: 'iris', to: 'flowers/🌸' }],
      }),
    );
  });

  it('stays as it is when it gets the name that it has', () => {
    expect(renameModel(known, iris, ' iris ', now)).toEqual(succeed({}));
  });

  it('gets the name of one in the trash, and not of one in use', () => {
    expect(renameModel(known, iris, 'old', now).isOk).toBe(true);
    expect(renameModel(known, iris, 'wine', now)).toEqual(fail('There is a model “wine” already.'));
    expect(renameModel(known, iris, ' \n ', now)).toEqual(fail('A model needs a name.'));
  });

  it('is not renamed, noted or deleted where it is gone or in the trash', () => {
    const gone = fail('The model is not there any more: it was deleted in another tab.');
    for (const id of [ModelId.from('none'), ModelId.from('old')]) {
      expect(renameModel(known, id, 'x', now)).toEqual(gone);
      expect(noteModel(known, id, 'x', now)).toEqual(gone);
      expect(deleteModel(known, id, [], now)).toEqual(gone);
    }
  });

  it('keeps what is noted of it', () => {
    expect(noteModel(known, iris, 'For **week 2**', now)).toEqual(
      succeed({ models: [buildModel('iris', { lastNumber: 3, notes: 'For **week 2**', changedAt: now })] }),
    );
  });

  it('goes into the trash while cells load its newest version or save it', () => {
    const cells = [
      buildLoadingCell('load', 'iris'),
      buildModelCell('save', { save: [{ mode: 'create', name: 'iris' }] }),
    ];
    const uses = listModelUses([buildNotebook([], { cells })], 'iris', []);
    expect(deleteModel(known, iris, uses, now)).toEqual(
      succeed({ models: [buildModel('iris', { lastNumber: 3, deletedAt: now, changedAt: now })] }),
    );
  });

  it('stays while a cell loads one of its versions by number', () => {
    const uses = listModelUses(
      [buildNotebook([], { cells: [buildLoadingCell('Predict', 'iris', 2)] })],
      'iris',
      [],
    );
    expect(deleteModel(known, iris, uses, now)).toEqual(
      fail(
        '“iris” cannot be deleted while “Predict” in “Notebook” loads its version 2 by number. Choose the latest version or another model there first.',
      ),
    );
  });

  it('goes into the trash while a cell loads a version that is not there', () => {
    const uses = listModelUses(
      [buildNotebook([], { cells: [buildLoadingCell('Predict', 'iris', 99)] })],
      'iris',
      [],
    );
    expect(deleteModel(known, iris, uses, now).isOk).toBe(true);
  });

  it('comes back from the trash, under a free name where its own is taken', () => {
    const deleted = change({ models: [buildModel('iris', { deletedAt: 5 })] });
    expect(restoreModel(deleted, iris, now)).toEqual(
      succeed({ models: [buildModel('iris', { changedAt: now })] }),
    );
    const taken = changeKnown(deleted, { models: [buildModel('new', { name: 'iris' })] });
    expect(restoreModel(taken, iris, now)).toEqual(
      succeed({ models: [buildModel('iris', { name: 'iris 2', changedAt: now })] }),
    );
    expect(restoreModel(known, iris, now)).toEqual(succeed({}));
  });

  it('is removed for good out of the trash alone, and leaves its groups', () => {
    const deleted = change({
      models: [buildModel('iris', { deletedAt: 5 })],
      groups: [buildGroup('both', ['iris', 'wine']), buildGroup('one', ['wine'])],
    });
    expect(removeModel(deleted, iris)).toEqual(
      succeed({ removedModels: [iris], removedVersions: [], groups: [buildGroup('both', ['wine'])] }),
    );
    expect(removeModel(known, iris)).toEqual(succeed({}));
  });
});

describe('a version', () => {
  it('goes into the trash, and gives its number to no other', () => {
    expect(deleteVersion(known, key(3), [], now)).toEqual(
      succeed({
        models: [buildModel('iris', { lastNumber: 3, changedAt: now })],
        versions: [buildVersion('iris', 3, { deletedAt: now })],
      }),
    );
  });

  it('stays while cells load it by its number, which are named', () => {
    const lesson = buildNotebook([], {
      title: 'Lesson',
      cells: [
        buildLoadingCell('A', 'iris', 2),
        buildLoadingCell('B', 'iris', 2),
        buildLoadingCell('C', 'iris', 1),
      ],
    });
    const gone = buildNotebook([], { title: 'Old', cells: [buildLoadingCell('D', 'iris', 2)], deletedAt: 4 });
    const uses = listModelUses([lesson, gone], 'iris', []);
    expect(deleteVersion(known, key(2), uses, now)).toEqual(
      fail(
        'Version 2 of “iris” cannot be deleted while “A” in “Lesson”, “B” in “Lesson” and “D” in “Old”, which is in the trash load it by its number. Choose another version there first.',
      ),
    );
    expect(deleteVersion(known, key(3), uses, now).isOk).toBe(true);
  });

  it('takes its model along where it is the only one, and comes back with it', () => {
    const single = change({ removedVersions: [key(1), key(2)] });
    expect(deleteVersion(single, key(3), [], now)).toEqual(
      succeed({ models: [buildModel('iris', { lastNumber: 3, deletedAt: now, changedAt: now })] }),
    );
  });

  it('comes back from the trash under its number', () => {
    const deleted = change({ versions: [buildVersion('iris', 2, { deletedAt: 5 })] });
    expect(restoreVersion(deleted, key(2), now)).toEqual(
      succeed({
        models: [buildModel('iris', { lastNumber: 3, changedAt: now })],
        versions: [buildVersion('iris', 2)],
      }),
    );
  });

  it('is removed for good out of the trash alone', () => {
    const deleted = change({ versions: [buildVersion('iris', 2, { deletedAt: 5 })] });
    expect(removeVersion(deleted, key(2))).toEqual(succeed({ removedVersions: [key(2)] }));
    expect(removeVersion(known, key(2))).toEqual(succeed({}));
  });

  it('keeps what is noted of it', () => {
    expect(noteVersion(known, key(2), 'With 10 trees')).toEqual(
      succeed({ versions: [buildVersion('iris', 2, { notes: 'With 10 trees' })] }),
    );
  });

  it('becomes the newest again as one more, with the same pickle and notes of its own', () => {
    const older = buildVersion('iris', 1, {
      notes: 'first',
      blob: buildHash('a'),
      profile: { id: ProfileId.from('bob'), username: 'bob' },
    });
    expect(rollBack(change({ versions: [older] }), key(1), by)).toEqual(
      succeed({
        models: [buildModel('iris', { lastNumber: 4, changedAt: now })],
        versions: [
          buildVersion('iris', 4, {
            blob: buildHash('a'),
            createdAt: now,
            origin: { type: 'rollback', number: 1 },
            profile: ada,
          }),
        ],
      }),
    );
  });

  it('gets a number that none ever had, also where the last one was deleted', () => {
    const deleted = change({ versions: [buildVersion('iris', 3, { deletedAt: 5 })] });
    const rolledBack = rollBack(deleted, key(1), by);
    expect(rolledBack.isOk && rolledBack.value.versions?.map(({ number }) => number)).toEqual([4]);
    const torn = rollBack(change({ models: [buildModel('iris', { lastNumber: 1 })] }), key(1), by);
    expect(torn.isOk && torn.value.versions?.map(({ number }) => number)).toEqual([4]);
  });

  it('stays the newest', () => {
    expect(rollBack(known, key(3), by)).toEqual(fail('Version 3 of “iris” is the newest one already.'));
  });

  it('is not touched where it is gone', () => {
    const gone = fail('The version is not there any more: it was deleted in another tab.');
    const deleted = change({ versions: [buildVersion('iris', 2, { deletedAt: 5 })] });
    expect(deleteVersion(deleted, key(2), [], now)).toEqual(gone);
    expect(noteVersion(deleted, key(2), 'x')).toEqual(gone);
    expect(rollBack(deleted, key(2), by)).toEqual(gone);
    expect(restoreVersion(known, key(9), now)).toEqual(gone);
  });
});

describe('the trash', () => {
  it('gives up for good what has been in it for thirty days', () => {
    const at = (days: number) => now + trashTime - days * 24 * 60 * 60 * 1000;
    const full: KnownModels = {
      models: [
        buildModel('iris', { deletedAt: at(31) }),
        buildModel('wine', { deletedAt: at(29) }),
        buildModel('used'),
      ],
      versions: [
        buildVersion('iris', 1, { deletedAt: at(31) }),
        buildVersion('used', 1, { deletedAt: at(31) }),
        buildVersion('used', 2, { deletedAt: at(29) }),
        buildVersion('used', 3),
      ],
      groups: [buildGroup('both', ['iris', 'used'])],
    };
    expect(emptyModelTrash(full, now + trashTime)).toEqual({
      removedModels: [iris],
      removedVersions: [{ modelId: ModelId.from('used'), number: 1 }],
      groups: [buildGroup('both', ['used'])],
    });
  });

  it('is left alone where there is nothing of that age', () => {
    expect(emptyModelTrash(known, now)).toBe(null);
    expect(emptyModelTrash(noKnownModels, now)).toBe(null);
  });
});
