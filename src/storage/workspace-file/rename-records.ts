// Longer than most files: each kind of record has a short function that names all its fields with ids.
import type { Checkpoint } from '../../model/checkpoint.ts';
import type { DataSchema } from '../../model/data-schema.ts';
import { SchemaId } from '../../model/data-schema.ts';
import type { HandlePlace } from '../../model/handles.ts';
import {
  CellId,
  CyclesId,
  JobId,
  LineRunId,
  ModelGroupId,
  ModelId,
  NotebookId,
  ProductionLineId,
  ProfileId,
  ScheduleId,
  SessionId,
  type WorkspaceId,
} from '../../model/ids.ts';
import { isDone, type Job } from '../../model/job.ts';
import type { JobInput } from '../../model/job-inputs.ts';
import type { JobSetup } from '../../model/job-setup.ts';
import type { LessonContent } from '../../model/lesson.ts';
import type { LineRun } from '../../model/line-run.ts';
import { renameMade, renameModels, type FollowName } from '../../model/model-renames.ts';
import type { Cell, Notebook } from '../../model/notebook.ts';
import type { StoredOutput } from '../../model/outputs.ts';
import type { ProductionLine } from '../../model/production-line.ts';
import type { Profile } from '../../model/profile.ts';
import type { Schedule } from '../../model/schedule.ts';
import type { Session } from '../../model/session.ts';
import type { ModelGroup, ModelVersion, TrainedModel, VersionSource } from '../../model/trained-model.ts';
import type { IdRenaming } from './IdRenaming.ts';

/** What things of a file are called here. */
export interface Renaming {
  readonly ids: IdRenaming;
  readonly workspaceId: WorkspaceId;
  /** Of models and groups. */
  readonly follow: FollowName;
}

/** Each of these gives a record of a file with the ids and names that it has here, in every field that holds one. */
export function renameNotebook(notebook: Notebook, renaming: Renaming): Notebook {
  return {
    ...renameContent(notebook, notebook.id, renaming),
    id: toNotebook(renaming, notebook.id),
    workspaceId: renaming.workspaceId,
  };
}

export function renameContent<Content extends Pick<LessonContent, 'cells' | 'connections'>>(
  content: Content,
  notebookId: NotebookId,
  renaming: Renaming,
): Content {
  const renamePlace = ({ cellId, handle }: HandlePlace): HandlePlace => ({
    cellId: toCell(renaming, cellId, notebookId),
    handle,
  });
  return {
    ...content,
    cells: content.cells.map((cell) => renameCell(cell, notebookId, renaming)),
    connections: content.connections.map(({ from, to }) => ({
      from: renamePlace(from),
      to: renamePlace(to),
    })),
  };
}

function renameCell(cell: Cell, notebookId: NotebookId, renaming: Renaming): Cell {
  const id = toCell(renaming, cell.id, notebookId);
  switch (cell.kind) {
    case 'data-generator': {
      const { configuration } = cell;
      const models = renameModels(configuration.models, renaming.follow);
      return { ...cell, id, configuration: { ...configuration, models } };
    }
    case 'statement': {
      const { configuration } = cell;
      const { inputSchema, outputSchema } = configuration;
      return {
        ...cell,
        id,
        configuration: {
          ...configuration,
          inputSchema: inputSchema && toSchema(renaming, inputSchema),
          outputSchema: outputSchema && toSchema(renaming, outputSchema),
        },
      };
    }
    default:
      return { ...cell, id };
  }
}

export function renameSession(session: Session, renaming: Renaming): Session {
  const { notebookId, cause } = session;
  return {
    ...session,
    id: toSession(renaming, session.id, notebookId),
    notebookId: toNotebook(renaming, notebookId),
    cause:
      cause.type === 'one' && cause.cyclesId !== undefined
        ? { ...cause, cyclesId: CyclesId.from(renaming.ids.rename('cycles', cause.cyclesId, notebookId)) }
        : cause,
    jobIds: session.jobIds.map((id) => toJob(renaming, id, notebookId)),
    skipped: session.skipped.map((skipped) => ({
      ...skipped,
      cellId: toCell(renaming, skipped.cellId, notebookId),
    })),
    profileId: session.profileId && toProfile(renaming, session.profileId),
  };
}

