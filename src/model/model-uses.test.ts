import { describe, expect, it } from 'vitest';
import { listGroupUses, listModelUses, nameCells } from './model-uses.ts';
import { buildCell, buildNotebook, buildScriptlet } from './testing/builders.ts';
import { buildLoadingCell, buildModelCell } from './testing/build-models.ts';

const cells = [
  buildLoadingCell('newest', 'iris'),
  buildLoadingCell('second', 'iris', 2),
  buildModelCell('group', { loadGroups: ['plants', 'drinks'] }),
  buildModelCell('save', { save: [{ mode: 'create', name: 'iris' }] }),
  buildModelCell('save groups', { saveGroups: [{ name: 'plants', models: ['iris'] }] }),
  buildLoadingCell('other', 'wine'),
  buildCell('none'),
  buildScriptlet('scriptlet'),
];
const notebook = buildNotebook([], { cells });

describe('the uses', () => {
  it('of a model are the cells that load it, by itself or with a group, and those that save it', () => {
    const uses = listModelUses([notebook], 'iris', ['plants']);
    expect(uses.map(({ cell, reasons }) => [cell.title, reasons])).toEqual([
      ['newest', [{ type: 'load', version: null }]],
      ['second', [{ type: 'load', version: 2 }]],
      ['group', [{ type: 'load-group', group: 'plants' }]],
      ['save', [{ type: 'save' }]],
      ['save groups', [{ type: 'save' }]],
    ]);
  });

  it('of a group are the cells that load and save it', () => {
    const uses = listGroupUses([notebook], 'plants');
    expect(uses.map(({ cell, reasons }) => [cell.title, reasons])).toEqual([
      ['group', ['load']],
      ['save groups', ['save']],
    ]);
  });

  it('are named with their notebooks', () => {
    const [one, two, three] = cells.slice(0, 3).map((cell) => ({ notebook, cell, reasons: [] }));
    const list = [one, two, three].flatMap((use) =>
      use && use.cell.kind === 'data-generator' ? [{ ...use, cell: use.cell }] : [],
    );
    expect(nameCells(list.slice(0, 1))).toBe('“newest” in “Notebook”');
    expect(nameCells(list)).toBe('“newest” in “Notebook”, “second” in “Notebook” and “group” in “Notebook”');
    expect(nameCells([])).toBe('');
    const many = Array.from({ length: 4 }, () => list.slice(0, 1)).flat();
    const four =
      '“newest” in “Notebook”, “newest” in “Notebook”, “newest” in “Notebook” and “newest” in “Notebook”';
    expect(nameCells(many)).toBe(four);
    expect(nameCells([...many, ...list])).toBe(
      '“newest” in “Notebook”, “newest” in “Notebook”, “newest” in “Notebook” and 4 more cells',
    );
  });
});
