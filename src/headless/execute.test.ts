// Longer than most: each way that the command ends, of which every run starts a Python.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLoadingCell, buildModelCell } from '../model/testing/build-models.ts';
import type { ChartCell } from '../model/chart-cell.ts';
import { NotebookId } from '../model/ids.ts';
import {
  buildCell,
  buildConnection,
  buildInput,
  buildNotebook,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { readEvents, runCommand } from './testing/run-command.ts';
import { buildDataset, buildStatement, writeWorkspace } from './testing/write-workspace.ts';

/** Long enough for a build, and for Python to start beside other tests. */
const startTime = 180_000;

let folder = '';
let file = '';

const make = buildCell('Make', {
  source: `from onelogic.odpf.common import ODDataset
print("making", end=" ")
print("rows")
od_output.add_data("table", ODDataset([[1], [2]], ["n"]))
`,
});
const sum = {
  ...buildScriptlet(
    'Sum',
    ['rows', buildInput('factor', { value: { kind: 'json', text: '10' } })],
    ['total'],
  ),
  source: `def main(params, context):
    context.send_warning("mind the factor")
    context.preview({"type": "markdown", "data": "**sum**"})
    return {"total": int(params["rows"]["n"].sum()) * params["factor"]}
`,
};

async function writeFlow(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  const flow = `title: Small flow
nodes:
  - node_id: double
    task:
      inputs_def:
        - handle: n
          value: 4
      outputs_def:
        - handle: twice
      executor:
        name: python
        options:
          entry: script.py
`;
  await writeFile(join(path, 'flow.oo.yaml'), flow);
  await writeFile(join(path, 'script.py'), script);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cahier-execute-'));
  file = join(folder, 'lesson.cahier');
  const numbers = await buildDataset('Numbers', [1n, 2n, 3n]);
  const double = buildStatement('Double', 'return [{"n": row["n"] * 2} for row in INPUT_DATA]\n');
  const first = buildNotebook([], {
    title: 'First',
    cells: [
      make,
      sum,
      numbers.cell,
      double,
      {
        kind: 'chart',
        id: buildCell('Chart').id,
        title: 'Chart',
        source: '{"mark": "bar"}',
        inputs: [buildInput('data')],
      },
    ],
    connections: [
      buildConnection('Make.table', 'Sum.rows'),
      buildConnection('Numbers.data', 'Double.input'),
      buildConnection('Double.output', 'Chart.data'),
    ],
  });
  const broken = buildNotebook([], {
    id: NotebookId.from('second'),
    title: 'Broken',
    cells: [
      { ...buildScriptlet('Fails', [], ['a']), source: 'def main(params):\n    return {"a": missing}\n' },
      buildScriptlet('After', ['a'], []),
      buildScriptlet('Lacks', ['needed'], []),
    ],
    connections: [buildConnection('Fails.a', 'After.a')],
  });
  const endless = buildNotebook([], {
    id: NotebookId.from('third'),
    title: 'Endless',
    cells: [
      {
        ...buildScriptlet('Loop'),
        source: 'def main(params):\n    print("begun")\n    while True:\n        pass\n',
        configuration: { timeoutSeconds: 1 },
      },
      {
        ...buildModelCell('Train', { save: [{ mode: 'create', name: 'mean' }] }),
        source: `import js
from onelogic.odpf.common import ODDataset
request = js.XMLHttpRequest.new()
request.open("GET", "http://onedata-server:8080/api/v1/users/me", False)
request.setRequestHeader("Authorization", od_authorization)
request.send()
print(request.status, js.JSON.parse(request.responseText).username)
od_output.add_model("mean", {"value": 2.5})
od_output.add_data("none", ODDataset([], ["n"]))
`,
      },
      {
        ...buildLoadingCell('Predict', 'mean'),
        source: `from onelogic.odpf.common import ODDataset
od_output.add_data("p", ODDataset([[od_models["mean"]["value"]]], ["mean"]))
`,
      },
      {
        ...buildScriptlet('Asks', [], ['line']),
        source: 'def main(params):\n    return {"line": [input("name? "), input()]}\n',
      },
    ],
  });
  const chart = (title: string, source: string): ChartCell => ({
    kind: 'chart',
    id: buildCell(title).id,
    title,
    source,
    inputs: [buildInput('data')],
  });
  const charts = buildNotebook([], {
    id: NotebookId.from('with charts'),
    title: 'Charts',
    cells: [
      make,
      chart('Fits', '{"mark": "bar", "encoding": {"x": {"field": "n"}}}'),
      chart('New', '{}'),
      chart('Wrong', '{\n  "mark": "pie",\n  "encoding": {"x": {"field": "m"}}\n}'),
      chart('Cut off', '{"mark": "bar"'),
    ],
    connections: ['Fits', 'New', 'Wrong'].map((title) => buildConnection('Make.table', `${title}.data`)),
  });
  await writeWorkspace(file, [first, broken, endless, charts], new Map([numbers.blob]));
  // Built once, so that no run waits for it.
  await runCommand(['--help']);
}, startTime);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const test = (name: string, run: () => Promise<void>): void => {
  it(name, run, startTime);
};

