import { describe, expect, it } from 'vitest';
import { importFlow } from './import-flow.ts';
import { buildFiles, readFiles } from './testing/build-files.ts';
import { describeConnections, getScripts, importFiles, listNotes } from './testing/import-files.ts';

function refuse(text: string): string | null {
  const imported = importFlow(buildFiles({ 'flow.oo.yaml': text }), 'flow.oo.yaml');
  return imported.isOk ? null : imported.problem;
}

describe('an OOMOL flow', () => {
  it('becomes cells, connections, files and requirements', () => {
    const imported = importFiles(
      {
        'shop/package.oo.yaml': 'name: shop\nversion: 0.1.0\n',
        'shop/requirements.txt': 'pandas>=2\n',
        'shop/oo-locales/en.json': '{"flow": "Prices", "sum-title": "Sum up", "sum-text": "Adds prices."}',
        'shop/flows/prices/flow.oo.yaml': `
          title: "%flow%"
          description: What things cost
          nodes:
            - node_id: total#1
              task: self::sum-up
              timeout: 60
              inputs_from:
                - handle: prices
                  from_node:
                    - node_id: +python#1
                      output_handle: prices
                - handle: rate
                  value: 1.0
            - node_id: +python#1
              title: "Python #1"
              task:
                ui: { default_width: 450 }
                inputs_def: []
                outputs_def:
                  - handle: prices
                    json_schema: { type: array, items: { type: number }, ui:widget: list }
                executor: { name: python, options: { entry: scriptlets/+scriptlet#1.py } }
        `,
        'shop/flows/prices/scriptlets/+scriptlet#1.py': 'def main(params):\n    return {"prices": [1, 2]}\n',
        'shop/tasks/sum-up/task.oo.yaml': `
          title: "%sum-title%"
          description: "%sum-text%"
          inputs_def:
            - handle: prices
              description: All of them
              json_schema: { type: array }
            - group: More
              collapsed: true
            - handle: rate
              nullable: true
              value: 0.19
          outputs_def:
            - handle: total
          executor: { name: python, options: { entry: __init__.py, function: sum_up, spawn: false } }
        `,
        'shop/tasks/sum-up/__init__.py':
          'import rates\n\ndef sum_up(params):\n    return {"total": rates.add(params)}\n',
        'shop/tasks/sum-up/rates.py': 'def add(params):\n    return 3\n',
      },
      'shop/flows/prices/flow.oo.yaml',
    );
    const prices = { type: 'array', items: { type: 'number' }, 'ui:widget': 'list' };
    const plain = { description: '', schema: {}, isNullable: false, isAdditional: false };
    expect({ ...imported, files: readFiles(imported.files) }).toEqual({
      title: 'Prices',
      description: 'What things cost',
      cells: [
        {
          kind: 'scriptlet',
          id: 'cell-2',
          title: 'Python #1',
          description: '',
          source: 'def main(params):\n    return {"prices": [1, 2]}\n',
          inputs: [],
          outputs: [{ ...plain, name: 'prices', schema: prices }],
          configuration: { timeoutSeconds: 300 },
          flowNode: { nodeId: '+python#1', task: null },
        },
        {
          kind: 'scriptlet',
          id: 'cell-1',
          title: 'Sum up',
          description: 'Adds prices.',
          source:
            'import rates\n\ndef sum_up(params):\n    return {"total": rates.add(params)}\n\nmain = sum_up\n',
          inputs: [
            {
              ...plain,
              name: 'prices',
              description: 'All of them',
              schema: { type: 'array' },
              defaultValue: null,
              value: null,
            },
            {
              ...plain,
              name: 'rate',
              isNullable: true,
              defaultValue: '0.19',
              value: { kind: 'json', text: '1.0' },
            },
          ],
          outputs: [{ ...plain, name: 'total' }],
          configuration: { timeoutSeconds: 60 },
          flowNode: { nodeId: 'total#1', task: 'self::sum-up' },
        },
      ],
      connections: [
        { from: { cellId: 'cell-2', handle: 'prices' }, to: { cellId: 'cell-1', handle: 'prices' } },
      ],
      files: { 'rates.py': 'def add(params):\n    return 3\n' },
      requirements: 'pandas>=2\n',
      notes: [],
    });
  });

  it('has inline scripts as they are, with the function that is asked for', () => {
    const { cells } = importFiles({
      'flow.oo.yaml': `
        nodes:
          - node_id: one
            task:
              executor:
                name: python
                options:
                  source: |-
                    def main(params):
                        return {}
          - node_id: two
            task:
              executor: { name: python, options: { function: run, source: "def run(): pass" } }
      `,
    });
    expect(getScripts(cells)).toEqual({
      one: 'def main(params):\n    return {}',
      two: 'def run(): pass\n\nmain = run\n',
    });
  });

  it('has its value nodes as cells that hand on what they are set to', () => {
    const { cells, ...rest } = importFiles({
      'flow.oo.yaml': `
        nodes:
          - node_id: value
            values:
              - handle: big
                json_schema: { type: integer }
                value: 12345678901234567890
              - { handle: nothing, nullable: true, value: null }
              - { handle: unset, description: Set me }
          - node_id: use
            task:
              inputs_def: [{ handle: n }]
              executor: { name: python, options: { source: "def main(p): pass" } }
            inputs_from:
              - handle: n
                from_node: [{ node_id: value, output_handle: big }]
      `,
    });
    const plain = { description: '', schema: {}, isNullable: false, isAdditional: false };
    const handles = [
      { ...plain, name: 'big', schema: { type: 'integer' } },
      { ...plain, name: 'nothing', isNullable: true },
      { ...plain, name: 'unset', description: 'Set me' },
    ];
    const values = [{ kind: 'json', text: '12345678901234567890' }, { kind: 'json', text: 'null' }, null];
    expect(cells[0]).toEqual({
      kind: 'scriptlet',
      id: 'cell-1',
      title: 'value',
      description: '',
      source: 'def main(params):\n    return params\n',
      inputs: handles.map((handle, index) => ({ ...handle, defaultValue: null, value: values[index] })),
      outputs: handles,
      configuration: { timeoutSeconds: 300 },
      flowNode: { nodeId: 'value', task: null },
    });
    expect(describeConnections({ cells, ...rest })).toEqual(['cell-1.big → cell-2.n']);
  });

  it('gives cells titles of their own: of the node, else of the task, else its id', () => {
    const task = '{ title: Load, executor: { name: python, options: { source: "def main(): pass" } } }';
    const { cells, title } = importFiles(
      {
        'p/flows/my flow/flow.oo.yaml': `
          nodes:
            - { node_id: a, title: First, task: ${task} }
            - { node_id: b, task: ${task} }
            - { node_id: c, title: " ", task: ${task} }
            - { node_id: d, title: 2024, values: [] }
            - { node_id: e, values: [] }
        `,
      },
      'p/flows/my flow/flow.oo.yaml',
    );
    expect(title).toBe('my flow');
    expect(cells.map((cell) => cell.title)).toEqual(['First', 'Load', 'Load 2', '2024', 'e']);
  });

  it('takes timeouts in whole seconds, and says where one is none', () => {
    const node = (id: string, more: string) => `- { node_id: ${id}, ${more}, values: [] }`;
    const imported = importFiles({
      'flow.oo.yaml': `nodes:\n  ${[node('a', 'timeout: 5'), node('b', 'timeout_seconds: 7'), node('c', 'timeout: 0.5')].join('\n  ')}`,
    });
    expect(imported.cells.map(({ configuration }) => configuration.timeoutSeconds)).toEqual([5, 7, 300]);
    expect(listNotes(imported)).toEqual([
      'c: Its timeout is not a whole number of seconds from 1 to 86400, so that it is 300 s.',
    ]);
  });

  it('says where a node ran in another package', () => {
    const imported = importFiles({
      'flow.oo.yaml':
        'nodes: [{ node_id: a, inject: { package: tools }, values: [] }, { node_id: b, inject: , values: [] }]',
    });
    expect(listNotes(imported)).toEqual([
      'a: Its script ran among the files and packages of another OOMOL package (inject), which it does not here.',
    ]);
  });

  it.each([
    ['nodes:\n  - [a', 'flow.oo.yaml, line 2, column 7: '],
    ['nodes: 7', 'flow.oo.yaml at nodes: expected Array, got YamlNumber.'],
    ['- a', 'flow.oo.yaml at the value itself: expected a mapping, got Array.'],
    ['nodes: [7]', 'flow.oo.yaml at nodes[0]: expected a mapping, got YamlNumber.'],
    ['nodes: [{ title: x }]', 'flow.oo.yaml at nodes[0].node_id: expected "node_id", got undefined.'],
    [
      'nodes: [{ node_id: a, inputs_from: [{ value: 1 }] }]',
      'flow.oo.yaml at nodes[0].inputs_from[0].handle: expected "handle", got undefined.',
    ],
    [
      'nodes: [{ node_id: a, task: { executor: { name: [] } } }]',
      'flow.oo.yaml at nodes[0].task.executor.name: expected string, got Array.',
    ],
    [
      'nodes: [{ node_id: a, task: { inputs_def: [{ description: x }] } }]',
      'flow.oo.yaml at nodes[0].task.inputs_def[0]: expected a handle, got ',
    ],
  ])('that is broken is refused with the place: %s', (text, problem) => {
    expect(refuse(text)).toContain(problem);
  });

  it('that is not there is refused, and so is one without bounds', () => {
    expect(importFlow(new Map(), 'a/flow.oo.yaml')).toEqual({
      isOk: false,
      problem: 'a/flow.oo.yaml is not among the files.',
    });
    expect(refuse(`nodes: [${'{ node_id: a },'.repeat(1_001)}]`)).toBe(
      'flow.oo.yaml has more than 1000 nodes.',
    );
  });

  it('without nodes is a notebook without cells', () => {
    expect(importFiles({ 'flow.oo.yaml': '{}' })).toEqual({
      title: 'Imported flow',
      description: '',
      cells: [],
      connections: [],
      files: [],
      requirements: '',
      notes: [],
    });
  });
});
