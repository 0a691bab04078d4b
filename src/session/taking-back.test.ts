import { describe, expect, it } from 'vitest';
import { CellId } from '../model/ids.ts';
import { buildNotebook, sourceOf } from '../model/testing/builders.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import { findCellOf, openSession, type OpenSession } from './testing/open-session.ts';

function setup(titles: readonly string[] = ['one', 'two', 'three']): OpenSession {
  return openSession(buildNotebook(titles));
}

function titles(session: NotebookSession): string {
  return session.notebook.cells.map(({ title }) => title).join(' ');
}

describe('taking back', () => {
  it('brings deleted cells back in turn, with what was typed in them', () => {
    const { session } = setup();
    session.editor.edit({ type: 'set-source', cellId: CellId.from('two'), source: 'typed' });
    session.editor.deleteCell(findCellOf(session, 'two'));
    session.editor.deleteCell(findCellOf(session, 'one'));
    expect(titles(session)).toBe('three');
    session.editor.undo();
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
    expect(findCellOf(session, 'two').source).toBe('typed');
  });

  it('takes back by its notice exactly what the notice tells of, once', () => {
    const { session, notices } = setup();
    session.editor.edit({ type: 'rename-cell', cellId: CellId.from('three'), title: 'last' });
    session.editor.deleteCell(findCellOf(session, 'two'));
    notices.list[0]?.action?.run();
    expect(titles(session)).toBe('one two last');
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
  });

  it('offers a cell that goes by taking back its adding, so that nothing typed in it is lost', () => {
    const { session, notices } = setup(['one']);
    const id = session.editor.addCell('data-generator', 1);
    session.editor.edit({ type: 'set-source', cellId: id, source: 'an hour of work' });
    session.editor.undo();
    expect(titles(session)).toBe('one');
    notices.list[0]?.action?.run();
    expect(session.notebook.cells.map(sourceOf)).toEqual(['print("one")', 'an hour of work']);
  });

  it('skips what cannot be taken back any more', () => {
    const { session } = setup();
    session.editor.edit({ type: 'move-cell', cellId: CellId.from('one'), toIndex: 2 });
    session.editor.edit({ type: 'rename-cell', cellId: CellId.from('two'), title: 'deux' });
    session.editor.deleteCell(findCellOf(session, 'deux'));
    session.editor.takeBack({ type: 'remove-cell', cellId: CellId.from('three') });
    session.editor.undo();
    session.editor.undo();
    expect(titles(session)).toBe('two one');
  });

  it('takes back what a form wrote, step by step, though not what was typed over it', () => {
    const { session } = setup(['one']);
    const id = CellId.from('one');
    const source = () => findCellOf(session, 'one').source;
    session.editor.writeByForm(id, 'bars');
    session.editor.writeByForm(id, 'lines');
    session.editor.undo();
    expect(source()).toBe('bars');
    session.editor.undo();
    expect(source()).toBe('print("one")');
    session.editor.writeByForm(id, 'points');
    session.editor.edit({ type: 'set-source', cellId: id, source: 'points, by hand' });
    session.editor.undo();
    expect(source()).toBe('points, by hand');
  });
});
