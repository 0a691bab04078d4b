import { describe, expect, it } from 'vitest';
import { describeSeenBlock, hasSeenBlockChanged } from './block-looks.ts';
import { CellId } from './ids.ts';
import type { Notebook } from './notebook.ts';
import type { ScriptletCell } from './scriptlet.ts';
import { buildCell, buildInput, buildNotebook, buildScriptlet } from './testing/builders.ts';

const factor = buildInput('factor', { defaultValue: '1' });
const count: ScriptletCell = {
  ...buildScriptlet('Count', ['rows', factor], ['result']),
  id: CellId.from('count'),
};
const report: ScriptletCell = {
  ...buildScriptlet('Report', ['result']),
  flowNode: { nodeId: '+report', task: 'self::make-report' },
};
const notebook = buildNotebook([], { cells: [buildCell('data'), count, report] });

function give(input: typeof factor): ScriptletCell {
  return { ...count, inputs: count.inputs.map((other) => (other.name === input.name ? input : other)) };
}

function replace(...cells: readonly ScriptletCell[]): Notebook {
  const replaced = notebook.cells.map((cell) => cells.find(({ id }) => id === cell.id) ?? cell);
  return { ...notebook, cells: replaced };
}

function add(cell: ScriptletCell): Notebook {
  return { ...notebook, cells: [...notebook.cells, { ...cell, id: CellId.from('added') }] };
}

const changes: Record<string, Notebook> = {
  same: replace(),
  source: replace({ ...count, source: 'x = 2' }),
  value: replace(give({ ...factor, value: { kind: 'json', text: '3' } })),
  description: replace({ ...count, description: 'other' }),
  default: replace(give({ ...factor, defaultValue: '7' })),
  type: replace(give({ ...factor, schema: { type: 'number' } })),
  outputs: replace({ ...count, outputs: [] }),
  title: replace({ ...count, title: 'other' }),
  gone: { ...notebook, cells: [report] },
  'one of its title': add(count),
  'one of no name before': add({ ...count, title: 'none' }),
  'of a flow': replace({ ...report, description: 'other' }),
};

describe('a scriptlet that a job asked about', () => {
  it.each<[string, readonly string[]]>([
    ['count', ['description', 'default', 'type', 'outputs', 'gone']],
    ['self::Count', ['description', 'default', 'type', 'outputs', 'title', 'gone', 'one of its title']],
    ['none', ['one of no name before']],
    ['data', []],
    ['+report', ['of a flow']],
    ['make-report', ['of a flow']],
    ['self::make-report', ['of a flow']],
  ])('by “%s” is another with what scripts are told of it, and with whom they mean: %j', (name, expected) => {
    const seen = describeSeenBlock(name, notebook);
    expect(Object.keys(changes).filter((key) => hasSeenBlockChanged(seen, changes[key] ?? notebook))).toEqual(
      expected,
    );
  });

  it('is told of without its secrets', () => {
    const secret = { ...factor, schema: { contentMediaType: 'oomol/secret' } };
    const seen = describeSeenBlock('Count', replace(give({ ...secret, defaultValue: '"one"' })));
    expect(hasSeenBlockChanged(seen, replace(give({ ...secret, defaultValue: '"two"' })))).toBe(false);
  });
});