export function renameJob(job: Job, renaming: Renaming): Job {
  const { notebookId } = job;
  const rename = (cellId: CellId): CellId => toCell(renaming, cellId, notebookId);
  return {
    ...job,
    id: toJob(renaming, job.id, notebookId),
    notebookId: toNotebook(renaming, notebookId),
    cellId: rename(job.cellId),
    sessionId: job.sessionId && toSession(renaming, job.sessionId, notebookId),
    setup: renameSetup(job.setup, renaming),
    inputs: job.inputs.map((input) => renameInput(input, notebookId, renaming)),
    ranBlocks: job.ranBlocks.map((block) => ({ ...block, cellId: rename(block.cellId) })),
    // Scripts may ask for a cell by its id.
    seenBlocks: job.seenBlocks.map((seen) => ({
      ...seen,
      name: renaming.ids.find('cell', seen.name, notebookId) ?? seen.name,
    })),
    downstream: job.downstream.map((seen) => ({
      ...seen,
      inputs: seen.inputs.map((input) => ({ ...input, cellId: rename(input.cellId) })),
    })),
    loadedModels: job.loadedModels.map((loaded) => ({
      ...loaded,
      modelId: toModel(renaming, loaded.modelId),
      name: renaming.follow('model', loaded.name),
    })),
    savedModels: job.savedModels.map((saved) => ({
      ...renameMade(saved, renaming.follow),
      modelId: toModel(renaming, saved.modelId),
    })),
    outcome: isDone(job)
      ? {
          ...job.outcome,
          outputs: job.outcome.outputs.map((output) => renameTargets(output, notebookId, renaming)),
        }
      : job.outcome,
  };
}

function renameSetup(setup: JobSetup, { follow }: Renaming): JobSetup {
  return setup.kind === 'data-generator' ? { ...setup, models: renameModels(setup.models, follow) } : setup;
}

function renameInput(input: JobInput, notebookId: NotebookId, renaming: Renaming): JobInput {
  const { from } = input;
  if (from.type !== 'connection') return input;
  return {
    ...input,
    from: {
      ...from,
      cellId: toCell(renaming, from.cellId, notebookId),
      jobId: from.jobId && toJob(renaming, from.jobId, notebookId),
    },
  };
}

/** Cells of no flow are known to scripts by their ids. */
function renameTargets(output: StoredOutput, notebookId: NotebookId, { ids }: Renaming): StoredOutput {
  if (!output.targets) return output;
  return {
    ...output,
    targets: output.targets.map((target) => ({
      ...target,
      nodeId: ids.find('cell', target.nodeId, notebookId) ?? target.nodeId,
    })),
  };
}

export function renameCheckpoint(checkpoint: Checkpoint, renaming: Renaming): Checkpoint {
  const { notebookId, history } = checkpoint;
  const [newest, ...others] = history;
  const renameEntry = (entry: typeof newest): typeof newest => ({
    ...entry,
    origin: entry.origin && {
      jobId: toJob(renaming, entry.origin.jobId, notebookId),
      sessionId: toSession(renaming, entry.origin.sessionId, notebookId),
    },
  });
  return {
    ...checkpoint,
    cellId: toCell(renaming, checkpoint.cellId, notebookId),
    notebookId: toNotebook(renaming, notebookId),
    history: [renameEntry(newest), ...others.map(renameEntry)],
  };
}

export function renameSchema(schema: DataSchema, renaming: Renaming): DataSchema {
  return { ...schema, id: toSchema(renaming, schema.id), workspaceId: renaming.workspaceId };
}

export function renameModel(model: TrainedModel, renaming: Renaming): TrainedModel {
  return { ...model, id: toModel(renaming, model.id), workspaceId: renaming.workspaceId };
}

