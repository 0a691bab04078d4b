import { describe, expect, it } from 'vitest';
import type { Edit } from './edits.ts';
import { noKnownModels, type KnownModels } from './known-models.ts';
import {
  followIds,
  followRenames,
  renameInCell,
  renameInEdit,
  renameInNotebook,
  type ModelRename,
} from './model-renames.ts';
import { buildCell, buildNotebook, buildScriptlet } from './testing/builders.ts';
import { buildGroup, buildLoadingCell, buildModel, buildModelCell } from './testing/build-models.ts';

const model: ModelRename = { what: 'model', from: 'a', to: 'b' };
const group: ModelRename = { what: 'group', from: 'a', to: 'b' };

const build = (name: string, groupName: string) =>
  buildModelCell('cell', {
    load: [
      { name, version: 2 },
      { name: 'other', version: null },
    ],
    loadGroups: [groupName, 'other'],
    save: [{ mode: 'create', name }],
    saveGroups: [{ name: groupName, models: [name, 'other'] }],
  });

describe('another name', () => {
  it('is taken over wherever a cell names the model, and no group of that name', () => {
    expect(renameInCell(build('a', 'a'), [model])).toEqual(build('b', 'a'));
  });

  it('is taken over wherever a cell names the group, and no model of that name', () => {
    expect(renameInCell(build('a', 'a'), [group])).toEqual(build('a', 'b'));
  });

  it('follows upon another', () => {
    expect(renameInCell(build('a', 'x'), [model, { ...model, from: 'b', to: 'c' }])).toEqual(build('c', 'x'));
  });

  it('leaves what does not name it the same object', () => {
    const cells = [build('x', 'y'), buildCell('empty'), buildScriptlet('scriptlet')];
    for (const cell of cells) expect(renameInCell(cell, [model, group])).toBe(cell);
    expect(renameInNotebook(buildNotebook([], { cells }), [model, group])).toBe(null);
  });

  it('is taken over in a notebook by the cells that name it', () => {
    const cells = [buildLoadingCell('one', 'a'), buildCell('two')];
    expect(renameInNotebook(buildNotebook([], { cells }), [model])).toEqual(
      buildNotebook([], { cells: [buildLoadingCell('one', 'b'), buildCell('two')] }),
    );
  });

  it('is taken over by edits that were made before', () => {
    const { id, kind, configuration } = build('a', 'x');
    const configure: Edit = { type: 'configure-cell', cellId: id, kind, configuration };
    expect(renameInEdit(configure, [model])).toEqual({
      ...configure,
      configuration: build('b', 'x').configuration,
    });
    const add: Edit = { type: 'add-cell', cell: build('a', 'x'), index: 0, connections: [] };
    expect(renameInEdit(add, [model])).toEqual({ ...add, cell: build('b', 'x') });
    for (const edit of [configure, add]) expect(renameInEdit(edit, [])).toBe(edit);
    const other: Edit = { type: 'rename-cell', cellId: id, title: 'a' };
    expect(renameInEdit(other, [model])).toBe(other);
  });
});

describe('a name from before', () => {
  const before: KnownModels = {
    models: [buildModel('a'), buildModel('b')],
    versions: [],
    groups: [buildGroup('a', [])],
  };
  const heard = followRenames([model, { what: 'model', from: 'new', to: 'newer' }]);

  it('leads to the model or the group that had it, also where two have changed theirs', () => {
    const models = [buildModel('a', { name: 'b' }), buildModel('b', { name: 'a' })];
    const groups = [{ ...buildGroup('a', []), name: 'c' }];
    const follow = followIds(before, { ...before, models, groups }, heard);
    expect(['a', 'b'].map((name) => follow('model', name))).toEqual(['b', 'a']);
    expect(['a', 'b'].map((name) => follow('group', name))).toEqual(['c', 'b']);
  });

  it('of one that was not there, or is gone, leads to what is known of it otherwise', () => {
    const follow = followIds(before, noKnownModels, heard);
    expect(['a', 'b', 'new', 'other'].map((name) => follow('model', name))).toEqual([
      'b',
      'b',
      'newer',
      'other',
    ]);
    expect(follow('group', 'a')).toBe('a');
  });
});
