import { standardGenerating } from './data-generator.ts';
import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from './edits.ts';
import { CellId } from './ids.ts';
import type { Notebook } from './notebook.ts';
import { buildCell, buildHash, buildNotebook, buildNotebookWheel } from './testing/builders.ts';

const first = CellId.from('first');

function picture(notebook: Notebook): string {
  return notebook.cells.map((cell) => cell.title).join(' ');
}

function apply(notebook: Notebook, edit: Edit): { picture: string; undone: Notebook } {
  const result = applyEdit(notebook, edit);
  if (!result) throw new Error('the edit changed nothing');
  const undone = applyEdit(result.notebook, result.inverse);
  if (!undone) throw new Error('the inverse changed nothing');
  return { picture: picture(result.notebook), undone: undone.notebook };
}

describe('an edit', () => {
  const notebook = buildNotebook(['first', 'second', 'third']);

  it.each<[string, Edit, string]>([
    [
      'adds a cell at a position',
      { type: 'add-cell', cell: buildCell('new'), index: 1, connections: [] },
      'first new second third',
    ],
    [
      'adds a cell at the end when the position is past it',
      { type: 'add-cell', cell: buildCell('new'), index: 99, connections: [] },
      'first second third new',
    ],
    ['removes a cell', { type: 'remove-cell', cellId: first }, 'second third'],
    ['moves a cell down', { type: 'move-cell', cellId: first, toIndex: 1 }, 'second first third'],
    ['moves a cell to the end', { type: 'move-cell', cellId: first, toIndex: 2 }, 'second third first'],
    ['renames a cell', { type: 'rename-cell', cellId: first, title: 'begin' }, 'begin second third'],
  ])('%s, and its inverse takes that back', (_what, edit, expected) => {
    expect(apply(notebook, edit)).toEqual({ picture: expected, undone: notebook });
  });

  it('changes source, configuration and title of what it names and nothing else', () => {
    const configuration = { timeoutSeconds: 5, ...standardGenerating, generateEmptyDataset: true };
    const changed = (
      [
        { type: 'rename-notebook', title: 'Lesson' },
        { type: 'set-source', cellId: first, source: 'x = 1' },
        { type: 'configure-cell', cellId: first, kind: 'data-generator', configuration },
      ] satisfies Edit[]
    ).reduce((current, edit) => applyEdit(current, edit)?.notebook ?? current, notebook);
    expect(changed).toEqual({
      ...notebook,
      title: 'Lesson',
      cells: [
        { ...buildCell('first'), source: 'x = 1', configuration },
        buildCell('second'),
        buildCell('third'),
      ],
    });
  });

  it('adds, replaces and removes wheels, and takes each back', () => {
    const [shapes, other] = [buildNotebookWheel('shapes', 'a'), buildNotebookWheel('other', 'b')];
    const newer = { ...buildNotebookWheel('Shapes', 'c'), version: '2.0' };
    const edits = [
      { type: 'add-wheel', wheel: shapes, index: 0 },
      { type: 'add-wheel', wheel: other, index: 9 },
      { type: 'add-wheel', wheel: newer, index: 9 },
      { type: 'remove-wheel', blob: newer.blob },
      { type: 'set-requirements', requirements: 'six' },
    ] satisfies Edit[];
    const expected = [[shapes], [shapes, other], [newer, other], [other], [other]];
    const states = [notebook];
    const inverses: Edit[] = [];
    for (const edit of edits) {
      const result = applyEdit(states.at(-1) ?? notebook, edit);
      if (!result) throw new Error(`${edit.type} changed nothing`);
      states.push(result.notebook);
      inverses.push(result.inverse);
    }
    expect(states.slice(1).map(({ wheels }) => wheels)).toEqual(expected);
    expect(states.at(-1)?.requirements).toBe('six');
    for (const [index, inverse] of inverses.entries()) {
      const after = states[index + 1] ?? notebook;
      expect(applyEdit(after, inverse)?.notebook).toEqual(states[index]);
    }
  });

  it.each<[string, Edit]>([
    ['that gives the same requirements', { type: 'set-requirements', requirements: '' }],
    ['that removes a wheel that is gone', { type: 'remove-wheel', blob: buildHash('a') }],
    ['of a cell that is gone', { type: 'set-source', cellId: CellId.from('gone'), source: '' }],
    [
      'that configures a cell as one of another kind',
      { type: 'configure-cell', cellId: first, kind: 'scriptlet', configuration: { timeoutSeconds: 1 } },
    ],
    ['that removes a cell twice', { type: 'remove-cell', cellId: CellId.from('gone') }],
    [
      'that adds a cell that is there',
      { type: 'add-cell', cell: buildCell('first'), index: 0, connections: [] },
    ],
    ['that moves the first cell up', { type: 'move-cell', cellId: first, toIndex: -1 }],
    ['that gives the same title', { type: 'rename-cell', cellId: first, title: 'first' }],
  ])('%s changes nothing', (_what, edit) => {
    expect(applyEdit(notebook, edit)).toBeNull();
  });
});
