import { describe, expect, it } from 'vitest';
import { NotebookId } from './ids.ts';
import { createDataGenerator, createFreeTitle, duplicateNotebook } from './notebook.ts';
import { buildNotebook } from './testing/builders.ts';

describe('a title', () => {
  it('is the wanted one where it is free', () => {
    expect(createFreeTitle('Notebook', ['Lesson'])).toBe('Notebook');
  });

  it('has the next free number where it is taken', () => {
    expect(createFreeTitle('Notebook', ['Notebook', 'Notebook 2', 'Notebook 4'])).toBe('Notebook 3');
  });
});

describe('a copy of a notebook', () => {
  it('has the same cells under ids of their own', () => {
    const notebook = buildNotebook(['first', 'second'], { deletedAt: 5 });
    const copy = duplicateNotebook(notebook, NotebookId.from('copy'), 'Copy', 9_000);
    expect(copy).toEqual({
      ...notebook,
      id: 'copy',
      title: 'Copy',
      cells: notebook.cells.map((cell, index) => ({ ...cell, id: copy.cells[index]?.id })),
      createdAt: 9_000,
      changedAt: 9_000,
      deletedAt: null,
    });
    const ids = [...notebook.cells, ...copy.cells].map((cell) => cell.id);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('a new Data Generator', () => {
  it('starts with sample code, a timeout of 300 s, and fails without a dataset', () => {
    const { kind, title, source, configuration } = createDataGenerator('Generator');
    expect({ kind, title, configuration }).toEqual({
      kind: 'data-generator',
      title: 'Generator',
      configuration: { timeoutSeconds: 300, generateEmptyDataset: false },
    });
    expect(source).toContain('od_output.add_data("output", df)');
    expect(Math.max(...source.split('\n').map((line) => line.length))).toBeLessThan(80);
  });
});
