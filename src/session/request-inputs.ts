import type { TableEngine } from '../data/TableEngine.ts';
import { findConnection } from '../model/connections.ts';
import { findNamedFile } from '../model/file-inputs.ts';
import {
  getHandleKind,
  type ChosenDataset,
  type HandlePlace,
  type InputHandle,
  type InputValue,
} from '../model/handles.ts';
import type { BlobHash } from '../model/ids.ts';
import type { DoneJob } from '../model/job.ts';
import type { InputRequest } from '../model/job-request.ts';
import { findCell, type Notebook, type TakingProcessor } from '../model/notebook.ts';
import { listTableFiles, type StoredOutput } from '../model/outputs.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import { findOutput, type FindJobs } from '../model/staleness.ts';
import { describeWrongKind, takesKind } from '../model/value-kinds.ts';
import { assertNever } from '../shared/assert-never.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';

/** What the values of inputs are read from. */
export interface InputSources {
  readonly findJobs: FindJobs;
  /** Rejects with a sentence where the value is gone. */
  readonly readBlob: (hash: BlobHash, what: string) => Promise<Blob>;
  readonly readFile: (file: NotebookFile) => Promise<Blob>;
  readonly tables: TableEngine;
}

/** Values for inputs, and the packages that they are made of. */
export interface RequestedInputs {
  readonly requests: readonly InputRequest[];
  readonly neededPackages: readonly string[];
}

/** JSON of more characters is checked by the table worker. */
const longestCheckedHere = 50_000;

/** What is said of JSON that is not as the schema of a secret says. */
const unfitSecret =
  'is JSON that the JSON Schema of the input does not allow; it may be secret and is not shown. Change it, or the type of the input in the configuration of the cell.';

/** What a dataset is to Python. */
const datasetPackage = 'pandas';

/**
 * The values for the inputs of a cell: the connection's, else the one that was set on the cell, else the default;
 * none where the input may be null. Else the problem names the input and what to do.
 */
export async function requestInputs(
  cell: TakingProcessor,
  notebook: Notebook,
  sources: InputSources,
): Promise<Result<RequestedInputs, string>> {
  const requests: InputRequest[] = [];
  for (const input of cell.inputs) {
    const result = await requestInput(input, cell, notebook, sources);
    if (!result.isOk) return result;
    if (result.value) requests.push(result.value);
  }
  return succeed({
    requests,
    neededPackages: listNeededPackages(cell, notebook, requests, sources.findJobs),
  });
}

/** An object is read from its pickle with the packages of the job that made it. */
function listNeededPackages(
  cell: TakingProcessor,
  { connections }: Notebook,
  requests: readonly InputRequest[],
  findJobs: FindJobs,
): string[] {
  const names = requests.flatMap(({ kind, handle }): readonly string[] => {
    if (kind === 'dataset') return cell.kind === 'scriptlet' ? [datasetPackage] : [];
    const connection = kind === 'variable' && findConnection(connections, cell.id, handle);
    return connection ? (findJobs(connection.from.cellId).doneJob?.packages ?? []) : [];
  });
  return [...new Set(names)];
}

async function requestInput(
  input: InputHandle,
  cell: TakingProcessor,
  notebook: Notebook,
  sources: InputSources,
): Promise<Result<InputRequest | null, string>> {
  const connection = findConnection(notebook.connections, cell.id, input.name);
  const found = connection && findOutput(connection, cell, notebook, sources.findJobs);
  try {
    if (found) return await requestOutput(input, { ...found, from: connection.from }, notebook, sources);
    if (input.value) return await requestValue(input, input.value, notebook, sources);
    if (input.defaultValue !== null)
      return await requestGiven(input, input.defaultValue, 'The default value', notebook, sources);
  } catch (error) {
    return fail(`The input “${input.name}” cannot be had: ${toMessage(error)}`);
  }
  if (input.isNullable) return succeed(null);
  // One that is connected and gets nothing keeps its cell from being run at all.
  return fail(
    `The input “${input.name}” is missing: it is not connected and has neither a value nor a default. Connect it or give it a value in the configuration of the cell, or allow null.`,
  );
}

/** What an input takes through its connection. */
interface TakenOutput {
  readonly output: StoredOutput;
  readonly job: DoneJob | null;
  readonly from: HandlePlace;
}

