import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignContent, compareCells, isSameContent } from './compare-contents.ts';
import { applyEdit, type Edit } from './edits.ts';
import { CellId } from './ids.ts';
import type { Notebook } from './notebook.ts';
import { planContent, takeCell } from './plan-content.ts';
import { buildCell, buildConnection, buildHash, buildNotebook, buildScriptlet } from './testing/builders.ts';

const original = buildNotebook([], {
  cells: [
    buildCell('Make'),
    buildScriptlet('Count', ['rows'], ['number']),
    buildScriptlet('Show', ['number']),
  ],
  connections: [buildConnection('Make.rows', 'Count.rows'), buildConnection('Count.number', 'Show.number')],
  files: [{ path: 'help.py', blob: buildHash('1'), byteSize: 10 }],
  requirements: 'six',
});

function change(notebook: Notebook, ...edits: readonly Edit[]): Notebook {
  return edits.reduce((changed, edit) => applyEdit(changed, edit)?.notebook ?? changed, notebook);
}

const id = CellId.from;

const edits: readonly Edit[] = [
  { type: 'remove-cell', cellId: id('Make') },
  { type: 'remove-cell', cellId: id('Count') },
  { type: 'add-cell', cell: buildCell('Mine'), index: 1, connections: [] },
  { type: 'add-cell', cell: buildScriptlet('Mine too', ['number']), index: 0, connections: [] },
  { type: 'move-cell', cellId: id('Show'), toIndex: 0 },
  { type: 'rename-cell', cellId: id('Count'), title: 'Sum' },
  { type: 'set-source', cellId: id('Show'), source: 'print(1)' },
  { type: 'disconnect', to: { cellId: id('Show'), handle: 'number' } },
  { type: 'connect', connection: buildConnection('Make.other', 'Show.number') },
  { type: 'connect', connection: buildConnection('Mine.other', 'Count.rows') },
  { type: 'set-input-value', cellId: id('Count'), handle: 'rows', value: { kind: 'json', text: '[]' } },
  { type: 'set-handles', cellId: id('Count'), inputs: [], outputs: [], connections: [] },
  { type: 'change-files', files: [{ path: 'help.py', file: null }] },
  {
    type: 'change-files',
    files: [{ path: 'a.py', file: { path: 'a.py', blob: buildHash('2'), byteSize: 1 } }],
  },
  { type: 'set-requirements', requirements: '' },
  {
    type: 'add-wheel',
    wheel: {
      fileName: 'x.whl',
      name: 'x',
      version: '1',
      modules: [],
      needs: [],
      byteSize: 1,
      blob: buildHash('3'),
    },
    index: 0,
  },
];

