import { getHandleKind, type InputHandle, type OutputHandle } from '../model/handles.ts';
import type { Block, Downstream, InputRequest, JobRequest } from '../model/job-request.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { JobDirectories } from './job-directories.ts';

/** A job as Python is asked for it; `_wire.py` is the other side. Values are read from where they are kept, where Python does not have them. */
export async function createPythonRequest(
  job: JobRequest,
  directories: JobDirectories,
  hasVariable: (key: string) => boolean,
): Promise<object> {
  const { kind, id, sessionId, cellId, title, source, variables } = job;
  const common = { kind, jobId: id, sessionId, cellId, title, source, variables, directories };
  switch (job.kind) {
    case 'data-generator':
      return { ...common, configuration: job.configuration };
    case 'scriptlet':
      return {
        ...common,
        nodeId: job.nodeId,
        ...writeHandles(job),
        inputs: await Promise.all(job.inputs.map((input) => readInput(input, hasVariable))),
        downstream: groupByOutput(job.downstream),
        blocks: job.blocks.map(writeBlock),
      };
    default:
      return assertNever(job);
  }
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
    case 'secret':
    case 'dataset':
      return input;
    default:
      return assertNever(input);
  }
}

async function readBytes(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function writeBlock({ nodeId, task, title, description, source, ...handles }: Block): unknown {
  const values = handles.inputHandles.flatMap((input) => {
    // Datasets and the bytes of files are read for the cell that runs alone.
    const isAlongside = input.value?.kind === 'dataset' || getHandleKind(input) === 'binary';
    return input.value && !isAlongside ? [{ handle: input.name, ...input.value }] : [];
  });
  return { nodeId, task, title, description, source, ...writeHandles(handles), values };
}

interface Handles {
  readonly inputHandles: readonly InputHandle[];
  readonly outputHandles: readonly OutputHandle[];
}

function writeHandles({ inputHandles, outputHandles }: Handles): object {
  return {
    inputsDef: inputHandles.map((input) => writeHandle(input, input.defaultValue)),
    outputsDef: outputHandles.map((output) => writeHandle(output, null)),
  };
}

function writeHandle(handle: OutputHandle, defaultValue: string | null): object {
  const { name, description, schema, isNullable, isAdditional } = handle;
  return {
    name,
    description,
    schema: JSON.stringify(schema),
    nullable: isNullable,
    defaultValue,
    isAdditional,
  };
}
