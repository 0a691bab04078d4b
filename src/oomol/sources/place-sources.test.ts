import { describe, expect, it } from 'vitest';
import { readFiles } from '../testing/build-files.ts';
import { getScripts, importFiles, listNotes } from '../testing/import-files.ts';

/** A flow whose nodes run these entries, as "a: file.py" or "a: file.py function". */
function buildFlow(...nodes: readonly string[]): string {
  const lines = nodes.map((node) => {
    const [, id = '', entry = '', name = 'main'] = /^(\S+): (\S+)(?: (\S+))?$/.exec(node) ?? [];
    return `  - { node_id: ${id}, task: { executor: { name: python, options: { entry: "${entry}", function: ${name} } } } }`;
  });
  return `nodes:\n${lines.join('\n')}\n`;
}

function place(texts: Readonly<Record<string, string>>) {
  const imported = importFiles(texts);
  return {
    scripts: getScripts(imported.cells),
    files: readFiles(imported.files),
    notes: listNotes(imported),
  };
}

const shape =
  'class Shape: pass\ndef make(p): return {"a": Shape()}\ndef check(p): assert isinstance(p["a"], Shape)\n';

describe('the Python files of a flow', () => {
  it('that two tasks share are loaded once: their cells import one file of the notebook', () => {
    expect(
      place({
        'flow.oo.yaml': buildFlow('a: both/__init__.py make', 'b: both/__init__.py check'),
        'both/__init__.py': shape,
      }),
    ).toEqual({
      scripts: { a: 'from both import make as main\n', b: 'from both import check as main\n' },
      files: { 'both.py': shape },
      notes: [],
    });
  });

  it('get a name that can be imported and is free', () => {
    expect(
      place({
        'flow.oo.yaml': buildFlow(
          'a: scriptlets/+scriptlet#1.py',
          'b: scriptlets/+scriptlet#1.py',
          'c: json/main.py',
          'd: json/main.py',
        ),
        'scriptlets/+scriptlet#1.py': 'import scriptlet_1\ndef main(): pass\n',
        'json/main.py': 'import json\ndef main(): pass\n',
      }),
    ).toEqual({
      scripts: {
        a: 'from scriptlet_1_2 import main\n',
        b: 'from scriptlet_1_2 import main\n',
        c: 'from json_task import main\n',
        d: 'from json_task import main\n',
      },
      files: {
        'json_task.py': 'import json\ndef main(): pass\n',
        'scriptlet_1_2.py': 'import scriptlet_1\ndef main(): pass\n',
      },
      notes: [
        'a: scriptlets/+scriptlet#1.py is kept as scriptlet_1_2.py: "+scriptlet#1" cannot be imported, or has another meaning.',
        'c: json/main.py is kept as json_task.py: "json" cannot be imported, or has another meaning.',
      ],
    });
  });

  it('do not hide the package that they import', () => {
    const text = 'import plotly\ndef main(): pass\n';
    const { scripts, files } = place({
      'flow.oo.yaml': buildFlow('a: plotly/__init__.py', 'b: plotly/__init__.py'),
      'plotly/__init__.py': text,
    });
    expect(scripts).toEqual({ a: 'from plotly_2 import main\n', b: 'from plotly_2 import main\n' });
    expect(files).toEqual({ 'plotly_2.py': text });
  });

  it('do not hide what an inline script imports', () => {
    const { scripts } = place({
      'flow.oo.yaml': `${buildFlow('a: requests/main.py', 'b: requests/main.py')}
  - { node_id: c, task: { executor: { name: python, options: { source: "import requests" } } } }
`,
      'requests/main.py': 'def main(): pass\n',
    });
    expect(scripts).toEqual({
      a: 'from requests_2 import main\n',
      b: 'from requests_2 import main\n',
      c: 'import requests',
    });
  });

  it('find a file beside them before one of the same name in their package', () => {
    const { files, notes } = place({
      'flow.oo.yaml': buildFlow('a: task/main.py'),
      'task/main.py': 'import helper\ndef main(p): pass\n',
      'task/helper.py': 'beside',
      'helper.py': 'of the package',
    });
    expect(files).toEqual({ 'helper.py': 'beside' });
    expect(notes).toEqual([]);
  });

  it('bring along what lies with them, and nothing that is not for Python', () => {
    const { files } = place({
      'flow.oo.yaml': buildFlow('a: task/main.py'),
      'task/main.py': 'from helper import f\nfrom parts.deep import g\ndef main(): pass\n',
      'task/helper.py': 'f = 1\n',
      'task/parts/deep.py': 'g = 2\n',
      'task/data/rows.csv': 'a,b\n',
      'task/__init__.py': '',
      'task/task.oo.yaml': '{}',
      'task/render.tsx': '',
      'task/not-a-name.py': '',
      'task/__pycache__/helper.pyc': '',
      'task/.hidden/x.txt': '',
      'task/other/task.oo.yaml': '{}',
      'task/other/main.py': '',
    });
    expect(files).toEqual({ 'helper.py': 'f = 1\n', 'parts/deep.py': 'g = 2\n', 'data/rows.csv': 'a,b\n' });
  });

  it('that another task imports by their name are its module, too', () => {
    const texts = {
      'scriptlets/shapes.py': shape,
      'scriptlets/use.py': 'from shapes import Shape\ndef main(p): pass\n',
    };
    expect(
      place({ 'flow.oo.yaml': buildFlow('a: scriptlets/shapes.py make', 'b: scriptlets/use.py'), ...texts }),
    ).toEqual({
      scripts: { a: 'from shapes import make as main\n', b: texts['scriptlets/use.py'] },
      files: { 'shapes.py': shape },
      notes: [],
    });
  });

  it('that import from beside themselves keep their folder', () => {
    const texts = {
      'tasks/chain-up/main.py': 'from .callback import call\nimport helper\ndef main(p): pass\n',
      'tasks/chain-up/callback.py': 'def call(): pass\n',
      'tasks/chain-up/helper.py': '',
    };
    expect(place({ 'flow.oo.yaml': buildFlow('a: tasks/chain-up/main.py'), ...texts })).toEqual({
      scripts: { a: 'from chain_up.main import main\n' },
      files: {
        'chain_up/main.py': texts['tasks/chain-up/main.py'],
        'chain_up/callback.py': texts['tasks/chain-up/callback.py'],
        'chain_up/helper.py': '',
        'helper.py': '',
      },
      notes: [
        'a: tasks/chain-up/main.py is kept as chain_up/main.py: "chain-up" cannot be imported, or has another meaning.',
      ],
    });
  });

  it('that ask where they lie keep their folder', () => {
    const text = 'from pathlib import Path\nrows = Path(__file__).parent / "rows.csv"\ndef main(p): pass\n';
    expect(
      place({
        'flow.oo.yaml': buildFlow('a: load/__init__.py'),
        'load/__init__.py': text,
        'load/rows.csv': 'a',
      }),
    ).toEqual({
      scripts: { a: 'from load import main\n' },
      files: { 'load/__init__.py': text, 'load/rows.csv': 'a' },
      notes: [],
    });
  });

  it('find the modules of their package by the names they have there', () => {
    const imported = importFiles(
      {
        'p/package.oo.yaml': 'name: p',
        'p/flows/f/flow.oo.yaml': 'nodes: [{ node_id: a, task: "self::ask" }]',
        'p/tasks/ask/task.oo.yaml': 'executor: { name: python, options: { entry: main.py } }',
        'p/tasks/ask/main.py': 'from shared.llm import call\ndef main(p): pass\n',
        'p/shared/llm.py': 'import tools\n',
        'p/shared/readme.txt': 'hello',
        'p/tools.py': '',
        'p/unused.py': '',
      },
      'p/flows/f/flow.oo.yaml',
    );
    expect(readFiles(imported.files)).toEqual({
      'shared/llm.py': 'import tools\n',
      'shared/readme.txt': 'hello',
      'tools.py': '',
    });
  });

  it('of one name and different content are both kept where that can work, else a note tells', () => {
    const texts = {
      'a/main.py': 'import helper\ndef main(p): pass\n',
      'a/helper.py': 'one',
      'a/rows.csv': '1',
      'b/main.py': 'import helper\ndef main(p): pass\n',
      'b/helper.py': 'two',
      'b/rows.csv': '2',
    };
    const imported = importFiles({ 'flow.oo.yaml': buildFlow('a: a/main.py', 'b: b/main.py'), ...texts });
    expect(readFiles(imported.files)).toEqual({ 'helper.py': 'one', 'rows.csv': '1', 'b/rows.csv': '2' });
    expect(imported.notes).toEqual([
      {
        nodeId: 'b',
        file: 'b/helper.py',
        what: 'Another file is helper.py in the notebook already, so that b/helper.py was left out.',
        remedy: 'Rename one of the two and what imports it, and import the flow again.',
      },
      {
        nodeId: 'b',
        file: 'b/rows.csv',
        what: 'Another file is rows.csv in the notebook already, so that b/rows.csv is kept as b/rows.csv.',
        remedy: 'Where the script reads it, name b/rows.csv.',
      },
    ]);
  });

  it('that are missing leave a cell that says so, and a note that names the file and who names it', () => {
    const imported = importFiles({
      'flow.oo.yaml': `
        nodes:
          - { node_id: a, task: ./load, inputs_from: [{ handle: path, value: x }] }
          - { node_id: b, task: { executor: { name: python } } }
      `,
      'load/block.oo.yaml':
        'inputs_def: [{ handle: path }]\nexecutor: { name: python, options: { entry: "../lost.py" } }\n',
    });
    expect(getScripts(imported.cells)).toEqual({
      a: 'def main(params, context):\n    raise FileNotFoundError("lost.py")\n',
      b: 'def main(params, context):\n    raise FileNotFoundError("index.py")\n',
    });
    expect(imported.cells[0]?.inputs.map(({ name }) => name)).toEqual(['path']);
    expect(imported.notes[0]).toEqual({
      nodeId: 'a',
      file: 'load/block.oo.yaml',
      what: 'Its script lost.py is not among the files, so that the cell has none.',
      remedy: 'Add the file and import the flow again, or write the script into the cell.',
    });
  });

  it('that reach out of what was imported are not followed', () => {
    expect(
      place({
        'flow.oo.yaml': buildFlow('a: ../../etc/passwd.py', 'b: /etc/passwd.py', 'c: x.py'),
        'x.py': 'from ..up import y\n',
        'z.py': '',
      }),
    ).toEqual({
      scripts: { c: 'from flow.x import main\n' },
      files: { 'flow/x.py': 'from ..up import y\n', 'flow/z.py': '' },
      notes: [
        'a: The node was left out. Its script ../../etc/passwd.py lies outside of what was imported.',
        'b: The node was left out. Its script /etc/passwd.py lies outside of what was imported.',
        'c: It imports from outside of its folder (from ..), which does not work here.',
      ],
    });
  });

  it('that another task imports from beside are one module with it', () => {
    const use = 'from .shapes import Shape\ndef main(p): pass\n';
    expect(
      place({
        'flow.oo.yaml': buildFlow('a: parts/shapes.py make', 'b: parts/use.py'),
        'parts/shapes.py': shape,
        'parts/use.py': use,
      }),
    ).toEqual({
      scripts: { a: 'from parts.shapes import make as main\n', b: 'from parts.use import main\n' },
      files: { 'parts/shapes.py': shape, 'parts/use.py': use },
      notes: [],
    });
  });
});