describe('a lesson', () => {
  it('is as it was after a reset, whatever was changed, and as it was before when that is taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...edits), { maxLength: 10 }), (made) => {
        const changed = change(original, ...made);
        const wanted = alignContent(original, changed);
        const edit = planContent(changed, wanted);
        expect(edit === null).toBe(isSameContent(wanted, changed));
        if (!edit) return;
        const result = applyEdit(changed, edit);
        if (!result) throw new Error('it was to be changed');
        const { cells, connections, files, requirements, wheels } = wanted;
        expect(result.notebook).toMatchObject({ cells, files, requirements, wheels });
        expect(new Set(result.notebook.connections)).toEqual(new Set(connections));
        expect(planContent(result.notebook, wanted)).toBeNull();
        const back = applyEdit(result.notebook, result.inverse)?.notebook;
        expect({ ...back, connections: new Set(back?.connections) }).toEqual({
          ...changed,
          connections: new Set(changed.connections),
        });
      }),
    );
  });

  it('leaves cells alone that were not changed', () => {
    const changed = change(original, { type: 'set-source', cellId: id('Show'), source: 'print(1)' });
    const edit = planContent(changed, alignContent(original, changed));
    expect(edit).toEqual({
      type: 'several',
      edits: [
        {
          type: 'replace-cell',
          cell: original.cells[2],
          connections: [buildConnection('Count.number', 'Show.number')],
        },
      ],
    });
  });

  it('gives a cell that was deleted an id of its own, as its former one may be that of a cell elsewhere', () => {
    const changed = change(original, { type: 'remove-cell', cellId: id('Count') });
    const { cells, connections } = alignContent(original, changed);
    const [, brought] = cells;
    expect(cells.map(({ title }) => title)).toEqual(['Make', 'Count', 'Show']);
    expect(brought?.id).not.toBe('Count');
    expect(connections[0]?.to.cellId).toBe(brought?.id);
  });

  it('is known again in a copy, whose cells have other ids, by titles, else by what stands in the cells', () => {
    const copied = {
      ...original,
      cells: original.cells.map((cell, index) => ({ ...cell, id: id(`copy ${index}`) })),
      connections: [
        buildConnection('copy 0.rows', 'copy 1.rows'),
        buildConnection('copy 1.number', 'copy 2.number'),
      ],
    };
    const changed = change(
      copied,
      { type: 'set-source', cellId: id('copy 1'), source: 'mine' },
      { type: 'rename-cell', cellId: id('copy 0'), title: 'Begin' },
    );
    const aligned = alignContent(original, changed);
    expect(aligned.cells.map((cell) => cell.id)).toEqual(['copy 0', 'copy 1', 'copy 2']);
    expect(isSameContent(alignContent(original, copied), copied)).toBe(true);
    const states = compareCells(aligned, changed).map(({ cellId, isSame, isMoved }) => [
      cellId,
      isSame,
      isMoved,
    ]);
    expect(states).toEqual([
      ['copy 0', false, false],
      ['copy 1', false, false],
      ['copy 2', true, false],
    ]);
  });

  it('is compared cell by cell: added, removed, changed, moved', () => {
    const changed = change(
      original,
      { type: 'add-cell', cell: buildCell('Mine'), index: 1, connections: [] },
      { type: 'move-cell', cellId: id('Show'), toIndex: 0 },
      { type: 'remove-cell', cellId: id('Count') },
    );
    const compared = compareCells(original, changed).map(({ before, after, isMoved, isSame }) => [
      before?.title ?? null,
      after?.title ?? null,
      isMoved,
      isSame,
    ]);
    expect(compared).toEqual([
      // It took from a cell that is gone.
      ['Show', 'Show', true, false],
      ['Make', 'Make', false, true],
      ['Count', null, false, false],
      [null, 'Mine', false, false],
    ]);
  });

  it('can have one of its cells as it was, with what it takes, and the rest as it is', () => {
    const changed = change(
      original,
      { type: 'set-source', cellId: id('Show'), source: 'print(1)' },
      { type: 'rename-cell', cellId: id('Make'), title: 'Begin' },
      { type: 'disconnect', to: { cellId: id('Show'), handle: 'number' } },
    );
    const taken = takeCell(changed, alignContent(original, changed), id('Show'));
    const reset = change(
      changed,
      planContent(changed, taken) ?? { type: 'set-requirements', requirements: '' },
    );
    expect(reset.cells.map(({ title }) => title)).toEqual(['Begin', 'Count', 'Show']);
    expect(reset.cells[2]).toEqual(original.cells[2]);
    expect(reset.connections).toEqual(original.connections);
  });

  it('can have one cell back that was deleted, in its place, with what it gave to others', () => {
    const changed = change(
      original,
      { type: 'remove-cell', cellId: id('Count') },
      { type: 'set-requirements', requirements: 'mine' },
    );
    const wanted = alignContent(original, changed);
    const brought = wanted.cells[1]?.id ?? id('');
    const edit = planContent(changed, takeCell(changed, wanted, brought));
    const reset = change(changed, ...(edit ? [edit] : []));
    expect(reset.cells.map(({ title }) => title)).toEqual(['Make', 'Count', 'Show']);
    expect(reset.connections).toEqual([
      buildConnection('Make.rows', `${brought}.rows`),
      buildConnection(`${brought}.number`, 'Show.number'),
    ]);
    expect(reset.requirements).toBe('mine');
  });
});
