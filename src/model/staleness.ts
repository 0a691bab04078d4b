import { findConnection } from './connections.ts';
import { getDatasetOutputs } from './dataset-cell.ts';
import { sortCells } from './dataflow.ts';
import { hasSeenBlockChanged } from './block-looks.ts';
import { hasDownstreamChanged } from './downstream-looks.ts';
import { findNamedFile, readsFile } from './file-inputs.ts';
import { getHandleKind, type Connection, type InputHandle, type InputValue } from './handles.ts';
import { hashText } from './hash-text.ts';
import type { CellId } from './ids.ts';
import type { DoneJob, Job } from './job.ts';
import type { JobInput, RanBlock } from './job-inputs.ts';
import type { KnownModels } from './known-models.ts';
import { haveModelsChanged } from './loaded-models.ts';
import type { FindSchema } from './data-schema.ts';
import { getSetup, isSameSetup, writeSetup } from './job-setup.ts';
import {
  findCell,
  isProcessor,
  takesInputs,
  type Cell,
  type Notebook,
  type Processor,
  type TakingCell,
} from './notebook.ts';
import {
  findOutputFor,
  getFingerprint,
  isAvailable,
  type HeldObjects,
  type StoredOutput,
} from './outputs.ts';
import { havePackagesChanged, listOwnPackages } from './own-packages.ts';
import { getNodeId, type ScriptletCell } from './scriptlet.ts';
import type { HashSecret } from './secret-hash.ts';

/** The last jobs of a cell: the newest, and the newest that was done. */
export interface CellJobs {
  readonly lastJob: Job | null;
  readonly doneJob: DoneJob | null;
}

/** What of a notebook decides what its cells take. */
type Known = Pick<Notebook, 'cells' | 'connections' | 'files'>;

export type FindJobs = (cellId: CellId) => CellJobs;

/** What a cell hands on now, and the job that put it out: null for a Dataset, which is never run. */
export interface CellOutputs {
  readonly outputs: readonly StoredOutput[];
  readonly job: DoneJob | null;
}

/** What a cell hands on; null where it was never done. */
export function findOutputs(
  cellId: CellId,
  { cells }: Pick<Notebook, 'cells'>,
  findJobs: FindJobs,
): CellOutputs | null {
  const cell = cells.find(({ id }) => id === cellId);
  if (cell?.kind === 'dataset') return { outputs: getDatasetOutputs(cell), job: null };
  const job = findJobs(cellId).doneJob;
  return job && { outputs: job.outcome.outputs, job };
}

/** What a cell gets through a connection now, and the job that put it out; null while it gets nothing. */
export function findOutput(
  { from, to }: Connection,
  cell: TakingCell,
  notebook: Pick<Notebook, 'cells'>,
  findJobs: FindJobs,
): { readonly output: StoredOutput; readonly job: DoneJob | null } | null {
  const found = findOutputs(from.cellId, notebook, findJobs);
  const target = { nodeId: getNodeId(cell), inputHandle: to.handle };
  const output = found && findOutputFor(target, from.handle, found.outputs);
  return output && { output, job: found.job };
}

/** What a job of the cell would take for its inputs now; one that it would get nothing for is left out. */
export function describeInputs(
  cell: Cell,
  notebook: Known,
  { findJobs, hashSecret }: Pick<Surroundings, 'findJobs' | 'hashSecret'>,
): JobInput[] {
  const { connections } = notebook;
  if (!takesInputs(cell)) return [];
  return cell.inputs.flatMap((input): JobInput[] => {
    const connection = findConnection(connections, cell.id, input.name);
    const found = connection && findOutput(connection, cell, notebook, findJobs);
    if (connection && found) {
      const from = { type: 'connection', ...connection.from, jobId: found.job?.id ?? null } as const;
      return [{ handle: input.name, hash: getFingerprint(found.output), from }];
    }
    return describeOwnValue(input, notebook, hashSecret);
  });
}

/** The scriptlets that a job ran, by what scripts know them by, as they are now. */
export function describeBlocks(
  nodeIds: readonly string[],
  notebook: Notebook,
  hashSecret: HashSecret,
): RanBlock[] {
  return notebook.cells.flatMap((cell) =>
    cell.kind === 'scriptlet' && nodeIds.includes(getNodeId(cell))
      ? [describeBlock(cell, notebook, hashSecret)]
      : [],
  );
}

/** Scriptlets have no data schemas. */
const noSchemas: FindSchema = () => null;

function describeBlock(cell: ScriptletCell, notebook: Known, hashSecret: HashSecret): RanBlock {
  const values = cell.inputs.flatMap((input) => describeOwnValue(input, notebook, hashSecret));
  // Scripts find it by its title, too.
  const parts = [cell.title, cell.source, writeSetup(getSetup(cell, noSchemas)), writeInputs(values)];
  return { cellId: cell.id, hash: hashText(JSON.stringify(parts)) };
}