describe('a workspace file that is run', () => {
  test('tells all that happens, one object a line', async () => {
    const output = join(folder, 'results');
    const given = [file, '--notebook', 'First', '--json', '--stable', '--output', output];
    const ended = await runCommand(given);
    const at = (cell: string, number: number) => ({ notebook: 'First', cell, number });
    const done = { status: 'done', reason: null, milliseconds: 0, errors: 0 };
    const columns = [{ name: 'n', type: 'int64' }];
    expect(ended.stderr).toBe('');
    expect(readEvents(ended)).toEqual([
      { type: 'started', file, appVersion: '0.1.0', notebooks: ['First'] },
      { type: 'notebook-started', notebook: 'First', cells: 3 },
      { type: 'job-started', ...at('Make', 1), kind: 'data-generator' },
      { type: 'log', ...at('Make', 1), stream: 'stdout', text: 'making rows' },
      {
        ...{ type: 'output', ...at('Make', 1), handle: 'table', kind: 'dataset' },
        ...{ rowCount: 2, columns, firstRows: [['1'], ['2']] },
      },
      { type: 'job-finished', ...at('Make', 1), ...done, warnings: 0 },
      { type: 'job-started', ...at('Sum', 2), kind: 'scriptlet' },
      { type: 'warning', ...at('Sum', 2), text: 'mind the factor' },
      { type: 'preview', ...at('Sum', 2), kind: 'markdown', detail: '7 bytes' },
      { type: 'output', ...at('Sum', 2), handle: 'total', kind: 'json', byteSize: 2, value: 30 },
      { type: 'job-finished', ...at('Sum', 2), ...done, warnings: 1 },
      { type: 'job-started', ...at('Double', 4), kind: 'statement' },
      {
        ...{ type: 'output', ...at('Double', 4), handle: 'output', kind: 'dataset' },
        ...{ rowCount: 3, columns, firstRows: [['2'], ['4'], ['6']] },
      },
      { type: 'job-finished', ...at('Double', 4), ...done, warnings: 0 },
      { type: 'notebook-finished', notebook: 'First', status: 'done', reason: null, milliseconds: 0 },
      {
        ...{ type: 'finished', status: 'done', exitCode: 0, milliseconds: 0 },
        cells: { done: 3, failed: 0, stopped: 0, 'not-run': 0 },
      },
    ]);
    expect(ended.code).toBe(0);
    const written = await readdir(join(output, 'First'), { recursive: true });
    expect(written.sort()).toEqual([
      '1 Make',
      ...['log.txt', 'table.arrow', 'table.csv'].map((name) => join('1 Make', name)),
      '2 Sum',
      ...['log.txt', 'preview 1.md', 'total.json'].map((name) => join('2 Sum', name)),
      '4 Double',
      ...['output.arrow', 'output.csv'].map((name) => join('4 Double', name)),
    ]);
    expect(await readFile(join(output, 'First', '4 Double', 'output.csv'), 'utf8')).toBe(
      'n\r\n2\r\n4\r\n6\r\n',
    );
  });

  test('ends with 1 where a cell fails, and says which were not run for it', async () => {
    const ended = await runCommand([file, '--notebook', '2', '--stable']);
    expect(ended).toEqual({
      code: 1,
      stderr: '',
      stdout: `Broken
  1 Fails
     Traceback (most recent call last):
       Cell "Fails", line 2, in main
         return {"a": missing}
                      ^^^^^^^
     NameError: name 'missing' is not defined
     failed
  3 Lacks
     The input “needed” is missing: it is not connected and has neither a value nor a default. Connect it or give it a value in the configuration of the cell, or allow null.
     failed
  2 After
     Not run: “Fails” failed.

failed: 0 done, 2 failed, 1 not run
`,
    });
  });

  test('ends with 3 where a cell takes longer than it may, and goes on with the others', async () => {
    const ended = await runCommand([file, '--notebook', 'Endless', '--json', '--stable'], {
      input: 'Ada\nLovelace',
    });
    expect(ended.code).toBe(3);
    expect(readEvents(ended).filter(isOfType('error', 'log', 'output', 'model', 'finished'))).toMatchObject([
      { type: 'log', cell: 'Loop', text: 'begun' },
      { type: 'error', cell: 'Loop', kind: 'timeout', message: expect.stringMatching(/timed out after 1 s/) },
      { type: 'log', cell: 'Train', text: '200 ada' },
      { type: 'output', cell: 'Train', handle: 'none', rowCount: 0 },
      { type: 'model', cell: 'Train', name: 'mean', version: 1 },
      { type: 'output', cell: 'Predict', firstRows: [['2.5']] },
      { type: 'log', cell: 'Asks', text: 'name? Ada' },
      { type: 'log', cell: 'Asks', text: 'Lovelace' },
      { type: 'output', cell: 'Asks', value: ['Ada', 'Lovelace'] },
      { status: 'timed-out', exitCode: 3, cells: { done: 3, failed: 1, stopped: 0, 'not-run': 0 } },
    ]);
  });

  test('checks charts by the schema and by what they draw, and ends with 1 where one cannot be drawn', async () => {
    const ended = await runCommand([file, '--notebook', 'Charts', '--json', '--stable']);
    const at = (cell: string, number: number) => ({ notebook: 'Charts', cell, number });
    const problem = { type: 'error', kind: 'specification', errorType: null, traceback: '' };
    const failed = { status: 'failed', reason: null, milliseconds: 0, warnings: 0, errors: 0 };
    expect(readEvents(ended).slice(6)).toEqual([
      { type: 'job-started', ...at('Wrong', 4), kind: 'chart' },
      {
        ...problem,
        ...at('Wrong', 4),
        message: expect.stringMatching(/^"pie" is none of/),
        line: 2,
        column: 11,
      },
      { ...problem, ...at('Wrong', 4), message: expect.stringMatching(/“m”/), line: 3, column: 31 },
      { type: 'job-finished', ...at('Wrong', 4), ...failed },
      { type: 'job-started', ...at('Cut off', 5), kind: 'chart' },
      { ...problem, ...at('Cut off', 5), message: expect.any(String), line: 1, column: expect.any(Number) },
      { type: 'job-finished', ...at('Cut off', 5), ...failed },
      { type: 'notebook-finished', notebook: 'Charts', status: 'failed', reason: null, milliseconds: 0 },
      {
        ...{ type: 'finished', status: 'failed', exitCode: 1, milliseconds: 0 },
        cells: { done: 1, failed: 2, stopped: 0, 'not-run': 0 },
      },
    ]);
    expect(ended.code).toBe(1);
  });

  test('ends with 3 where its own time is up', async () => {
    const ended = await runCommand([file, '--notebook', 'Endless', '--timeout', '0.3', '--json', '--stable']);
    expect(ended.code).toBe(3);
    expect(readEvents(ended).at(-1)).toMatchObject({ type: 'finished', status: 'timed-out', exitCode: 3 });
  });

  test('ends quietly when nobody reads what it prints any more', async () => {
    const ended = await runCommand([file, '--json'], {
      act: (child) => {
        child.stdout.destroy();
      },
    });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 141, stderr: '' });
  });

  test('is stopped by Ctrl+C', async () => {
    const script = 'import time\n\n\ndef main(params):\n    print("begun")\n    time.sleep(100)\n';
    const ended = await runCommand([await writeFlow('long', script), '--json', '--stable'], {
      when: 'begun',
      act: (child) => child.kill('SIGINT'),
    });
    expect(ended.code).toBe(130);
    expect(readEvents(ended).slice(-3)).toMatchObject([
      { type: 'job-finished', cell: 'double', status: 'stopped' },
      { type: 'notebook-finished', status: 'stopped', reason: 'It was stopped.' },
      { type: 'finished', status: 'stopped', cells: { done: 0, failed: 0, stopped: 1, 'not-run': 0 } },
    ]);
  });
});

