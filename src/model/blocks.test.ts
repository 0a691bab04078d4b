import { expect, it } from 'vitest';
import { listBlocks, listDownstream } from './blocks.ts';
import { CellId } from './ids.ts';
import { buildConnection, buildNotebook, buildScriptlet } from './testing/builders.ts';

const first = buildScriptlet('first', [], ['out']);
const end = {
  ...buildScriptlet('second', ['in']),
  flowNode: { nodeId: 'end', task: 'self::sum-up' },
};
const notebook = buildNotebook([], {
  cells: [first, end],
  connections: [buildConnection('first.out', 'second.in')],
});

it('scripts know an imported cell by the id of its node and by its task, and others by the id of the cell', () => {
  expect(listBlocks(notebook).map(({ nodeId, task }) => [nodeId, task])).toEqual([
    ['first', null],
    ['end', 'self::sum-up'],
  ]);
  expect(listDownstream(notebook, CellId.from('first'))).toEqual([
    { outputHandle: 'out', nodeId: 'end', title: 'second', description: '', inputHandle: 'in' },
  ]);
});
