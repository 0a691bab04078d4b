import { describe, expect, it } from 'vitest';
import { createStatement } from '../model/create-cell.ts';
import { SchemaId, type DataSchema, type SchemaField } from '../model/data-schema.ts';
import { WorkspaceId } from '../model/ids.ts';
import type { InputRequest } from '../model/job-request.ts';
import type { StatementCell, StatementConfiguration } from '../model/statement.ts';
import { prepareStatement } from './prepare-statement.ts';

const field: SchemaField = { name: 'id', type: 'integer', isNullable: false, description: '' };
const rows: DataSchema = {
  id: SchemaId.from('rows'),
  workspaceId: WorkspaceId.from('workspace'),
  name: 'Rows',
  description: '',
  fields: [field],
  createdAt: 1,
  changedAt: 1,
};
const given: DataSchema = { ...rows, id: SchemaId.from('given'), fields: [{ ...field, name: 'key' }] };
const schemas = new Map([rows, given].map((schema) => [schema.id, schema]));
const value = { type: 'integer', text: '7' } as const;

function build(configuration: Partial<StatementConfiguration>): StatementCell {
  const cell = createStatement('Sum');
  return { ...cell, configuration: { ...cell.configuration, ...configuration } };
}

function prepare(configuration: Partial<StatementConfiguration>, requests: readonly InputRequest[] = []) {
  return prepareStatement(build(configuration), requests, (id) => schemas.get(id) ?? null, value);
}

describe('a Statement', () => {
  it('is given the fields of its schemas, its input and its checkpoint', () => {
    const input: InputRequest = { handle: 'input', kind: 'json', text: '[{"key": 1}]' };
    expect(
      prepare({ inputSchema: given.id, outputSchema: rows.id, checkpointColumn: 'id' }, [input]),
    ).toEqual({
      isOk: true,
      value: {
        input,
        inputFields: given.fields,
        outputFields: rows.fields,
        checkpoint: { column: 'id', value },
      },
    });
  });

  it('needs neither an input nor a schema for it, nor a checkpoint', () => {
    expect(prepare({ outputSchema: rows.id })).toEqual({
      isOk: true,
      value: { input: null, inputFields: null, outputFields: rows.fields, checkpoint: null },
    });
  });

  it.each<[string, Partial<StatementConfiguration>, string]>([
    [
      'has no output schema',
      {},
      'A Statement needs an output schema, which says what the rows hold that it returns. Choose or make one in the configuration of the cell.',
    ],
    [
      'has lost its output schema',
      { outputSchema: SchemaId.from('gone') },
      'The output schema was deleted. Choose another in the configuration of the cell.',
    ],
    [
      'has lost its input schema',
      { outputSchema: rows.id, inputSchema: SchemaId.from('gone') },
      'The input schema was deleted. Choose another in the configuration of the cell.',
    ],
    [
      'keeps a column that its output schema has lost',
      { outputSchema: rows.id, checkpointColumn: 'date' },
      'The data checkpoint column “date” is no field of the output schema “Rows”. Choose another in the configuration of the cell.',
    ],
  ])('that %s is not run', (_what, configuration, problem) => {
    expect(prepare(configuration)).toEqual({ isOk: false, problem });
  });

  it.each<[InputRequest, string]>([
    [
      { handle: 'input', kind: 'variable', key: 'k', pickle: null },
      'a Python object: give that output the type Anything, which hands on a DataFrame as a dataset.',
    ],
    [{ handle: 'input', kind: 'binary', content: new Blob() }, 'bytes.'],
    [{ handle: 'input', kind: 'secret', text: 'x' }, 'a secret.'],
  ])('takes no %j', (input, what) => {
    expect(prepare({ outputSchema: rows.id }, [input])).toEqual({
      isOk: false,
      problem: `The input “input” takes a dataset or a list of objects. What it is connected to puts out ${what}`,
    });
  });
});
