import {
  ModelGroupId,
  ModelId,
  type CellId,
  type JobId,
  type NotebookId,
  type SessionId,
  type WorkspaceId,
} from './ids.ts';
import type { MadeModel, SavedModel } from './job-models.ts';
import { findGroup, findModel, getNextNumber, type KnownModels, type ModelChanges } from './known-models.ts';
import type { ModelConfiguration } from './model-configuration.ts';
import { describeModelProblem, findModelProblems, type ModelProblem } from './plan-models.ts';
import type { ModelGroup, ModelVersion, TrainedModel, VersionSource } from './trained-model.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

/** The job that saves, as its versions tell of it. */
export interface SavingJob {
  readonly workspaceId: WorkspaceId;
  readonly notebookId: NotebookId;
  readonly notebookTitle: string;
  readonly cellId: CellId;
  readonly cellTitle: string;
  readonly sessionId: SessionId;
  readonly jobId: JobId;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What its cell may save. */
  readonly configuration: ModelConfiguration;
  readonly sources: readonly VersionSource[];
  /** On whose behalf it ran; null where nobody is known. */
  readonly profile: ModelVersion['profile'];
}

/** What is stored of what a job has added, and how the record of the job names it. */
export interface ModelSaving {
  readonly changes: ModelChanges;
  readonly saved: readonly SavedModel[];
}

/**
 * Gives each model that a job has added its next number, by what is known at that moment: a number that was given once, also
 * to a version that is gone, is not given again. All are saved, or none: the problem says why.
 */
export function saveModels(
  made: readonly MadeModel[],
  job: SavingJob,
  known: KnownModels,
): Result<ModelSaving, string> {
  const problem = findSavingProblem(made, job, known);
  if (problem !== null) return fail(problem);
  const models: TrainedModel[] = [];
  const versions: ModelVersion[] = [];
  const saved: SavedModel[] = [];
  const groups = new Map<string, ModelGroup>();
  for (const each of made) {
    const model = advance(findModel(known, each.name), each.name, job, known);
    models.push(model);
    versions.push(createVersion(model, each, job));
    const { name, groups: groupNames, typeName, blob, byteSize } = each;
    saved.push({
      modelId: model.id,
      name,
      number: model.lastNumber,
      groups: groupNames,
      typeName,
      blob,
      byteSize,
    });
    for (const groupName of groupNames) {
      const group = groups.get(groupName) ?? findGroup(known, groupName) ?? createGroup(groupName, job);
      const isIn = group.modelIds.includes(model.id);
      groups.set(
        groupName,
        isIn ? group : { ...group, modelIds: [...group.modelIds, model.id], changedAt: job.at },
      );
    }
  }
  return succeed({ changes: { models, versions, groups: [...groups.values()] }, saved });
}

/** Python says what it saves: what the configuration does not let it is not saved, whoever said so. */
function findSavingProblem(
  made: readonly MadeModel[],
  { configuration, cellTitle }: SavingJob,
  known: KnownModels,
): string | null {
  const { save, saveGroups } = configuration;
  const names = made.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    return `The cell “${cellTitle}” saves two models under the name “${twice}”, which one of them may have got while it ran. Give one of them another name, in the configuration and in the script, and run the cell again.`;
  }
  for (const { name, groups } of made) {
    const isNamed = groups.length === 0 ? save.some((row) => row.name === name) : true;
    const stray = groups.find(
      (group) => !saveGroups.some((row) => row.name === group && row.models.includes(name)),
    );
    if (!isNamed || stray !== undefined) {
      return `The cell “${cellTitle}” may not save the model “${name}” as it did: its configuration does not say so.`;
    }
  }
  const isConcerned = ({ list, row }: ModelProblem): boolean =>
    list === 'save' && names.includes(save[row]?.name ?? '');
  const [problem] = findModelProblems(configuration, known).filter(isConcerned);
  return problem ? describeModelProblem(problem) : null;
}

function advance(
  before: TrainedModel | undefined,
  name: string,
  { workspaceId, at }: SavingJob,
  known: KnownModels,
): TrainedModel {
  if (before) return { ...before, lastNumber: getNextNumber(known, before), changedAt: at };
  const times = { createdAt: at, changedAt: at, deletedAt: null };
  return { id: ModelId.create(), workspaceId, name, notes: '', lastNumber: 1, ...times };
}

function createVersion(model: TrainedModel, made: MadeModel, job: SavingJob): ModelVersion {
  const { typeName, pythonVersion, packages, blob, byteSize } = made;
  const { notebookId, notebookTitle, cellId, cellTitle, sessionId, jobId, sources, profile, at } = job;
  return {
    modelId: model.id,
    number: model.lastNumber,
    createdAt: at,
    origin: { type: 'job', notebookId, notebookTitle, cellId, cellTitle, sessionId, jobId, sources },
    profile,
    typeName,
    pythonVersion,
    packages,
    notes: '',
    blob,
    byteSize,
    deletedAt: null,
  };
}

function createGroup(name: string, { workspaceId, at }: SavingJob): ModelGroup {
  return { id: ModelGroupId.create(), workspaceId, name, modelIds: [], createdAt: at, changedAt: at };
}
