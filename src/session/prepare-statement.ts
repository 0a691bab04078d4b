import type { CheckpointValue } from '../model/checkpoint.ts';
import type { DataSchema, FindSchema, SchemaId } from '../model/data-schema.ts';
import type { InputRequest, StatementRequest } from '../model/job-request.ts';
import type { StatementCell } from '../model/statement.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

/** What the job of a Statement is given beside what other cells are. */
export type StatementMeans = Pick<StatementRequest, 'input' | 'inputFields' | 'outputFields' | 'checkpoint'>;

/** Looks up what a Statement needs, before it runs. The problem says what is missing and what to do. */
export function prepareStatement(
  { configuration }: StatementCell,
  requests: readonly InputRequest[],
  findSchema: FindSchema,
  checkpoint: CheckpointValue | null,
): Result<StatementMeans, string> {
  const { inputSchema, outputSchema, checkpointColumn: column } = configuration;
  if (outputSchema === null) {
    return fail(
      'A Statement needs an output schema, which says what the rows hold that it returns. Choose or make one in the configuration of the cell.',
    );
  }
  const output = findSchema(outputSchema);
  if (!output) return fail(describeGone('output'));
  const input = findChosen(inputSchema, findSchema);
  if (input === 'gone') return fail(describeGone('input'));
  if (column !== null && output.fields.every(({ name }) => name !== column)) {
    return fail(
      `The data checkpoint column “${column}” is no field of the output schema “${output.name}”. Choose another in the configuration of the cell.`,
    );
  }
  const [request = null] = requests;
  const problem = request && findInputProblem(request);
  if (problem !== null) return fail(problem);
  return succeed({
    input: request,
    inputFields: input?.fields ?? null,
    outputFields: output.fields,
    checkpoint: column === null ? null : { column, value: checkpoint },
  });
}

function findChosen(id: SchemaId | null, findSchema: FindSchema): DataSchema | null | 'gone' {
  return id === null ? null : (findSchema(id) ?? 'gone');
}

function describeGone(side: 'input' | 'output'): string {
  return `The ${side} schema was deleted. Choose another in the configuration of the cell.`;
}

function findInputProblem({ kind, handle }: InputRequest): string | null {
  switch (kind) {
    case 'dataset':
    case 'json':
      return null;
    case 'variable':
    case 'binary':
    case 'secret':
      return `The input “${handle}” takes a dataset or a list of objects. What it is connected to puts out ${names[kind]}${remedies[kind]}`;
  }
}

/** An object may be a table, or a list of objects, by another type of its output. */
const remedies = {
  variable: ': give that output the type Anything, which hands on a DataFrame as a dataset.',
  binary: '.',
  secret: '.',
} as const;

const names = { variable: 'a Python object', binary: 'bytes', secret: 'a secret' } as const;
