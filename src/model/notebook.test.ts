import { describe, expect, it } from 'vitest';
import { NotebookId } from './ids.ts';
import { createFreeTitle, duplicateNotebook } from './notebook.ts';
import { buildConnection, buildNotebook } from './testing/builders.ts';

describe('a title', () => {
  it('is the wanted one where it is free', () => {
    expect(createFreeTitle('Notebook', ['Lesson'])).toBe('Notebook');
  });

  it('has the next free number where it is taken', () => {
    expect(createFreeTitle('Notebook', ['Notebook', 'Notebook 2', 'Notebook 4'])).toBe('Notebook 3');
  });
});

describe('a copy of a notebook', () => {
  it('has the same cells, connected in the same way, under ids of their own', () => {
    const connections = [buildConnection('first.a', 'second.b')];
    const notebook = buildNotebook(['first', 'second'], { deletedAt: 5, connections });
    const copy = duplicateNotebook(notebook, NotebookId.from('copy'), 'Copy', 9_000);
    expect(copy).toEqual({
      ...notebook,
      id: 'copy',
      title: 'Copy',
      cells: notebook.cells.map((cell, index) => ({ ...cell, id: copy.cells[index]?.id })),
      connections: [
        {
          from: { cellId: copy.cells[0]?.id, handle: 'a' },
          to: { cellId: copy.cells[1]?.id, handle: 'b' },
        },
      ],
      createdAt: 9_000,
      changedAt: 9_000,
      deletedAt: null,
    });
    const ids = [...notebook.cells, ...copy.cells].map((cell) => cell.id);
    expect(new Set(ids).size).toBe(4);
  });
});
