import { describe, expect, it } from 'vitest';
import { applyEdit } from './edits.ts';
import { isFilePath, type FileChange } from './file-edits.ts';
import { buildHash, buildNotebook } from './testing/builders.ts';

function file(path: string, digit: string): FileChange {
  return { path, file: { path, blob: buildHash(digit), byteSize: 1 } };
}

describe('files of a notebook', () => {
  it('are added, replaced and removed in one edit, which is taken back whole', () => {
    const added = applyEdit(buildNotebook([]), {
      type: 'change-files',
      files: [file('b.py', '1'), file('a.py', '2')],
    });
    expect(added?.notebook.files.map(({ path }) => path)).toEqual(['a.py', 'b.py']);
    if (!added) throw new Error('nothing was added');
    const changes = [file('a.py', '3'), { path: 'b.py', file: null }, file('c/d.txt', '4')];
    const changed = applyEdit(added.notebook, { type: 'change-files', files: changes });
    expect(changed?.notebook.files.map(({ path, blob }) => `${path} ${blob.slice(0, 1)}`)).toEqual([
      'a.py 3',
      'c/d.txt 4',
    ]);
    expect(changed && applyEdit(changed.notebook, changed.inverse)?.notebook).toEqual(added.notebook);
  });

  it('stay as they are where nothing is new', () => {
    const notebook = applyEdit(buildNotebook([]), {
      type: 'change-files',
      files: [file('a.py', '1')],
    })?.notebook;
    if (!notebook) throw new Error('nothing was added');
    const changes = [file('a.py', '1'), { path: 'gone.py', file: null }];
    expect(applyEdit(notebook, { type: 'change-files', files: changes })).toBeNull();
  });

  it.each<[string, boolean]>([
    ['a.py', true],
    ['a folder/ä.csv', true],
    ['', false],
    ['/a.py', false],
    ['../a.py', false],
    ['a/./b', false],
    ['a//b', false],
    ['a/', false],
    ['x'.repeat(1_001), false],
  ])('lie below their directory: %s', (path, isBelow) => {
    expect(isFilePath(path)).toBe(isBelow);
  });
});