describe('a flow that is run', () => {
  test('takes values from the command line, and reaches neither the computer nor a host that is not allowed', async () => {
    const server = createServer((request, response) => {
      void text(request).then((body) => response.end(`${request.method ?? ''} ${body}`));
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const script = `import js
from pyodide.http import open_url
from pyodide.http import pyfetch
from pyodide_js import mountNodeFS

allowed = "http://localhost:${port}/"
attempts = {
    "host": lambda: open_url("http://localhost:9/"),
    "file": lambda: open_url("file:///etc/hosts"),
    "folder": lambda: mountNodeFS("/mnt", "/etc"),
    "process": lambda: js.process,
    "code": lambda: js.Function("return 1"),
    "agent": lambda: find_agent().dispatch(),
    "console": lambda: [js.console.log("nothing"), *find_ports(js.console)],
    "ports": lambda: js.Object.isFrozen(js.MessagePort.prototype),
}


def find_ports(start):
    """The ways from an object to what Node's own threads talk by."""
    found = []
    for key in js.Reflect.ownKeys(start):
        value = js.Reflect.get(start, key)
        if getattr(value, "typeof", "") == "object" or key in ("_stdout", "_stderr", "Console"):
            found.append(str(key))
    return found


def find_agent():
    return js.Reflect.get(js.globalThis, getattr(js.Symbol, "for")("undici.globalDispatcher.1"))


async def main(params):
    print(open_url(allowed).read(), await (await pyfetch(allowed, method="POST", body="x")).text())
    print(await (await js.fetch("data:text/plain,data")).text())
    for name, attempt in attempts.items():
        try:
            print(name, attempt())
        except Exception as error:
            print(f"{name}: {error}")
    return {"twice": params["n"] * 2}
`;
    const flow = await writeFlow('small', script);
    const given = [
      '--input',
      'double.n=21',
      '--allow-host',
      `localhost:${port}`,
      '--timeout',
      '100',
      '--stable',
    ];
    const ended = await runCommand([flow, ...given]);
    server.close();
    const refusal =
      "localhost:9 is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane. At the command line: --allow-host localhost:9";
    expect(ended.stdout).toBe(`Small flow
  1 double
     | GET  POST x
     | data
     warning: ${refusal}
     | host: NetworkError: ${refusal}
     | file: NetworkError: There is no way to file:///etc/hosts from here.
     | folder: Error: mountNodeFS only works in Node
     | process: process
     | code: EvalError: Code generation from strings disallowed for this context
     | agent: TypeError: There is no way to other hosts from here.
     | console [None]
     | ports True
     twice: 42
     done, 1 warning

done: 1 done
`);
    expect(ended.code).toBe(0);
  });
});

describe('what cannot be run', () => {
  const refusals: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    [
      'an option that there is not',
      () => [file, '--fast'],
      /^Unknown option '--fast'.*\nSee: npm run execute/s,
    ],
    ['a file that was altered', () => [join(folder, 'altered.cahier')], /altered\.cahier, \S+: It/],
  ];

  beforeAll(async () => {
    const bytes = await readFile(file);
    bytes.fill(0, 200, 210);
    await writeFile(join(folder, 'altered.cahier'), bytes);
  });

  for (const [what, given, reason] of refusals) {
    test(`is ${what}, refused with 2 and the reason`, async () => {
      const ended = await runCommand(given());
      expect(ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(reason) });
    });
  }
});

function isOfType(...types: readonly string[]): (event: unknown) => boolean {
  return (event) => types.includes((event as { type: string }).type);
}