async function requestOutput(
  input: InputHandle,
  { output, job, from }: TakenOutput,
  notebook: Notebook,
  { readBlob, tables }: InputSources,
): Promise<Result<InputRequest, string>> {
  const handle = input.name;
  const title = findCell(notebook, from.cellId)?.title ?? job?.title ?? '';
  const what = `What “${title}” put out as “${output.handle}”`;
  const problem = await findKindProblem(output, input, tables);
  if (problem !== null) return fail(describeMisfit(input, what, problem));
  switch (output.kind) {
    case 'json': {
      const content = output.text ?? (await readBlob(output.blob, `value of “${output.handle}”`));
      return await requestJson(input, content, what, tables);
    }
    case 'secret':
      return succeed({ handle, kind: 'secret', text: output.text });
    case 'binary':
      return succeed({
        handle,
        kind: 'binary',
        content: await readBlob(output.blob, `bytes of “${output.handle}”`),
      });
    case 'variable': {
      const pickle = output.pickle && (await readBlob(output.pickle.blob, `object of “${output.handle}”`));
      return succeed({ handle, kind: 'variable', key: output.key, pickle });
    }
    case 'dataset': {
      const files = await Promise.all(
        listTableFiles(output).map(({ blob }) => readBlob(blob, `dataset “${output.handle}”`)),
      );
      return succeed({ handle, kind: 'dataset', dataset: await tables.exportDataset(...files) });
    }
    default:
      return assertNever(output);
  }
}

async function requestValue(
  input: InputHandle,
  value: InputValue,
  notebook: Notebook,
  sources: InputSources,
): Promise<Result<InputRequest | null, string>> {
  const handle = input.name;
  const { readBlob, tables } = sources;
  const what = 'Its value';
  const problem = await findKindProblem(value, input, tables);
  if (problem !== null) return fail(describeMisfit(input, what, problem));
  switch (value.kind) {
    case 'json':
      return await requestGiven(input, value.text, what, notebook, sources);
    case 'secret':
      return succeed({ handle, kind: 'secret', text: value.text });
    case 'dataset': {
      const file = await readChosen(value, readBlob);
      return succeed({ handle, kind: 'dataset', dataset: await tables.exportDataset(file) });
    }
    default:
      return assertNever(value);
  }
}

async function readChosen({ blob, title }: ChosenDataset, readBlob: InputSources['readBlob']): Promise<Blob> {
  try {
    return await readBlob(blob, title);
  } catch {
    throw new Error(
      `The dataset “${title}” is missing from this browser's storage. Choose it anew in the configuration of the cell.`,
    );
  }
}

/** JSON that was written for the input. */
async function requestGiven(
  input: InputHandle,
  json: string,
  what: string,
  notebook: Notebook,
  sources: InputSources,
): Promise<Result<InputRequest, string>> {
  return getHandleKind(input) === 'binary' && json !== 'null'
    ? await requestFile(input, json, notebook, sources)
    : await requestJson(input, json, what, sources.tables);
}

/** The bytes of the notebook's file that the value names. */
async function requestFile(
  { name: handle }: InputHandle,
  json: string,
  notebook: Notebook,
  { readFile }: InputSources,
): Promise<Result<InputRequest, string>> {
  const file = findNamedFile(notebook, json);
  if (file) return succeed({ handle, kind: 'binary', content: await readFile(file) });
  return fail(
    `The input “${handle}” takes bytes, and ${json} is no file of this notebook. Choose a file for it in the configuration of the cell.`,
  );
}

async function requestJson(
  input: InputHandle,
  text: string | Blob,
  what: string,
  tables: TableEngine,
): Promise<Result<InputRequest, string>> {
  const problem = await findJsonProblem(text, input, tables);
  if (problem !== null) return fail(describeMisfit(input, what, problem));
  return succeed({ handle: input.name, kind: 'json', text });
}

function describeMisfit({ name }: InputHandle, what: string, problem: string): string {
  return `The input “${name}” does not fit: ${what} ${problem}`;
}

/** What is wrong with a value that is no JSON. A secret may be the text that the schema asks for; it is not told. */
async function findKindProblem(
  value: StoredOutput | InputValue,
  input: InputHandle,
  tables: TableEngine,
): Promise<string | null> {
  if (value.kind === 'json' || takesKind(value.kind, input)) return null;
  if (value.kind === 'secret' && getHandleKind(input) === 'json') {
    const problem = await findProblem(JSON.stringify(value.text), input, tables);
    if (problem === null) return null;
  }
  return describeWrongKind(value.kind, input);
}

/** What is wrong with JSON. What may be a secret is not told. */
async function findJsonProblem(
  text: string | Blob,
  input: InputHandle,
  tables: TableEngine,
): Promise<string | null> {
  const kind = getHandleKind(input);
  if (kind === 'json' || text === 'null') return await findProblem(text, input, tables);
  if (kind === 'secret') return (await findProblem(text, input, tables)) && unfitSecret;
  return takesKind('json', input) ? null : describeWrongKind('json', input);
}

async function findProblem(
  text: string | Blob,
  input: InputHandle,
  tables: TableEngine,
): Promise<string | null> {
  if (typeof text !== 'string' || text.length > longestCheckedHere) {
    return await tables.findJsonProblem(new Blob([text]), input);
  }
  const { checkJson } = await import('../model/check-json.ts');
  return checkJson(text, input);
}

/** The keys of the objects among what a job takes. */
export function listTakenKeys({ requests }: RequestedInputs): string[] {
  return requests.flatMap((request) => (request.kind === 'variable' ? [request.key] : []));
}
