import { standardGenerating } from '../model/data-generator.ts';
import { describe, expect, it } from 'vitest';
import { CellId, JobId, SessionId } from '../model/ids.ts';
import type { ScriptletRequest } from '../model/job-request.ts';
import { buildHandle, buildInput, buildNotebookWheel } from '../model/testing/builders.ts';
import { createPythonRequest, HeldBytes } from './python-request.ts';

const directories = { session: '/session/s', temporary: '/tmp/session/s', package: '/notebook' };
const job: ScriptletRequest = {
  nodeId: 'total#1',
  title: 'Cell',
  source: 'def main(): pass',
  inputHandles: [
    buildInput('n', { schema: { type: 'number' }, defaultValue: '1', value: { kind: 'json', text: '2' } }),
    buildInput('key', { isNullable: true }),
  ],
  outputHandles: [buildHandle('out')],
  cellId: CellId.from('cell'),
  id: JobId.from('job'),
  kind: 'scriptlet',
  sessionId: SessionId.from('session'),
  configuration: { timeoutSeconds: 5 },
  packages: { requirements: [], wheels: [] },
  neededPackages: [],
  files: [],
  variables: ['job/out'],
  inputs: [],
  downstream: [],
  blocks: '[]',
};
const handles = {
  inputsDef: [
    {
      name: 'n',
      description: '',
      schema: '{"type":"number"}',
      nullable: false,
      defaultValue: '1',
      isAdditional: false,
    },
    { name: 'key', description: '', schema: '{}', nullable: true, defaultValue: null, isAdditional: false },
  ],
  outputsDef: [
    { name: 'out', description: '', schema: '{}', nullable: false, defaultValue: null, isAdditional: false },
  ],
};

describe('what Python is asked', () => {
  it('holds the values of inputs, read from where they are kept', async () => {
    const bytes = new Blob([Uint8Array.of(1, 2)]);
    const request = await createPythonRequest(
      {
        ...job,
        inputs: [
          { handle: 'a', kind: 'json', text: 'NaN' },
          { handle: 'b', kind: 'json', text: new Blob(['[1]']) },
          { handle: 'c', kind: 'secret', text: 'hush' },
          { handle: 'd', kind: 'variable', key: 'job/out', pickle: bytes },
          { handle: 'e', kind: 'variable', key: 'job/out', pickle: null },
          { handle: 'h', kind: 'variable', key: 'here', pickle: bytes },
          { handle: 'f', kind: 'binary', content: bytes },
          { handle: 'g', kind: 'dataset', dataset: { rowCount: 0, columns: [] } },
        ],
      },
      directories,
      (key) => key === 'here',
    );
    expect(request).toMatchObject({
      inputs: [
        { handle: 'a', kind: 'json', text: 'NaN' },
        { handle: 'b', kind: 'json', text: '[1]' },
        { handle: 'c', kind: 'secret', text: 'hush' },
        { handle: 'd', kind: 'variable', key: 'job/out', data: Uint8Array.of(1, 2) },
        { handle: 'e', kind: 'variable', key: 'job/out', data: null },
        { handle: 'h', kind: 'variable', key: 'here', data: null },
        { handle: 'f', kind: 'binary', data: Uint8Array.of(1, 2) },
        { handle: 'g', kind: 'dataset', dataset: { rowCount: 0, columns: [] } },
      ],
    });
  });

  it('leaves numbers of datasets where they are, for Python to take them to where it wants them', async () => {
    const blank = { length: 1, nullCount: 0, validity: null, timeUnit: null, timeZone: null, children: [] };
    const numbers = new Uint8Array(8);
    const number = { ...blank, name: 'n', type: 'float64' as const, values: numbers, offsets: null };
    const texts = { ...blank, name: 't', type: 'string' as const, values: Uint8Array.of(97) };
    const text = { ...texts, offsets: new Uint8Array(8) };
    const dataset = { rowCount: 1, columns: [number, text] };
    const request = await createPythonRequest(
      { ...job, inputs: [{ handle: 'g', kind: 'dataset', dataset }] },
      directories,
      () => false,
    );
    const columns = [{ ...number, values: new HeldBytes(numbers) }, text];
    expect(request).toMatchObject({
      inputs: [{ handle: 'g', kind: 'dataset', dataset: { rowCount: 1, columns } }],
    });
  });

  it('names handles, directories and what lies downstream, and hands the other scriptlets on as they were written', async () => {
    const target = { nodeId: 'next', title: 'Next', description: '', inputHandle: 'in' };
    const downstream = [{ outputHandle: 'out', ...target }];
    const blocks = '[{"nodeId":"other"}]';
    expect(await createPythonRequest({ ...job, downstream, blocks }, directories, () => false)).toEqual({
      kind: 'scriptlet',
      jobId: 'job',
      sessionId: 'session',
      cellId: 'cell',
      nodeId: 'total#1',
      title: 'Cell',
      source: 'def main(): pass',
      variables: ['job/out'],
      directories,
      ...handles,
      inputs: [],
      downstream: { out: [{ outputHandle: 'out', ...target }] },
      blocks,
    });
  });

  it('names the packages that the notebook brings, with the modules of wheels', async () => {
    const wheel = { ...buildNotebookWheel('Shapes', '1'), content: null };
    const packages = { requirements: ['six>=1.16'], wheels: [wheel] };
    expect(await createPythonRequest({ ...job, packages }, directories, () => false)).toMatchObject({
      ownPackages: [
        { name: 'six', modules: null },
        { name: 'shapes', modules: ['Shapes'] },
      ],
    });
  });

  it('says how fine the screen is where it is finer or coarser than usual', async () => {
    const request = await createPythonRequest({ ...job, pixelRatio: 1.5 }, directories, () => false);
    expect(request).toMatchObject({ pixelRatio: 1.5 });
  });

  it('describes the models that a Data Generator loads, and leaves their pickles where they are', async () => {
    const { id, sessionId, cellId, title, source, packages, neededPackages, files, variables } = job;
    const common = { id, sessionId, cellId, title, source, packages, neededPackages, files, variables };
    const configuration = { timeoutSeconds: 5, ...standardGenerating };
    const described = {
      name: 'parts',
      number: 7,
      typeName: 'builtins.dict',
      pythonVersion: '3.13.2',
      packages: [{ name: 'numpy', version: '2.2.5' }],
      origin: 'by the cell “Train” of the notebook “Sums”',
    };
    const models = [{ ...described, pickle: new Blob(['x']) }];
    const authorization = 'Bearer token';
    const request = { ...common, kind: 'data-generator', configuration, models, authorization } as const;
    expect(await createPythonRequest(request, directories, () => false)).toMatchObject({
      configuration,
      models: [described],
    });
  });

  it('is as short as it was for a Data Generator', async () => {
    const { id, sessionId, cellId, title, source, packages, neededPackages, files, variables } = job;
    const common = { id, sessionId, cellId, title, source, packages, neededPackages, files, variables };
    const configuration = { timeoutSeconds: 5, ...standardGenerating, generateEmptyDataset: true };
    expect(
      await createPythonRequest(
        { ...common, kind: 'data-generator', configuration, models: [], authorization: 'Bearer token' },
        directories,
        () => false,
      ),
    ).toEqual({
      kind: 'data-generator',
      jobId: 'job',
      sessionId: 'session',
      cellId: 'cell',
      title: 'Cell',
      source: 'def main(): pass',
      variables: ['job/out'],
      directories,
      configuration,
      authorization: 'Bearer token',
    });
  });
});
