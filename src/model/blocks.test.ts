import { describe, expect, it } from 'vitest';
import { holdsSecrets, listDownstream, writeBlocks } from './blocks.ts';
import { CellId } from './ids.ts';
import { buildConnection, buildHash, buildInput, buildNotebook, buildScriptlet } from './testing/builders.ts';

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
  expect(JSON.parse(writeBlocks(notebook, false))).toMatchObject([
    { nodeId: 'first', task: null },
    { nodeId: 'end', task: 'self::sum-up' },
  ]);
  expect(listDownstream(notebook, CellId.from('first'))).toEqual([
    { outputHandle: 'out', nodeId: 'end', title: 'second', description: '', inputHandle: 'in' },
  ]);
});

describe('what a script may ask about others', () => {
  it('says of each scriptlet what it is, what it takes and what is set on it', () => {
    const input = buildInput('n', {
      schema: { type: 'number' },
      defaultValue: '1',
      value: { kind: 'json', text: 'NaN' },
    });
    const cell = { ...buildScriptlet('Total', [input], ['out']), description: 'Counts' };
    const any = { description: '', nullable: false, isAdditional: false };
    expect(JSON.parse(writeBlocks({ cells: [cell] }, false))).toEqual([
      {
        nodeId: 'Total',
        task: null,
        title: 'Total',
        description: 'Counts',
        source: cell.source,
        inputsDef: [{ ...any, name: 'n', schema: '{"type":"number"}', defaultValue: '1' }],
        outputsDef: [{ ...any, name: 'out', schema: '{}', defaultValue: null }],
        values: [{ handle: 'n', kind: 'json', text: 'NaN' }],
      },
    ]);
  });

  const secret = { schema: { contentMediaType: 'oomol/secret' } };
  const summary = { rowCount: 0, columns: [] };
  const inputs = [
    buildInput('photo', {
      schema: { contentMediaType: 'oomol/bin' },
      value: { kind: 'json', text: '"/notebook/photo.png"' },
    }),
    buildInput('rows', {
      value: { kind: 'dataset', title: 'Sales', summary, blob: buildHash('a'), byteSize: 1 },
    }),
    buildInput('key', { ...secret, value: { kind: 'secret', text: 'hush' } }),
    buildInput('was secret', { value: { kind: 'secret', text: 'hush' } }),
    buildInput('written', { ...secret, value: { kind: 'json', text: '"hush"' } }),
    buildInput('declared', { ...secret, defaultValue: '"hush"' }),
    buildInput('none', { ...secret, value: { kind: 'json', text: 'null' }, defaultValue: '"hush"' }),
    buildInput('empty', secret),
  ];
  const cells = [buildScriptlet('Signed', inputs)];
  const none = { handle: 'none', kind: 'json', text: 'null' };

  it('holds its secrets only when asked to, and no values that would have to be read for it', () => {
    expect(JSON.parse(writeBlocks({ cells }, true))).toMatchObject([
      {
        values: [
          { handle: 'key', kind: 'secret', text: 'hush' },
          { handle: 'was secret', kind: 'secret', text: 'hush' },
          { handle: 'written', kind: 'json', text: '"hush"' },
          none,
        ],
      },
    ]);
    const names = ['key', 'was secret', 'written', 'declared'];
    expect(JSON.parse(writeBlocks({ cells }, false))).toMatchObject([
      { values: [...names.map((handle) => ({ handle, kind: 'withheld' })), none] },
    ]);
    expect(writeBlocks({ cells }, false)).not.toContain('hush');
  });

  it('says whether there is a secret to hold back', () => {
    const plain = buildInput('n', { defaultValue: '1' });
    expect(holdsSecrets({ cells })).toBe(true);
    expect(holdsSecrets({ cells: [buildScriptlet('Plain', [plain])] })).toBe(false);
  });
});
