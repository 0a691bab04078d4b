import { describe, expect, it } from 'vitest';
import type { ScriptletCell } from '../../model/scriptlet.ts';
import { readFiles } from '../testing/build-files.ts';
import { importFiles, listNotes } from '../testing/import-files.ts';

/** The one cell of a flow whose node `a` has these lines beside its inline task's. */
function buildNode(task: string, node = ''): { cell: ScriptletCell; notes: string[] } {
  const imported = importFiles({
    'flow.oo.yaml': `nodes:\n- node_id: a\n  task:\n    executor: { name: python, options: { source: "" } }\n${indent(task, 4)}\n${indent(node, 2)}`,
  });
  const [cell] = imported.cells;
  if (!cell) throw new Error('there is no cell');
  return { cell, notes: listNotes(imported) };
}

function indent(text: string, width: number): string {
  return text.replace(/^/gm, ' '.repeat(width));
}

describe('the inputs of a task', () => {
  it('tell what is absent from what is null', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a }, { handle: b, value: null }, { handle: c, nullable: true }, { handle: d, nullable: true, value: }]',
      'inputs_from: [{ handle: a, value: }, { handle: b, value: ~ }, { handle: c }]',
    );
    expect(
      cell.inputs.map(({ name, isNullable, defaultValue, value }) => [name, isNullable, defaultValue, value]),
    ).toEqual([
      ['a', false, null, { kind: 'json', text: 'null' }],
      ['b', false, 'null', { kind: 'json', text: 'null' }],
      ['c', true, null, null],
      ['d', true, 'null', null],
    ]);
  });

  it('keep the digits of their values, and dates as texts', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a, value: [1.0, 2024-01-31] }]',
      'inputs_from: [{ handle: a, value: { big: 123456789012345678901, e: 1e-7 } }]',
    );
    expect(cell.inputs[0]).toMatchObject({
      defaultValue: '[1.0, "2024-01-31"]',
      value: { kind: 'json', text: '{"big": 123456789012345678901, "e": 1e-7}' },
    });
  });

  it('keep their schemas whole, with the hints for the editor', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a, json_schema: { type: string, enum: [x, 1.5], ui:options: { labels: [X, Y] } } }, { handle: b, json_schema: false }, { handle: c, json_schema: }]',
    );
    expect(cell.inputs.map(({ schema }) => schema)).toEqual([
      { type: 'string', enum: ['x', 1.5], 'ui:options': { labels: ['X', 'Y'] } },
      { not: {} },
      {},
    ]);
  });

  it('take more of the node where the task allows it, and so do the outputs', () => {
    const node = 'inputs_def: [{ handle: a }, { handle: more, value: 1 }]\noutputs_def: [{ handle: extra }]';
    const allowed = buildNode(
      'inputs_def: [{ handle: a }]\nadditional_inputs: true\nadditional_outputs: { schema: {} }',
      node,
    );
    expect(
      allowed.cell.inputs.map(({ name, isAdditional, defaultValue }) => [name, isAdditional, defaultValue]),
    ).toEqual([
      ['a', false, null],
      ['more', true, '1'],
    ]);
    expect(allowed.cell.outputs.map(({ name, isAdditional }) => [name, isAdditional])).toEqual([
      ['extra', true],
    ]);
    expect(allowed.notes).toEqual([]);
    const refused = buildNode('inputs_def: [{ handle: a }]\nadditional_inputs: false', node);
    expect(refused.cell.inputs.map(({ name }) => name)).toEqual(['a']);
    expect(refused.cell.outputs).toEqual([]);
    expect(refused.notes).toEqual([
      'a: The input "more" that the node adds was left out: its task has no additional_inputs.',
      'a: The output "extra" that the node adds was left out: its task has no additional_outputs.',
    ]);
  });

  it('that are not declared are dropped, as OOCANA does, with a note', () => {
    const { cell, notes } = buildNode(
      'inputs_def: []',
      'inputs_from: [{ handle: lost, value: 1 }, { handle: empty }]',
    );
    expect(cell.inputs).toEqual([]);
    expect(notes).toEqual([
      'a: The input "lost" was left out with what it is given: its task does not declare it, and OOCANA drops it, too.',
    ]);
  });

  it('that are declared twice count once, as the later says', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a, value: 1 }, { handle: b }, { handle: a, value: 2 }]',
    );
    expect(cell.inputs.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
      ['a', '2'],
      ['b', null],
    ]);
  });

  it('have their secrets emptied, with a note for each', () => {
    const secret = 'json_schema: { contentMediaType: oomol/secret }';
    const { cell, notes } = buildNode(
      `inputs_def: [{ handle: key, ${secret}, value: "Custom,Mail,Key" }, { handle: typed, ${secret}, value: "" }, { handle: none, ${secret} }]`,
      'inputs_from: [{ handle: key, value: "AWS,w,KEY" }, { handle: typed, value: hunter2 }, { handle: none, value: }]',
    );
    expect(cell.inputs.map(({ name, defaultValue, value }) => [name, defaultValue, value])).toEqual([
      ['key', null, { kind: 'secret', text: '' }],
      ['typed', null, { kind: 'secret', text: 'hunter2' }],
      ['none', null, { kind: 'json', text: 'null' }],
    ]);
    expect(notes).toEqual([
      'a: The default of the secret input "key" was left out: everybody could read it.',
      'a: The input "key" came without its secret "AWS,w,KEY": OOMOL keeps secrets outside of flows.',
    ]);
  });

  it('are secret where the node says so, as a whole or in parts', () => {
    const secret = 'schema: { contentMediaType: oomol/secret }';
    const { cell, notes } = buildNode(
      'inputs_def: [{ handle: whole, json_schema: { type: string } }, { handle: parts }]',
      [
        'inputs_from:',
        `  - { handle: whole, value: "A,b,C", schema_overrides: [{ ${secret} }] }`,
        '  - handle: parts',
        '    value: { one: "A,b,C", list: [{ key: "D,e,F", plain: 1.0 }], other: "G,h,I" }',
        `    schema_overrides: [{ path: one, ${secret} }, { path: [list, 0, key], ${secret} }]`,
      ].join('\n'),
    );
    expect(cell.inputs.map(({ schema, value }) => [schema, value])).toEqual([
      [
        { type: 'string', contentMediaType: 'oomol/secret' },
        { kind: 'secret', text: '' },
      ],
      [
        {
          properties: {
            one: { contentMediaType: 'oomol/secret' },
            list: { items: { properties: { key: { contentMediaType: 'oomol/secret' } } } },
          },
        },
        { kind: 'json', text: '{"one": "", "list": [{"key": "", "plain": 1.0}], "other": "G,h,I"}' },
      ],
    ]);
    expect(notes).toEqual([
      'a: The input "whole" came without its secret "A,b,C": OOMOL keeps secrets outside of flows.',
      'a: The input "parts" came without its secret one, list[0].key: OOMOL keeps secrets outside of flows.',
    ]);
  });

  it('have no type that a value with parts could not have', () => {
    const secret = 'schema: { contentMediaType: oomol/secret }';
    const { cell } = buildNode(
      'inputs_def: [{ handle: login, json_schema: { type: string } }, { handle: keys, json_schema: { type: [array, "null"], maxItems: 2 } }]',
      [
        'inputs_from:',
        `  - { handle: login, value: { user: me, word: "" }, schema_overrides: [{ path: word, ${secret} }] }`,
        `  - { handle: keys, value: [""], schema_overrides: [{ path: 0, ${secret} }] }`,
      ].join('\n'),
    );
    expect(cell.inputs.map(({ schema }) => schema)).toEqual([
      { properties: { word: { contentMediaType: 'oomol/secret' } } },
      { type: ['array', 'null'], maxItems: 2, items: { contentMediaType: 'oomol/secret' } },
    ]);
  });

  it('are set to what older flows keep as an initial value', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a }, { handle: b }, { handle: c }, { handle: d }]',
      [
        'inputs_from:',
        '  - { handle: a, cache: { initial_value: 2001 } }',
        '  - { handle: b, cache: { initial_value: 1 }, value: }',
        '  - { handle: c, cache: true }',
        '  - { handle: d, cache: { initial_value: } }',
      ].join('\n'),
    );
    expect(cell.inputs.map(({ value }) => value)).toEqual([
      { kind: 'json', text: '2001' },
      { kind: 'json', text: 'null' },
      null,
      { kind: 'json', text: 'null' },
    ]);
  });

  it('take the type that the node gives a typed value, and not where they are connected', () => {
    const { cell } = buildNode(
      'inputs_def: [{ handle: a, json_schema: { description: any } }, { handle: b }, { handle: c }]',
      [
        'inputs_from:',
        '  - { handle: a, value: 2, schema_overrides: [{ schema: { type: number } }] }',
        '  - { handle: b, from_node: [{ node_id: x, output_handle: o }], schema_overrides: [{ schema: { type: number } }] }',
        '  - { handle: c, value: [], schema_overrides: [{ path: 0, schema: { type: number } }, { path: x }] }',
      ].join('\n'),
    );
    expect(cell.inputs.map(({ schema }) => schema)).toEqual([
      { description: 'any', type: 'number' },
      {},
      { items: { type: 'number' } },
    ]);
  });

  it('that name files of the package take them along', () => {
    const source = 'def main(): pass';
    const imported = importFiles(
      {
        'shop/package.oo.yaml': 'name: shop\n',
        'shop/flows/one/flow.oo.yaml': `
          nodes:
            - node_id: a
              task:
                inputs_def: [{ handle: one }, { handle: all }, { handle: gone }, { handle: out }, { handle: taken }]
                executor: { name: python, options: { source: "" } }
              inputs_from:
                - { handle: one, value: /app/workspace/data/more/b.csv }
                - { handle: all, value: /app/workspace/data/ }
                - { handle: gone, value: /app/workspace/lost.csv }
                - { handle: out, value: /app/workspace/../other/x }
                - { handle: taken, value: /app/workspace/helper.py }
            - { node_id: b, task: ./b }
        `,
        'shop/flows/one/b/task.oo.yaml': 'executor: { name: python, options: { entry: main.py } }\n',
        'shop/flows/one/b/main.py': `import helper\n${source}`,
        'shop/flows/one/b/helper.py': 'x = 1',
        'shop/helper.py': 'x = 2',
        'shop/data/a.csv': 'a',
        'shop/data/more/b.csv': 'b',
        'other/x': 'x',
      },
      'shop/flows/one/flow.oo.yaml',
    );
    expect(imported.cells[0]?.inputs.map(({ value }) => value)).toEqual([
      { kind: 'json', text: '"/notebook/data/more/b.csv"' },
      { kind: 'json', text: '"/notebook/data"' },
      { kind: 'json', text: '"/app/workspace/lost.csv"' },
      { kind: 'json', text: '"/app/workspace/../other/x"' },
      { kind: 'json', text: '"/app/workspace/helper.py"' },
    ]);
    expect(readFiles(imported.files)).toEqual({
      'data/a.csv': 'a',
      'data/more/b.csv': 'b',
      'helper.py': 'x = 1',
    });
    expect(listNotes(imported)).toHaveLength(3);
  });

  it('that name folders of OOMOL are told of', () => {
    const { cell, notes } = buildNode(
      'inputs_def: [{ handle: csv }]',
      'inputs_from: [{ handle: csv, value: /oomol-driver/oomol-storage/a.csv }]',
    );
    expect(cell.inputs[0]?.value).toEqual({ kind: 'json', text: '"/oomol-driver/oomol-storage/a.csv"' });
    expect(notes).toEqual([
      'a: The input "csv" is the path /oomol-driver/oomol-storage/a.csv, which is a folder of OOMOL and not there in this notebook.',
    ]);
  });

  it('take files of the package along from anywhere in their values and defaults', () => {
    const imported = importFiles(
      {
        'shop/package.oo.yaml': 'name: shop\n',
        'shop/flows/one/flow.oo.yaml': `
          nodes:
            - node_id: a
              task:
                inputs_def:
                  - { handle: list }
                  - { handle: parts, value: { deep: [/app/workspace/c.csv, 1.0, { x: /app/workspace/lost }] } }
                  - { handle: text, value: /app/workspace/d.csv }
                executor: { name: python, options: { source: "" } }
              inputs_from:
                - { handle: list, value: [/app/workspace/a.csv, { csv: /app/workspace/b.csv }, plain, null] }
        `,
        ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`shop/${name}.csv`, name])),
      },
      'shop/flows/one/flow.oo.yaml',
    );
    expect(
      imported.cells[0]?.inputs.map(({ name, defaultValue, value }) => [name, defaultValue, value]),
    ).toEqual([
      [
        'list',
        null,
        { kind: 'json', text: '["/notebook/a.csv", {"csv": "/notebook/b.csv"}, "plain", null]' },
      ],
      ['parts', '{"deep": ["/notebook/c.csv", 1.0, {"x": "/app/workspace/lost"}]}', null],
      ['text', '"/notebook/d.csv"', null],
    ]);
    expect(readFiles(imported.files)).toEqual({ 'a.csv': 'a', 'b.csv': 'b', 'c.csv': 'c', 'd.csv': 'd' });
    expect(listNotes(imported)).toEqual([
      'a: The default of the input "parts" holds the path /app/workspace/lost, which is a folder of OOMOL and not there in this notebook.',
    ]);
  });

  it('that hold folders of OOMOL are told of in one note each, which names a few', () => {
    const { notes } = buildNode(
      'inputs_def: [{ handle: two }, { handle: many, value: [/oomol-storage/0] }]',
      [
        'inputs_from:',
        '  - { handle: two, value: [/oomol-storage/a, { b: /oomol-driver/b }, /oomol-storage/a] }',
        `  - { handle: many, value: [${[1, 2, 3, 4, 5, 6, 7].map((n) => `/oomol-storage/${n}`).join(', ')}] }`,
      ].join('\n'),
    );
    expect(notes).toEqual([
      'a: The input "two" holds the paths /oomol-storage/a, /oomol-driver/b, which are folders of OOMOL and not there in this notebook.',
      'a: The input "many" holds the paths /oomol-storage/1, /oomol-storage/2, /oomol-storage/3, /oomol-storage/4, /oomol-storage/5, and 2 more, which are folders of OOMOL and not there in this notebook.',
    ]);
  });

  it('that are folders of OOMOL by default are told of where nothing else gives them a value', () => {
    const { notes } = buildNode(
      'inputs_def: [{ handle: taken, value: /oomol-storage/a }, { handle: set, value: /oomol-storage/b }, { handle: fed, value: /oomol-storage/c }]',
      [
        'inputs_from:',
        '  - { handle: set, value: /notebook/b }',
        '  - { handle: fed, from_node: [{ node_id: x, output_handle: o }] }',
      ].join('\n'),
    );
    expect(notes.filter((note) => note.includes('OOMOL'))).toEqual([
      'a: The default of the input "taken" is the path /oomol-storage/a, which is a folder of OOMOL and not there in this notebook.',
    ]);
  });
});
