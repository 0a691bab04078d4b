import { loadPyodide, type PyodideAPI } from 'pyodide';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { OpenedFiles } from './OpenedFiles.ts';

let pyodide: PyodideAPI;
let opened: OpenedFiles;

beforeAll(async () => {
  pyodide = await loadPyodide();
  opened = new OpenedFiles(pyodide.FS, '/notebook');
}, 60_000);

beforeEach(() => {
  pyodide.runPython(
    'import os, shutil; shutil.rmtree("/notebook", ignore_errors=True); os.makedirs("/notebook/data"); os.chdir("/notebook")',
  );
  for (const name of ['a.csv', 'b.csv', 'data/c.csv']) pyodide.FS.writeFile(`/notebook/${name}`, 'x\n1\n');
  opened.clear();
});

it.each([
  [
    'by relative and absolute paths',
    'open("a.csv"); open("/notebook/data/../b.csv", "rb")',
    ['a.csv', 'b.csv'],
  ],
  ['once', 'open("a.csv"); open("a.csv")', ['a.csv']],
  [
    'by os.open and pathlib',
    'import os, pathlib; os.open("a.csv", os.O_RDONLY); pathlib.Path("data", "c.csv").read_text()',
    ['a.csv', 'data/c.csv'],
  ],
  ['that are added to or changed in place', 'open("a.csv", "a"); open("b.csv", "r+")', ['a.csv', 'b.csv']],
  ['that are not there', 'try: open("later.csv")\nexcept FileNotFoundError: pass', ['later.csv']],
  [
    'but not those that the script has made',
    'open("new.csv", "w"); open("new.csv"); open("a.csv", "w"); open("a.csv"); open("x", "x"); open("x")',
    [],
  ],
  [
    'but no directories and nothing elsewhere',
    'import os; os.listdir("."); open("/tmp/a", "w"); open("/tmp/a"); open("/notebook2", "w")',
    [],
  ],
  [
    'but not what Python compiles',
    'import pathlib; pathlib.Path("__pycache__").mkdir(); pathlib.Path("__pycache__/a.pyc").touch(); open("__pycache__/a.pyc")',
    [],
  ],
])('notes the files that a script opens %s', (_, source, paths) => {
  pyodide.runPython(source);
  expect(opened.list()).toEqual(paths);
});

it('forgets them before the next job, and notes no more than a thousand', () => {
  pyodide.runPython('open("a.csv")');
  opened.clear();
  expect(opened.list()).toEqual([]);
  pyodide.runPython('for n in range(1_100):\n    try: open(f"{n}.csv")\n    except OSError: pass');
  expect(opened.list()).toHaveLength(1_000);
});
