import type { Checkpoint } from '../../model/checkpoint.ts';
import { addConnections } from '../../model/connections.ts';
import { forgetImport } from '../../model/imported-file.ts';
import { listCurrentJobs, type Job } from '../../model/job.ts';
import { groupBy } from '../../shared/group-by.ts';
import { settleParts, type PickedParts } from '../../model/workspace-parts.ts';
import { withholdFromCell, withholdFromJob } from './withhold-secrets.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** What becomes of secrets. withheld: they stay where they are; kept: they go along, to where they came from. */
export type SecretChoice = 'withheld' | 'kept';

/**
 * The records of a workspace that go into its file: what was picked, without secrets, what lies in the trash, connections
 * of handles that are gone, and marks of runs that go on in a tab.
 */
export function chooseRecords(
  found: WorkspaceRecords,
  wanted: PickedParts,
  secrets: SecretChoice = 'withheld',
): WorkspaceRecords {
  const isKept = secrets === 'kept';
  const picked = settleParts(wanted);
  const notebooks = found.notebooks
    .filter(({ deletedAt }) => deletedAt === null)
    .map((notebook) => ({
      ...forgetImport(notebook),
      cells: isKept ? notebook.cells : notebook.cells.map(withholdFromCell),
      connections: addConnections(notebook.cells, [], notebook.connections),
    }));
  const notebookIds = new Set(notebooks.map(({ id }) => id));
  const isHere = ({ notebookId }: Pick<Job, 'notebookId'>): boolean => notebookIds.has(notebookId);
  const cellIds = new Set(notebooks.flatMap(({ cells }) => cells.map(({ id }) => id)));
  const sessions = picked.history ? found.sessions.filter(isHere) : [];
  const sessionIds = new Set(sessions.map(({ id }) => id));
  const checkpoints = found.checkpoints.filter(({ cellId }) => picked.results && cellIds.has(cellId));
  const jobs = chooseJobs(found.jobs.filter(isHere), picked).map((job) =>
    isKept ? job : withholdFromJob(job),
  );
  const models = picked.models ? found.models.filter(({ deletedAt }) => deletedAt === null) : [];
  const modelIds = new Set(models.map(({ id }) => id));
  const versions = found.versions.filter(
    ({ modelId, deletedAt }) => deletedAt === null && modelIds.has(modelId),
  );
  return sortRecords({
    workspace: found.workspace,
    settings: found.settings,
    profiles: found.profiles,
    schemas: found.schemas,
    models,
    versions: versions.map(forgetImport),
    groups: (picked.models ? found.groups : []).map((group) => ({
      ...group,
      modelIds: group.modelIds.filter((id) => modelIds.has(id)),
    })),
    lines: found.lines.map((line) => ({ ...line, runs: picked.history ? line.runs : [] })),
    schedules: found.schedules.map((schedule) => ({
      ...schedule,
      running: null,
      runs: picked.history ? schedule.runs : [],
    })),
    notebooks,
    checkpoints: picked.history ? checkpoints : checkpoints.map(forgetHistory),
    sessions,
    jobs: jobs.map((job) => ({
      ...job,
      sessionId: job.sessionId !== null && sessionIds.has(job.sessionId) ? job.sessionId : null,
    })),
  });
}

/** The records in the one order that they have in a file. */
export function sortRecords(records: WorkspaceRecords): WorkspaceRecords {
  const byId = ({ id }: { readonly id: string }): string[] => [id];
  return {
    ...records,
    profiles: sortBy(records.profiles, byId),
    schemas: sortBy(records.schemas, byId),
    models: sortBy(records.models, byId),
    versions: sortBy(records.versions, ({ modelId, number }) => [modelId, number]),
    groups: sortBy(records.groups, byId),
    lines: sortBy(records.lines, byId),
    schedules: sortBy(records.schedules, byId),
    notebooks: sortBy(records.notebooks, ({ createdAt, id }) => [createdAt, id]),
    checkpoints: sortBy(records.checkpoints, ({ cellId }) => [cellId]),
    sessions: sortBy(records.sessions, ({ startedAt, id }) => [startedAt, id]),
    jobs: sortBy(records.jobs, ({ startedAt, id }) => [startedAt, id]),
  };
}

function chooseJobs(jobs: readonly Job[], picked: PickedParts): readonly Job[] {
  if (!picked.results) return [];
  return picked.history ? jobs : listShownJobs(jobs);
}

/** The jobs whose results cells show, each notebook by itself: two could have cells of one id. */
export function listShownJobs(jobs: readonly Job[]): readonly Job[] {
  return [...groupBy(jobs, ({ notebookId }) => notebookId).values()].flatMap(listCurrentJobs);
}

function forgetHistory(checkpoint: Checkpoint): Checkpoint {
  const [{ value, at }] = checkpoint.history;
  return { ...checkpoint, history: [{ value, at, origin: null }] };
}

/** By what each is told apart by, texts by their code units: the same in every browser and language. */
function sortBy<Value>(values: readonly Value[], keysOf: (value: Value) => (string | number)[]): Value[] {
  return [...values].sort((one, other) => compare(keysOf(one), keysOf(other)));
}

function compare(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  for (const [index, key] of one.entries()) {
    const beside = other[index];
    if (beside === undefined || key === beside) continue;
    return key < beside ? -1 : 1;
  }
  return 0;
}
