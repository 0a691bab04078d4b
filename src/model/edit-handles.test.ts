import { describe, expect, it } from 'vitest';
import { changeInput, changeOutput, removeHandle } from './edit-handles.ts';
import { applyEdit, type Edit } from './edits.ts';
import type { Notebook } from './notebook.ts';
import {
  buildConnection,
  buildHandle,
  buildInput,
  buildNotebook,
  buildScriptlet,
} from './testing/builders.ts';

const first = buildScriptlet('first', [], ['out', 'other']);
const second = buildScriptlet('second', ['in', 'more'], ['out']);
const third = buildScriptlet('third', ['in'], []);
const notebook = buildNotebook([], {
  cells: [first, second, third],
  connections: [buildConnection('first.out', 'second.in'), buildConnection('second.out', 'third.in')],
});

function apply(edit: Edit): { readonly handles: string; readonly connections: string[] } {
  const changed = applyEdit(notebook, edit)?.notebook ?? notebook;
  const cell = changed.cells.find((each) => 'cellId' in edit && each.id === edit.cellId);
  if (cell?.kind !== 'scriptlet') throw new Error('the cell is gone');
  const names = [cell.inputs, cell.outputs].map((handles) => handles.map(({ name }) => name).join(' '));
  return { handles: names.join(' → '), connections: list(changed) };
}

function list({ connections }: Notebook): string[] {
  return connections
    .map(({ from, to }) => `${from.cellId}.${from.handle} → ${to.cellId}.${to.handle}`)
    .sort();
}

describe('an edit of handles', () => {
  it('renames an input with the connection that leads to it', () => {
    expect(apply(changeInput(notebook, second, 'in', buildInput('rows')))).toEqual({
      handles: 'rows more → out',
      connections: ['first.out → second.rows', 'second.out → third.in'],
    });
  });

  it('renames an output with the connections that lead from it', () => {
    expect(apply(changeOutput(notebook, second, 'out', buildHandle('result')))).toEqual({
      handles: 'in more → result',
      connections: ['first.out → second.in', 'second.result → third.in'],
    });
  });

  it('adds at the end', () => {
    expect(apply(changeInput(notebook, second, null, buildInput('last'))).handles).toBe('in more last → out');
    expect(apply(changeOutput(notebook, second, null, buildHandle('last'))).handles).toBe(
      'in more → out last',
    );
  });

  it('removes a handle with what it is connected to, and nothing else', () => {
    expect(apply(removeHandle(notebook, second, 'inputs', 'in'))).toEqual({
      handles: 'more → out',
      connections: ['second.out → third.in'],
    });
    expect(apply(removeHandle(notebook, second, 'outputs', 'out'))).toEqual({
      handles: 'in more → ',
      connections: ['first.out → second.in'],
    });
  });
});
