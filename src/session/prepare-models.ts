import type { DataGeneratorCell } from '../model/data-generator.ts';
import type { DescribeDistrust } from '../model/imported-file.ts';
import { createPlainError, type JobError } from '../model/job.ts';
import type { LoadedModel } from '../model/job-models.ts';
import type { ModelRequest } from '../model/job-request.ts';
import { noKnownModels, type KnownModels } from '../model/known-models.ts';
import type { Cell } from '../model/notebook.ts';
import {
  describeExceptions,
  describeModelProblem,
  findModelProblems,
  listLoaded,
  type PlannedModel,
} from '../model/plan-models.ts';
import type { ModelVersion } from '../model/trained-model.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { Storage } from '../storage/Storage.ts';

/** The models that a job is given. */
export interface PreparedModels {
  readonly requests: readonly ModelRequest[];
  readonly loaded: readonly LoadedModel[];
  /** What they are made of, by the names that indexes compare. */
  readonly neededPackages: readonly string[];
  /** What the reader is to know of the choice, in sentences. */
  readonly notes: readonly string[];
  /** What was stored of models then. */
  readonly known: KnownModels;
}

export const noPreparedModels: PreparedModels = {
  requests: [],
  loaded: [],
  neededPackages: [],
  notes: [],
  known: noKnownModels,
};

/** Whether a cell loads or may save models. */
export function usesModels(cell: Cell): cell is DataGeneratorCell {
  return (
    cell.kind === 'data-generator' && Object.values(cell.configuration.models).some((rows) => rows.length > 0)
  );
}

/** What models are looked up with. */
export interface ModelSources {
  readonly storage: Pick<Storage, 'loadModels' | 'readBlob'>;
  /** A version that it says something of is loaded by nothing. */
  readonly describeDistrust: DescribeDistrust;
}

/** Looks up what a cell loads, and checks what it may save, by what is stored now. The problem names the rows. */
export async function prepareModels(
  { configuration: { models } }: DataGeneratorCell,
  { storage, describeDistrust }: ModelSources,
): Promise<Result<PreparedModels, JobError>> {
  const { known } = await storage.loadModels();
  const problems = findModelProblems(models, known, describeDistrust);
  if (problems.length > 0) {
    return fail(createPlainError('rule', problems.map(describeModelProblem).join(' ')));
  }
  const requests: ModelRequest[] = [];
  const planned = listLoaded(models, known);
  for (const each of planned) {
    const pickle = await storage.readBlob(each.version.blob);
    if (!pickle) return fail(createPlainError('storage', describeMissing(each)));
    requests.push(describeRequest(each, pickle, known));
  }
  return succeed({
    requests,
    loaded: planned.map(({ model: { id, name }, version: { number } }) => ({ modelId: id, name, number })),
    neededPackages: [...new Set(planned.flatMap(({ version }) => version.packages.map(({ name }) => name)))],
    notes: describeExceptions(models, known),
    known,
  });
}

function describeRequest({ model, version }: PlannedModel, pickle: Blob, known: KnownModels): ModelRequest {
  const { number, typeName, pythonVersion, packages } = version;
  return {
    name: model.name,
    number,
    typeName,
    pythonVersion,
    packages,
    origin: describeOrigin(version, known),
    pickle,
  };
}

/** Of a version that another one was made the newest by, where that other one comes from. */
function describeOrigin(version: ModelVersion, known: KnownModels): string | null {
  let { origin } = version;
  // Each step leads to a smaller number.
  for (let { number } = version; origin.type === 'rollback';) {
    const before = known.versions.find(
      (each) =>
        each.modelId === version.modelId &&
        origin.type === 'rollback' &&
        each.number === origin.number &&
        each.number < number,
    );
    if (!before) return null;
    ({ number, origin } = before);
  }
  return `by the cell “${origin.cellTitle}” of the notebook “${origin.notebookTitle}”`;
}

function describeMissing({ model: { name }, version: { number } }: PlannedModel): string {
  return `The pickle of version ${number} of the model “${name}” is missing from this browser's storage. Load another version, or run the cell that saves the model again.`;
}
