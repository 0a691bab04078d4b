import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, testInUse as test } from '../fixtures.ts';

const flow = `
title: Shapes
nodes:
  - node_id: sizes
    values:
      - handle: side
        json_schema: { type: number }
        value: 3
  - node_id: make
    task: self::make
    inputs_from:
      - handle: side
        from_node:
          - node_id: sizes
            output_handle: side
  - node_id: area
    task:
      inputs_def:
        - handle: square
          json_schema: { contentMediaType: oomol/var }
        - handle: scale
          json_schema: { type: string, ui:widget: file }
      outputs_def:
        - handle: area
          json_schema: { type: number }
      executor:
        name: python
        options: { entry: scriptlets/area.py }
    inputs_from:
      - handle: square
        from_node:
          - node_id: make
            output_handle: square
      - handle: scale
        value: /app/workspace/data/scale.txt
  - node_id: deep
    subflow: self::deeper
`;

const makeTask = `
inputs_def:
  - handle: side
    json_schema: { type: number }
outputs_def:
  - handle: square
    json_schema: { contentMediaType: oomol/var }
executor:
  name: python
  options: { entry: __init__.py }
`;

const roundOffTask = `
inputs_def:
  - handle: value
    value: 0
outputs_def:
  - handle: whole
executor:
  name: python
  options: { entry: main.py }
`;

const files = {
  'shapes/package.oo.yaml': 'name: shapes\nversion: 0.0.1\n',
  'shapes/flows/main/flow.oo.yaml': flow,
  'shapes/flows/main/scriptlets/area.py': `from oocana import Context
from square import Square


async def main(params: dict, context: Context):
    assert isinstance(params["square"], Square)
    rounding = context.run_block("self::round-off", inputs={"value": params["square"].side ** 2.02})
    rounded = []
    rounding.add_output_callback(rounded.append)
    await rounding.finish()
    with open(params["scale"]) as file:
        return {"area": rounded[0]["whole"] * int(file.read())}
`,
  'shapes/data/scale.txt': '10',
  'shapes/tasks/round-off/task.oo.yaml': roundOffTask,
  'shapes/tasks/round-off/main.py': 'def main(params: dict):\n    return {"whole": round(params["value"])}\n',
  'shapes/flows/main/scriptlets/square.py':
    'class Square:\n    def __init__(self, side):\n        self.side = side\n',
  'shapes/tasks/make/task.oo.yaml': makeTask,
  'shapes/tasks/make/__init__.py':
    'from oocana import Context\nfrom square import Square\n\n\ndef main(params: dict, context: Context):\n    return {"square": Square(params["side"])}\n',
};

function zipOf(changes: Record<string, string | null>): {
  name: string;
  mimeType: string;
  buffer: Buffer;
} {
  const entries = Object.entries({ ...files, ...changes });
  const packed = entries.flatMap(([path, text]) => (text === null ? [] : [[path, strToU8(text)] as const]));
  return {
    name: 'shapes.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(Object.fromEntries(packed))),
  };
}

test('a folder or zip with an OOMOL flow becomes a notebook that runs, and names what it left out', async ({
  notebook,
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'flow-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await notebook.workspace.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import', exact: true });
  const zip = dialog.getByLabel('Zip to import');
  await zip.setInputFiles(zipOf({ 'shapes/flows/main/flow.oo.yaml': 'title: Shapes\nnodes: [unclosed' }));
  await expect(dialog.getByRole('alert')).toHaveText(
    'shapes/flows/main/flow.oo.yaml, line 2, column 17: Flow sequence in block collection must be sufficiently indented and end with a ].',
  );

  await zip.setInputFiles(zipOf({ 'shapes/tasks/make/__init__.py': null }));
  const notes = dialog.getByRole('list', { name: 'Notes' });
  await expect(notes).toContainText(
    'make: Its script shapes/tasks/make/__init__.py is not among the files, so that the cell has none.',
  );
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(notebook.cellTitles).toHaveText(['sizes', 'make', 'area', 'round-off']);
  await notebook.workspace.getByRole('button', { name: 'Import' }).click();
  await dialog.getByLabel('Folder to import').setInputFiles(join(folder, 'shapes'));
  await expect(notes).toContainText('deep:');
  await expect(notes).toContainText('calls the task "self::round-off"');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(notebook.cellTitles).toHaveText(['sizes', 'make', 'area', 'round-off']);
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  const area = notebook.cell('area');
  await area.expectState('Done');
  await expect(await area.openOutputs()).toHaveText('area JSON 90');
  await rm(folder, { recursive: true });
});