/**
 * The cells whose results are not those that they would have now: what they are made from has changed since, or that of
 * a cell that they depend on, that cell was never done, or an object that they put out is gone from Python's memory.
 */
export function listChangedCells(
  notebook: Notebook,
  surroundings: Surroundings,
  held: HeldObjects,
): Set<CellId> {
  const changed = new Set<CellId>();
  const own = listOwnPackages(notebook);
  const cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  for (const id of sortCells(notebook)) {
    const cell = cells.get(id);
    const { doneJob } = surroundings.findJobs(id);
    if (!cell || !isProcessor(cell) || !doneJob) continue;
    // One that was never done would be run first.
    const dependsOnChanged = notebook.connections.some(
      ({ from: { cellId }, to }) =>
        to.cellId === id && (changed.has(cellId) || !findOutputs(cellId, notebook, surroundings.findJobs)),
    );
    const isGone = doneJob.outcome.outputs.some((output) => !isAvailable(output, held));
    if (dependsOnChanged || isGone || hasChanged(cell, notebook, doneJob, surroundings, own)) changed.add(id);
  }
  return changed;
}

/** What of a job decides whether its cell would do the same now. */
export type JobMaking = Pick<
  Job,
  | 'source'
  | 'setup'
  | 'inputs'
  | 'modules'
  | 'absentModules'
  | 'openedFiles'
  | 'ranBlocks'
  | 'seenBlocks'
  | 'downstream'
  | 'packages'
  | 'ownPackages'
  | 'loadedModels'
  | 'savedModels'
>;

/** What a cell is made from beside its notebook. */
export interface Surroundings {
  readonly findJobs: FindJobs;
  readonly findSchema: FindSchema;
  readonly hashSecret: HashSecret;
  /** Null until they were read: which versions a cell would load is not known then, and makes none stale. */
  readonly getKnownModels: () => KnownModels | null;
}

/** `own` are the packages that the notebook brings. */
export function hasChanged(
  cell: Processor,
  notebook: Notebook,
  job: JobMaking,
  surroundings: Surroundings,
  own = listOwnPackages(notebook),
): boolean {
  const { findSchema, hashSecret, getKnownModels } = surroundings;
  const known = getKnownModels();
  return (
    cell.source !== job.source ||
    !isSameSetup(getSetup(cell, findSchema), job.setup) ||
    writeInputs(describeInputs(cell, notebook, surroundings)) !== writeInputs(job.inputs) ||
    haveFilesChanged(job, notebook) ||
    havePackagesChanged(job, own) ||
    (known !== null && haveModelsChanged(cell, job, known)) ||
    job.ranBlocks.some((block) => hasBlockChanged(block, notebook, hashSecret)) ||
    job.seenBlocks.some((seen) => hasSeenBlockChanged(seen, notebook)) ||
    job.downstream.some((seen) => hasDownstreamChanged(seen, cell.id, notebook))
  );
}

function haveFilesChanged({ modules, absentModules, openedFiles }: JobMaking, { files }: Notebook): boolean {
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  return (
    modules.some(({ path, blob }) => blobs.get(path) !== blob) ||
    openedFiles.some(({ path, blob }) => (blobs.get(path) ?? null) !== blob) ||
    absentModules.some((place) => blobs.has(`${place}.py`) || blobs.has(`${place}/__init__.py`))
  );
}

function hasBlockChanged({ cellId, hash }: RanBlock, notebook: Notebook, hashSecret: HashSecret): boolean {
  const cell = findCell(notebook, cellId);
  return cell?.kind !== 'scriptlet' || describeBlock(cell, notebook, hashSecret).hash !== hash;
}

function writeInputs(inputs: readonly JobInput[]): string {
  return JSON.stringify(inputs.map(({ handle, hash }) => [handle, hash]).sort());
}

function describeOwnValue(input: InputHandle, notebook: Known, hashSecret: HashSecret): JobInput[] {
  const { name: handle, value, defaultValue } = input;
  if (value)
    return [{ handle, hash: hashValue(value, input, notebook, hashSecret), from: { type: 'value' } }];
  if (defaultValue !== null)
    return [{ handle, hash: hashJson(defaultValue, input, notebook, hashSecret), from: { type: 'default' } }];
  return [];
}

function hashValue(value: InputValue, input: InputHandle, notebook: Known, hashSecret: HashSecret): string {
  switch (value.kind) {
    case 'json':
      return hashJson(value.text, input, notebook, hashSecret);
    case 'secret':
      return hashSecret(value.text);
    case 'dataset':
      return value.blob;
  }
}

/** Of a file that is read the content counts too. A secret may have been written as JSON. */
function hashJson(json: string, input: InputHandle, notebook: Known, hashSecret: HashSecret): string {
  if (getHandleKind(input) === 'secret') return hashSecret(json);
  const file = readsFile(input) ? findNamedFile(notebook, json) : null;
  return hashText(file ? `${json} ${file.blob}` : json);
}
