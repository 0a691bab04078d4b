import { describe, expect, it } from 'vitest';
import { getScripts, importFiles, listNotes } from '../testing/import-files.ts';

const python = 'executor: { name: python, options: { entry: main.py } }';

function importCaller(script: string, files: Readonly<Record<string, string>>, more = '') {
  return importFiles(
    {
      'flows/one/flow.oo.yaml': `nodes:\n  - { node_id: caller, task: ./caller }\n${more}`,
      'flows/one/caller/task.oo.yaml': python,
      'flows/one/caller/main.py': script,
      ...files,
    },
    'flows/one/flow.oo.yaml',
  );
}

function callLine(name: string): string {
  return `def main(params, context):\n    context.run_block(${name}, inputs={})\n`;
}

describe('a task that a script calls by name', () => {
  const count = {
    'tasks/count/task.oo.yaml': `title: Count\n${python}`,
    'tasks/count/main.py': 'def main():\n    return {}\n',
  };

  it('is a cell though no node has it, and so is one that it calls in turn', () => {
    const imported = importCaller(callLine('"self::count"'), {
      ...count,
      'tasks/count/main.py': 'async def main(context):\n    await context.query_block("tools::add")\n',
      'tools/package.oo.yaml': 'name: tools\n',
      'tools/tasks/add/task.oo.yaml': python,
      'tools/tasks/add/main.py': 'def main():\n    return {}\n',
    });
    expect(imported.cells.map(({ title, flowNode }) => [title, flowNode])).toEqual([
      ['caller', { nodeId: 'caller', task: 'self::caller' }],
      ['Count', { nodeId: 'count', task: 'self::count' }],
      ['add', { nodeId: 'add', task: 'tools::add' }],
    ]);
    expect(getScripts(imported.cells)['add']).toBe('def main():\n    return {}\n');
    expect(listNotes(imported)).toEqual([
      'caller: Its script calls the task "self::count", which no node of the flow has: it was added as the cell "count", which “Run all” runs as well.',
      'count: Its script calls the task "tools::add", which no node of the flow has: it was added as the cell "add", which “Run all” runs as well.',
    ]);
  });

  it.each([
    ['its task', '  - { node_id: x, task: "self::count" }'],
    ['its id', '  - { node_id: count, values: [] }'],
    ['its title', '  - { node_id: x, title: count, values: [] }'],
  ])('is no cell of its own where a node has the name as %s', (_, node) => {
    const imported = importCaller(callLine("'count'"), count, node);
    expect(imported.cells).toHaveLength(2);
    expect(listNotes(imported)).toEqual([]);
  });

  it('has an id that no node has', () => {
    const imported = importCaller(callLine('"tools::caller"'), {
      'tools/tasks/caller/task.oo.yaml': python,
      'tools/tasks/caller/main.py': 'def main(): pass\n',
    });
    expect(imported.cells.map(({ flowNode }) => flowNode?.nodeId)).toEqual(['caller', 'caller 2']);
  });

  it('is told of where it cannot be a cell', () => {
    const imported = importCaller(
      `${callLine('"gone"')}${callLine('"self::deep"')}${callLine('"self::shell"')}`,
      {
        'subflows/deep/subflow.oo.yaml': 'nodes: []\n',
        'tasks/shell/task.oo.yaml': 'executor: { name: shell }\n',
      },
    );
    expect(imported.cells).toHaveLength(1);
    expect(listNotes(imported)).toEqual([
      'caller: Its script calls "gone", which is no cell here. Its task "gone" is not among the files.',
      'caller: Its script calls "self::deep", which is no cell here. That is a subflow, which is not supported.',
      'caller: Its script calls "self::shell", which is no cell here. Its task runs with shell, and only Python runs here.',
    ]);
  });

  it('is not looked for in comments, nor where the name is worked out', () => {
    const script = `# context.run_block("count")\n${callLine('name')}${callLine('f"{count}"')}`;
    expect(importCaller(script, count).notes).toEqual([]);
  });
});
