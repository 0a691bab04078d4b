import { expect, it } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { dataset, int64 } from '../data/testing/build-dataset.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import type { InputValue, JsonSchema } from '../model/handles.ts';
import { isDone } from '../model/job.ts';
import type { StoredOutput } from '../model/outputs.ts';
import {
  buildConnection,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildOutput,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { requestInputs } from './request-inputs.ts';

const anything: JsonSchema = {};
const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'number' };
const choice: JsonSchema = { type: 'string', enum: ['red', 'green'] };
const object: JsonSchema = { contentMediaType: 'oomol/var' };
const bytes: JsonSchema = { contentMediaType: 'oomol/bin' };
const secret: JsonSchema = { type: 'string', contentMediaType: 'oomol/secret' };

const table: StoredOutput = buildOutput('out', buildHash('a'));
const binary: StoredOutput = { kind: 'binary', handle: 'out', blob: buildHash('b'), byteSize: 3 };
const hush: StoredOutput = { kind: 'secret', handle: 'out', text: 'hush', hash: 'c' };
const variable: StoredOutput = {
  kind: 'variable',
  handle: 'out',
  key: 'job/out',
  typeName: 'Fraction',
  summary: '3/4',
  pickle: null,
  reason: 'no',
  kernelId: null,
};

function json(text: string): StoredOutput {
  return { kind: 'json', handle: 'out', text, blob: buildHash('d'), byteSize: text.length };
}

/** What is requested for an input, by its kind, or why nothing is. */
async function request(schema: JsonSchema, output: StoredOutput, value: InputValue | null = null) {
  const source = buildScriptlet('source', [], ['out']);
  const target = buildScriptlet('target', [buildInput('in', { schema, value })]);
  const connections = value ? [] : [buildConnection('source.out', 'target.in')];
  const notebook = buildNotebook([], { cells: [source, target], connections });
  const tables = new TableEngine(() => new FakeTableWorker());
  const imported = await tables.importDataset(dataset(int64('n', [1n])));
  imported.table.close();
  const job = buildJob(source, 1_000, { outcome: { status: 'done', outputs: [output], images: [] } });
  const result = await requestInputs(target, notebook, {
    findJobs: () => ({ lastJob: job, doneJob: isDone(job) ? job : null }),
    readBlob: (hash) => Promise.resolve(hash === buildHash('a') ? imported.file : new Blob(['abc'])),
    readFile: () => Promise.reject(new Error('no file is asked for')),
    tables,
  });
  return result.isOk ? result.value.requests.map(({ kind }) => kind) : result.problem;
}

it.each<[string, JsonSchema, StoredOutput]>([
  ['a dataset by anything', anything, table],
  ['a dataset by a Python object', object, table],
  ['an object by anything', anything, variable],
  ['an object by a Python object', object, variable],
  ['an object by JSON of any type, as only Python knows its own', { type: 'array' }, variable],
  ['bytes by anything', anything, binary],
  ['bytes by bytes', bytes, binary],
  ['bytes by a Python object', object, binary],
  ['a secret by anything', anything, hush],
  ['a secret by a secret', secret, hush],
  ['a secret by text', text, hush],
  ['a secret by a choice that has it', { enum: ['hush'] }, hush],
  ['JSON by a Python object', object, json('[1]')],
  ['a text by a secret', secret, json('"hush"')],
  ['any JSON by a secret that may be anything', { contentMediaType: 'oomol/secret' }, json('{"a": NaN}')],
])('what comes through a connection is taken: %s', async (_, schema, output) => {
  expect(await request(schema, output)).toEqual([output.kind]);
});

it.each<[string, JsonSchema, StoredOutput]>([
  [
    'a dataset, but should be a number. An input of the type Python object or Anything takes it.',
    number,
    table,
  ],
  ['a dataset, but should be bytes. An input of the type Python object or Anything takes it.', bytes, table],
  [
    'a dataset, but should be text or a number. An input of the type Python object or Anything takes it.',
    { type: ['string', 'number'] },
    table,
  ],
  [
    'a Python object, but should be a secret. An input of the type Python object, Anything or JSON takes it.',
    secret,
    variable,
  ],
  ['bytes, but should be text. An input of the type Bytes or Anything takes it.', text, binary],
  [
    'bytes, but should be as its JSON Schema says. An input of the type Bytes or Anything takes it.',
    { enum: ['red', 'green'] },
    binary,
  ],
  ['a secret, but should be a number. An input of the type Secret, Text or Anything takes it.', number, hush],
  ['a secret, but should be bytes. An input of the type Secret, Text or Anything takes it.', bytes, hush],
  [
    'a secret, but should be as its JSON Schema says. An input of the type Secret, Text or Anything takes it.',
    choice,
    hush,
  ],
  [
    'JSON, but should be bytes. An input of the type JSON, Python object or Anything takes it.',
    bytes,
    json('"/notebook/a.png"'),
  ],
  [
    'JSON that the JSON Schema of the input does not allow; it may be secret and is not shown. Change it, or the type of the input in the configuration of the cell.',
    secret,
    json('["hush"]'),
  ],
  ['null, but should be text, not null.', secret, json('null')],
])('what does not fit is named with what the input takes: %s', async (problem, schema, output) => {
  expect(await request(schema, output)).toBe(
    `The input “in” does not fit: What “source” put out as “out” is ${problem}`,
  );
});

it('a value that was given to an input of another type is named', async () => {
  const { summary, blob, byteSize } = buildOutput('out', buildHash('a'));
  const chosen: InputValue = { kind: 'dataset', title: 'Sales', summary, blob, byteSize };
  expect([await request(anything, table, chosen), await request(number, table, chosen)]).toEqual([
    ['dataset'],
    'The input “in” does not fit: Its value is a dataset, but should be a number. An input of the type Python object or Anything takes it.',
  ]);
  const typed: InputValue = { kind: 'secret', text: 'hush' };
  const written: InputValue = { kind: 'json', text: '["hush"]' };
  expect(await request(secret, table, written)).toBe(
    'The input “in” does not fit: Its value is JSON that the JSON Schema of the input does not allow; it may be secret and is not shown. Change it, or the type of the input in the configuration of the cell.',
  );
  expect([await request(secret, table, typed), await request(number, table, typed)]).toEqual([
    ['secret'],
    'The input “in” does not fit: Its value is a secret, but should be a number. An input of the type Secret, Text or Anything takes it.',
  ]);
});
