import { describe, expect, it } from 'vitest';
import { describeGroupLoss, describeModelLoss, describeModelRename } from './model-notices.ts';
import { listGroupUses, listModelUses } from './model-uses.ts';
import { buildLoadingCell, buildModelCell } from './testing/build-models.ts';
import { buildNotebook } from './testing/builders.ts';

const cells = [
  buildLoadingCell('Predict', 'iris'),
  buildModelCell('Group', { loadGroups: ['plants'] }),
  buildModelCell('Grow', { save: [{ mode: 'add-version', name: 'iris' }] }),
  buildModelCell('Train', { save: [{ mode: 'create-or-add', name: 'iris' }] }),
  buildModelCell('Bundle', { saveGroups: [{ name: 'plants', models: ['iris'] }] }),
];
const notebook = buildNotebook([], { title: 'Lesson', cells });
const uses = listModelUses([notebook], 'iris', ['plants']);

describe('the notice of', () => {
  it('a model that was deleted says which cells fail, and which run without it', () => {
    expect(describeModelLoss('iris', uses, { isLastVersion: true })).toBe(
      'The model “iris” was moved to the trash with its only version. “Predict” in “Lesson” and “Grow” in “Lesson” need it, and fail until it is back or another is chosen there. “Group” in “Lesson” loads its group, from now on without it.',
    );
  });

  it('a model that nothing needs says no more than where it is', () => {
    const saving = uses.filter(({ cell }) => cell.title === 'Train');
    const text = 'The model “iris” was moved to the trash.';
    expect(describeModelLoss('iris', saving, { isLastVersion: false })).toBe(text);
    expect(describeModelLoss('iris', [], { isLastVersion: false })).toBe(text);
  });

  it('a group that was deleted says which cells fail', () => {
    expect(describeGroupLoss('plants', listGroupUses([notebook], 'plants'))).toBe(
      'The model group “plants” was deleted. Its models are still there. “Group” in “Lesson” loads it, and fails until another is chosen there.',
    );
  });

  it('a new name says whose configuration has it, without those that name the group alone', () => {
    expect(describeModelRename('iris', 'flowers', uses)).toBe(
      'The model “iris” is called “flowers” now. The configuration of “Predict” in “Lesson”, “Grow” in “Lesson”, “Train” in “Lesson” and “Bundle” in “Lesson” was changed with it.',
    );
    expect(describeModelRename('iris', 'flowers', [])).toBe('The model “iris” is called “flowers” now.');
  });
});
