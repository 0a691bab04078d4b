// Longer than most files: all that is done with models, and what refuses it.
import { describe, expect, it } from 'vitest';
import { ModelGroupId, ModelId } from '../model/ids.ts';
import type { KnownModels } from '../model/known-models.ts';
import type { ModelRename } from '../model/model-renames.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildHash, buildNotebook, buildProfile } from '../model/testing/builders.ts';
import {
  buildGroup,
  buildLoadingCell,
  buildModel,
  buildModelCell,
  buildVersion,
} from '../model/testing/build-models.ts';
import { trashTime } from '../model/trash-time.ts';
import { createDeferred } from '../shared/deferred.ts';
import { fail, succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { OnModelsChange } from '../storage/Storage.ts';
import { ModelRepository } from './ModelRepository.svelte.ts';
import { Notices } from './Notices.svelte.ts';

const iris = ModelId.from('iris');
const plants = ModelGroupId.from('plants');
const twoVersions: KnownModels = {
  models: [buildModel('iris', { lastNumber: 2 }), buildModel('wine')],
  versions: [buildVersion('iris', 1), buildVersion('iris', 2), buildVersion('wine', 1)],
  groups: [buildGroup('plants', ['iris', 'wine'])],
};

/** A storage in which another tab changes models when the test says. */
class SharedStorage extends MemoryStorage {
  onChange: OnModelsChange = () => undefined;
  problems: readonly string[] = [];
  isBroken = false;

  override watchModels(onChange?: OnModelsChange): () => void {
    if (onChange) this.onChange = onChange;
    return () => undefined;
  }

  override async loadModels() {
    if (this.isBroken) throw new Error('the disk is gone');
    return { ...(await super.loadModels()), problems: this.problems };
  }
}

async function setup(known: KnownModels = twoVersions, notebooks: readonly Notebook[] = []) {
  const storage = new SharedStorage();
  const notices = new Notices();
  const renames: ModelRename[] = [];
  await storage.changeModels(() => succeed(known));
  const repository = new ModelRepository({
    storage,
    notices,
    getNotebooks: () => notebooks,
    getActiveProfile: () => buildProfile('Ada'),
    saveNow: () => undefined,
    takeNames: (taken) => renames.push(...taken),
  });
  await repository.load();
  const texts = () => notices.list.map(({ text }) => text);
  const undo = async () => {
    notices.list.at(-1)?.action?.run();
    // It goes through the storage.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const numbers = () => repository.index.byId.get(iris)?.versions.map(({ number }) => number);
  return { storage, notices, repository, renames, texts, undo, numbers };
}

const lesson = (...cells: Notebook['cells']) => [buildNotebook([], { title: 'Lesson', cells })];

describe('the repository of models', () => {
  it('shows what is stored, also after a job and another tab changed it', async () => {
    const { repository, storage, renames } = await setup();
    expect(repository.known).toEqual(twoVersions);
    await storage.changeModels(() => succeed({ models: [buildModel('rose')] }));
    await repository.refresh();
    expect(repository.index.byName.has('rose')).toBe(true);
    await storage.changeModels(() => succeed({ models: [buildModel('wine', { name: 'grapes' })] }));
    const renamed = { what: 'model', from: 'wine', to: 'grapes' } as const;
    storage.onChange([renamed]);
    await repository.refresh();
    expect([repository.index.byName.has('grapes'), renames]).toEqual([true, [renamed]]);
  });

  it('keeps what it changed where something older is read late', async () => {
    const { repository, storage } = await setup();
    const reading = createDeferred<undefined>();
    const older = await storage.loadModels();
    storage.loadModels = async () => {
      await reading.promise;
      return older;
    };
    const refreshed = repository.refresh();
    // The reading has begun.
    await Promise.resolve();
    expect(await repository.setNotes(iris, 'For week 2')).toBe(null);
    reading.resolve(undefined);
    await refreshed;
    expect(repository.index.byId.get(iris)?.model.notes).toBe('For week 2');
  });

  it('tells once of what cannot be read', async () => {
    const { repository, storage, notices, texts } = await setup();
    storage.problems = ['A stored model cannot be read.'];
    await repository.refresh();
    expect(texts()).toEqual(['A stored model cannot be read.']);
    for (const { id } of notices.list) notices.dismiss(id);
    await repository.refresh();
    expect(texts()).toEqual([]);
  });

  it('says that nothing can be read, and keeps what it has', async () => {
    const { repository, storage, texts } = await setup();
    storage.isBroken = true;
    await repository.refresh();
    expect(texts()).toEqual([
      'The models of this workspace cannot be read (the disk is gone). Reload the page.',
    ]);
    expect(repository.known).toEqual(twoVersions);
  });

  it('changes nothing that could not be stored, and says so', async () => {
    const { repository, storage } = await setup();
    storage.changeModels = () => Promise.resolve(fail({ kind: 'full', message: 'QuotaExceeded' }));
    expect(await repository.setNotes(iris, 'x')).toBe(
      'That could not be stored: this browser has no room left. Nothing was changed. Try again.',
    );
    expect(repository.known).toEqual(twoVersions);
  });

  it('gives a model another name, names scripts that say the old one, and takes it back', async () => {
    const cells = [
      { ...buildLoadingCell('Predict', 'iris'), source: 'od_models["iris"]' },
      { ...buildModelCell('All', { loadGroups: ['plants'] }), source: 'od_models["iris"]' },
      buildLoadingCell('Other', 'iris'),
    ];
    const { repository, texts, undo, renames } = await setup(twoVersions, lesson(...cells));
    expect(await repository.rename(iris, 'wine')).toBe('There is a model “wine” already.');
    expect(await repository.rename(iris, 'flowers')).toBe(null);
    expect(texts()).toEqual([
      'The model “iris” is called “flowers” now. The configuration of “Predict” in “Lesson” and “Other” in “Lesson” was changed with it. The scripts of “Predict” in “Lesson” and “All” in “Lesson” still say “iris”: change that there.',
    ]);
    await undo();
    expect(repository.index.byName.has('iris')).toBe(true);
    expect(renames).toEqual([
      { what: 'model', from: 'iris', to: 'flowers' },
      { what: 'model', from: 'flowers', to: 'iris' },
    ]);
  });

  it('deletes a model, says which cells name it, and brings it back', async () => {
    const { repository, texts, undo } = await setup(twoVersions, lesson(buildLoadingCell('Predict', 'iris')));
    expect(await repository.delete(iris)).toBe(null);
    expect(texts()).toEqual([
      'The model “iris” was moved to the trash. “Predict” in “Lesson” needs it, and fails until it is back or another is chosen there.',
    ]);
    expect(repository.index.trash.map(({ model }) => model.name)).toEqual(['iris']);
    expect(repository.listUses(iris)).toEqual([]);
    await undo();
    expect(repository.index.trash).toEqual([]);
  });

  it('withdraws the offer to take back what was undone in another way, and no other', async () => {
    const { repository, texts } = await setup();
    await repository.delete(iris);
    await repository.restore(ModelId.from('wine'));
    expect(texts()).toEqual(['The model “iris” was moved to the trash.']);
    await repository.restore(iris);
    expect(texts()).toEqual([]);
    await repository.deleteVersion({ modelId: iris, number: 1 });
    expect(texts()).toEqual(['Version 1 of “iris” was moved to the trash.']);
    await repository.removeVersionForGood({ modelId: iris, number: 1 });
    expect(texts()).toEqual([]);
  });

  it('deletes no version that a cell loads by its number', async () => {
    const { repository, numbers, texts } = await setup(
      twoVersions,
      lesson(buildLoadingCell('Predict', 'iris', 1)),
    );
    expect(await repository.deleteVersion({ modelId: iris, number: 1 })).toMatch(
      /^Version 1 of “iris” cannot be deleted while “Predict” in “Lesson” loads it/,
    );
    expect([numbers(), texts()]).toEqual([[2, 1], []]);
  });

  it('deletes no version that a cell loads by its number since another tab has stored it', async () => {
    const { repository, storage } = await setup(twoVersions, lesson(buildLoadingCell('Predict', 'iris')));
    const [notebook] = lesson(buildLoadingCell('Predict', 'iris', 2));
    if (!notebook) throw new Error('there is no lesson');
    await storage.saveNotebook(notebook);
    const refused = 'cannot be deleted while “Predict” in “Lesson” loads';
    expect(await repository.deleteVersion({ modelId: iris, number: 2 })).toContain(refused);
    expect(await repository.delete(iris)).toContain(refused);
    expect(await repository.deleteVersion({ modelId: iris, number: 1 })).toBe(null);
    storage.loadNotebooks = () => Promise.reject(new Error('the disk is gone'));
    expect(await repository.delete(ModelId.from('wine'))).toBe(
      'Which cells load “wine” cannot be read (the disk is gone). Nothing was changed. Reload the page and try again.',
    );
  });

  it('gives a group another name, names scripts that say the old one, and takes it back', async () => {
    const cell = {
      ...buildModelCell('Train', { saveGroups: [{ name: 'plants', models: ['iris'] }] }),
      source: 'od_output.add_model("iris", 1, "plants")',
    };
    const { repository, texts, undo, renames } = await setup(twoVersions, lesson(cell));
    expect(await repository.renameGroup(plants, 'flora')).toBe(null);
    expect(texts()).toEqual([
      'The model group “plants” is called “flora” now. The configuration of “Train” in “Lesson” was changed with it. The script of “Train” in “Lesson” still says “plants”: change that there.',
    ]);
    await undo();
    expect(repository.index.groups.map(({ name }) => name)).toEqual(['plants']);
    expect(renames.map(({ what, from, to }) => [what, from, to])).toEqual([
      ['group', 'plants', 'flora'],
      ['group', 'flora', 'plants'],
    ]);
  });

  it('deletes a version, and the model with its last one, and brings each back', async () => {
    const { repository, numbers, texts, undo } = await setup();
    await repository.deleteVersion({ modelId: iris, number: 2 });
    expect([numbers(), texts()]).toEqual([[1], ['Version 2 of “iris” was moved to the trash.']]);
    await undo();
    expect(numbers()).toEqual([2, 1]);
    await repository.deleteVersion({ modelId: ModelId.from('wine'), number: 1 });
    expect(texts()).toEqual(['The model “wine” was moved to the trash with its only version.']);
    await undo();
    expect(repository.index.byName.get('wine')?.versions).toHaveLength(1);
  });

  it('makes an older version the newest, and takes that back', async () => {
    const { repository, numbers, texts, undo } = await setup();
    await repository.rollBack({ modelId: iris, number: 1 });
    const newest = repository.index.byId.get(iris)?.versions[0];
    expect(newest?.profile).toEqual({ id: buildProfile('Ada').id, username: 'Ada' });
    expect([numbers(), texts()]).toEqual([
      [3, 2, 1],
      ['Version 1 of “iris” is the newest again, as version 3.'],
    ]);
    await undo();
    expect(numbers()).toEqual([2, 1]);
    await repository.rollBack({ modelId: iris, number: 1 });
    expect(numbers()).toEqual([4, 2, 1]);
  });

  it('takes a model out of a group and puts it back where it was', async () => {
    const { repository, texts, undo } = await setup();
    const members = () => repository.index.groupsById.get(plants)?.modelIds;
    await repository.removeFromGroup(plants, iris);
    expect([members(), texts()]).toEqual([['wine'], ['“iris” was taken out of the group “plants”.']]);
    await undo();
    expect(members()).toEqual(['iris', 'wine']);
  });

  it('takes what is missing out of a group, which cannot be taken back', async () => {
    const { repository, texts } = await setup({
      ...twoVersions,
      groups: [buildGroup('plants', ['gone', 'iris'])],
    });
    expect(await repository.removeFromGroup(plants, ModelId.from('gone'))).toBe(null);
    expect([repository.index.groupsById.get(plants)?.modelIds, texts()]).toEqual([['iris'], []]);
  });

  it('deletes a group without its models, and brings it back', async () => {
    const cell = buildModelCell('All', { loadGroups: ['plants'] });
    const { repository, texts, undo } = await setup(twoVersions, lesson(cell));
    await repository.deleteGroup(plants);
    expect([repository.index.groups, repository.index.models.length]).toEqual([[], 2]);
    expect(texts()).toEqual([
      'The model group “plants” was deleted. Its models are still there. “All” in “Lesson” loads it, and fails until another is chosen there.',
    ]);
    await undo();
    expect(repository.index.groups).toEqual(twoVersions.groups);
  });

  it('empties the trash of what has been in it for long enough', async () => {
    const { repository } = await setup({
      ...twoVersions,
      models: [buildModel('iris', { deletedAt: Date.now() - trashTime - 1_000 }), buildModel('wine')],
    });
    await repository.emptyTrash();
    expect(repository.known).toEqual({
      models: [buildModel('wine')],
      versions: [buildVersion('wine', 1)],
      groups: [buildGroup('plants', ['wine'])],
    });
  });

  it('gives the pickle of a version, or says that it is missing', async () => {
    const { repository, storage } = await setup();
    const [, version] = twoVersions.versions;
    if (!version) throw new Error('there is no second version');
    const missing =
      "Version 2 of “iris” is not in this browser's storage any more: its pickle is missing. Delete the version.";
    expect(await repository.readPickle(version)).toEqual(fail(missing));
    const pickle = { hash: buildHash('2'), content: new Blob(['pickle']) };
    await storage.saveNotebook(buildNotebook([]), [pickle]);
    expect(await repository.readPickle(version)).toEqual(succeed(pickle.content));
  });
});
