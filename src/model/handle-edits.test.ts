import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from './edits.ts';
import type { Connection } from './handles.ts';
import { CellId } from './ids.ts';
import type { Notebook } from './notebook.ts';
import { buildCell, buildConnection, buildInput, buildNotebook, buildScriptlet } from './testing/builders.ts';

const middle = CellId.from('middle');

/** data → middle → last */
const notebook: Notebook = buildNotebook([], {
  cells: [
    buildCell('data'),
    buildScriptlet('middle', ['rows', 'factor'], ['result']),
    buildScriptlet('last', ['first', 'second'], ['report']),
  ],
  connections: [
    buildConnection('data.output', 'middle.rows'),
    buildConnection('middle.result', 'last.first'),
  ],
});

function apply(edit: Edit, to = notebook): { readonly notebook: Notebook; readonly undone: Notebook } {
  const result = applyEdit(to, edit);
  if (!result) throw new Error('the edit changed nothing');
  const undone = applyEdit(result.notebook, result.inverse);
  if (!undone) throw new Error('the inverse changed nothing');
  return { notebook: result.notebook, undone: sortConnections(undone.notebook) };
}

/** Their order says nothing. */
function sortConnections(unsorted: Notebook): Notebook {
  return { ...unsorted, connections: unsorted.connections.toSorted((one, other) => compare(one, other)) };
}

function compare(one: Connection, other: Connection): number {
  return write(one) < write(other) ? -1 : 1;
}

function write({ from, to }: Connection): string {
  return `${from.cellId}.${from.handle} → ${to.cellId}.${to.handle}`;
}

function list({ connections }: Notebook): string[] {
  return connections.map(write).sort();
}

describe('a connection', () => {
  it('is made and taken back', () => {
    const connection = buildConnection('data.other', 'last.second');
    const { notebook: connected, undone } = apply({ type: 'connect', connection });
    expect(list(connected)).toEqual([
      'data.other → last.second',
      'data.output → middle.rows',
      'middle.result → last.first',
    ]);
    expect(undone).toEqual(sortConnections(notebook));
  });

  it('takes the place of the one that the input had, which comes back', () => {
    const connection = buildConnection('data.output', 'last.first');
    const { notebook: connected, undone } = apply({ type: 'connect', connection });
    expect(list(connected)).toEqual(['data.output → last.first', 'data.output → middle.rows']);
    expect(undone).toEqual(sortConnections(notebook));
  });

  it('is cut and comes back', () => {
    const { notebook: cut, undone } = apply({ type: 'disconnect', to: { cellId: middle, handle: 'rows' } });
    expect(list(cut)).toEqual(['middle.result → last.first']);
    expect(undone).toEqual(sortConnections(notebook));
  });

  it.each<[string, Connection]>([
    ['that would close a circle', buildConnection('last.report', 'middle.factor')],
    ['of a cell to itself', buildConnection('middle.result', 'middle.factor')],
    ['from an output that is not there', buildConnection('middle.nothing', 'last.second')],
    ['to an input that is not there', buildConnection('middle.result', 'last.third')],
    ['to a cell that takes nothing', buildConnection('middle.result', 'data.rows')],
    ['of a cell that is gone', buildConnection('gone.out', 'last.second')],
    ['that is there', buildConnection('middle.result', 'last.first')],
  ])('%s is not made', (_what, connection) => {
    expect(applyEdit(notebook, { type: 'connect', connection })).toBeNull();
  });

  it('stays when a cell is moved', () => {
    const { notebook: moved } = apply({ type: 'move-cell', cellId: middle, toIndex: 0 });
    expect(moved.connections).toEqual(notebook.connections);
  });

  it('goes with its cell, and comes back with it', () => {
    const { notebook: without, undone } = apply({ type: 'remove-cell', cellId: middle });
    expect(without.connections).toEqual([]);
    expect(undone).toEqual(sortConnections(notebook));
  });

  it('does not come back to an input that was connected otherwise meanwhile', () => {
    const removed = applyEdit(notebook, { type: 'remove-cell', cellId: middle });
    if (!removed) throw new Error('the cell is not there');
    const connection = buildConnection('data.output', 'last.first');
    const { notebook: connected } = apply({ type: 'connect', connection }, removed.notebook);
    const undone = applyEdit(connected, removed.inverse);
    expect(undone && list(undone.notebook)).toEqual([
      'data.output → last.first',
      'data.output → middle.rows',
    ]);
  });
});

describe('the handles of a scriptlet', () => {
  it('are set with the connections that they have then, and set back', () => {
    const { notebook: changed, undone } = apply({
      type: 'set-handles',
      cellId: middle,
      inputs: [buildInput('table')],
      outputs: [],
      connections: [
        buildConnection('data.output', 'middle.table'),
        buildConnection('middle.result', 'last.first'),
      ],
    });
    expect(list(changed)).toEqual(['data.output → middle.table']);
    expect(undone).toEqual(sortConnections(notebook));
  });

  it('take a value, and give it back', () => {
    const value = { kind: 'json', text: '2' } as const;
    const edit: Edit = { type: 'set-input-value', cellId: middle, handle: 'factor', value };
    const { notebook: changed, undone } = apply(edit);
    expect(changed.cells[1]).toEqual({
      ...notebook.cells[1],
      inputs: [buildInput('rows'), buildInput('factor', { value })],
    });
    expect(undone).toEqual(notebook);
    expect(applyEdit(changed, edit)).toBeNull();
  });

  it.each<[string, Edit]>([
    [
      'are not those of a Data Generator',
      { type: 'set-input-value', cellId: CellId.from('data'), handle: 'x', value: null },
    ],
    [
      'take no value under a name that is not there',
      { type: 'set-input-value', cellId: middle, handle: 'x', value: null },
    ],
    [
      'are not set for a cell that is gone',
      { type: 'set-handles', cellId: CellId.from('gone'), inputs: [], outputs: [], connections: [] },
    ],
  ])('%s', (_what, edit) => {
    expect(applyEdit(notebook, edit)).toBeNull();
  });
});
