import type { SchemaField } from '../model/data-schema.ts';
import type { ColumnBuffers } from '../model/dataset.ts';
import type { Downstream, HandedJob, InputRequest, ModelRequest } from '../model/job-request.ts';
import { listBrought } from '../model/own-packages.ts';
import { writeHandles } from '../model/write-handles.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { JobDirectories } from './job-directories.ts';

/** A job as Python is asked for it; `_wire.py` is the other side. Values are read from where they are kept, where Python does not have them. */
export async function createPythonRequest(
  job: HandedJob,
  directories: JobDirectories,
  hasVariable: (key: string) => boolean,
): Promise<object> {
  const { kind, id, sessionId, cellId, title, source, variables } = job;
  const own = listBrought(job.packages).map(({ name, modules }) => ({ name, modules }));
  const common = {
    ...{ kind, jobId: id, sessionId, cellId, title, source, variables, directories },
    ...(own.length > 0 && { ownPackages: own }),
    ...(job.pixelRatio !== undefined && { pixelRatio: job.pixelRatio }),
  };
  switch (job.kind) {
    case 'data-generator':
      return {
        ...common,
        configuration: job.configuration,
        authorization: job.authorization,
        ...(job.models.length > 0 && { models: job.models.map(describeModel) }),
      };
    case 'scriptlet':
      return {
        ...common,
        nodeId: job.nodeId,
        ...writeHandles(job),
        inputs: await Promise.all(job.inputs.map((input) => readInput(input, hasVariable))),
        downstream: groupByOutput(job.downstream),
        blocks: job.blocks,
      };
    case 'statement': {
      const { isBulk, isDebugged } = job.configuration;
      return {
        ...common,
        configuration: { isBulk, isDebugged },
        input: job.input && (await readInput(job.input, hasVariable)),
        inputFields: job.inputFields && writeFields(job.inputFields),
        outputFields: writeFields(job.outputFields),
        checkpoint: job.checkpoint,
      };
    }
    default:
      return assertNever(job);
  }
}

/** Its pickle is read by `readModel`, when a script asks for it. */
function describeModel({ pickle: _pickle, ...model }: ModelRequest): object {
  return model;
}

function writeFields(fields: readonly SchemaField[]): object[] {
  return fields.map(({ name, type, isNullable }) => ({ name, type, nullable: isNullable }));
}

function groupByOutput(downstream: readonly Downstream[]): Readonly<Record<string, readonly Downstream[]>> {
  const names = [...new Set(downstream.map(({ outputHandle }) => outputHandle))];
  return Object.fromEntries(
    names.map((name) => [name, downstream.filter(({ outputHandle }) => outputHandle === name)]),
  );
}

async function readInput(input: InputRequest, hasVariable: (key: string) => boolean): Promise<unknown> {
  switch (input.kind) {
    case 'json':
      return { ...input, text: typeof input.text === 'string' ? input.text : await input.text.text() };
    case 'variable': {
      const { handle, kind, key, pickle } = input;
      const isNeeded = pickle !== null && !hasVariable(key);
      return { handle, kind, key, data: isNeeded ? await readBytes(pickle) : null };
    }
    case 'binary': {
      const { handle, kind, content } = input;
      return { handle, kind, data: await readBytes(content) };
    }
    case 'dataset': {
      const { handle, kind, dataset } = input;
      return { handle, kind, dataset: { ...dataset, columns: dataset.columns.map(holdNumbers) } };
    }
    case 'secret':
      return input;
    default:
      return assertNever(input);
  }
}

/** Bytes that Python does not get with the request, but takes from here to where it wants them. */
export class HeldBytes {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

const numberTypes: ReadonlySet<string> = new Set(['int64', 'uint64', 'float64']);

/** Columns of numbers are nearly all of a large table. */
function holdNumbers(column: ColumnBuffers): object {
  const { type, values } = column;
  return values && numberTypes.has(type) ? { ...column, values: new HeldBytes(values) } : column;
}

async function readBytes(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