export function renameVersion(version: ModelVersion, renaming: Renaming): ModelVersion {
  const { origin, profile } = version;
  return {
    ...version,
    modelId: toModel(renaming, version.modelId),
    origin:
      origin.type === 'job'
        ? {
            ...origin,
            notebookId: toNotebook(renaming, origin.notebookId),
            cellId: toCell(renaming, origin.cellId, origin.notebookId),
            sessionId: toSession(renaming, origin.sessionId, origin.notebookId),
            jobId: toJob(renaming, origin.jobId, origin.notebookId),
            sources: origin.sources.map((source) => renameSource(source, renaming)),
          }
        : origin,
    profile: profile && { ...profile, id: toProfile(renaming, profile.id) },
  };
}

function renameSource(source: VersionSource, renaming: Renaming): VersionSource {
  if (source.kind !== 'model') return source;
  const { modelId, name } = source;
  return { ...source, modelId: toModel(renaming, modelId), name: renaming.follow('model', name) };
}

export function renameGroup(group: ModelGroup, renaming: Renaming): ModelGroup {
  return {
    ...group,
    id: ModelGroupId.from(renaming.ids.rename('group', group.id)),
    workspaceId: renaming.workspaceId,
    modelIds: group.modelIds.map((id) => toModel(renaming, id)),
  };
}

export function renameProfile(profile: Profile, renaming: Renaming): Profile {
  return { ...profile, id: toProfile(renaming, profile.id), workspaceId: renaming.workspaceId };
}

export function renameLine(line: ProductionLine, renaming: Renaming): ProductionLine {
  return {
    ...line,
    id: ProductionLineId.from(renaming.ids.rename('line', line.id)),
    workspaceId: renaming.workspaceId,
    notebookIds: line.notebookIds.map((id) => toNotebook(renaming, id)),
    runs: line.runs.map((run) => renameRun(run, toRunScope(line.id), renaming)),
  };
}

export function renameSchedule(schedule: Schedule, renaming: Renaming): Schedule {
  const { target, running } = schedule;
  const { ids } = renaming;
  return {
    ...schedule,
    id: ScheduleId.from(ids.rename('schedule', schedule.id)),
    workspaceId: renaming.workspaceId,
    target:
      target.type === 'notebook'
        ? { ...target, notebookId: toNotebook(renaming, target.notebookId) }
        : { ...target, lineId: ProductionLineId.from(ids.rename('line', target.lineId)) },
    ownerId: toProfile(renaming, schedule.ownerId),
    running: running && {
      ...running,
      runId: LineRunId.from(ids.rename('run', running.runId, toRunScope(schedule.id))),
    },
    runs: schedule.runs.map((run) => renameRun(run, toRunScope(schedule.id), renaming)),
  };
}

/** What the runs of a production line or a schedule belong to. */
export function toRunScope(id: ProductionLineId | ScheduleId): string {
  return `runs of ${id}`;
}

function renameRun(run: LineRun, scope: string, renaming: Renaming): LineRun {
  return {
    ...run,
    id: LineRunId.from(renaming.ids.rename('run', run.id, scope)),
    steps: run.steps.map((step) => ({
      ...step,
      notebookId: toNotebook(renaming, step.notebookId),
      sessionId: step.sessionId && toSession(renaming, step.sessionId, step.notebookId),
    })),
  };
}

function toNotebook({ ids }: Renaming, id: NotebookId): NotebookId {
  return NotebookId.from(ids.rename('notebook', id));
}

function toCell({ ids }: Renaming, id: CellId, notebookId: NotebookId): CellId {
  return CellId.from(ids.rename('cell', id, notebookId));
}

function toJob({ ids }: Renaming, id: JobId, notebookId: NotebookId): JobId {
  return JobId.from(ids.rename('job', id, notebookId));
}

function toSession({ ids }: Renaming, id: SessionId, notebookId: NotebookId): SessionId {
  return SessionId.from(ids.rename('session', id, notebookId));
}

function toSchema({ ids }: Renaming, id: SchemaId): SchemaId {
  return SchemaId.from(ids.rename('schema', id));
}

function toModel({ ids }: Renaming, id: ModelId): ModelId {
  return ModelId.from(ids.rename('model', id));
}

function toProfile({ ids }: Renaming, id: ProfileId): ProfileId {
  return ProfileId.from(ids.rename('profile', id));
}
