import type { JobId } from '../../model/ids.ts';
import type { FileProblem } from './file-problem.ts';
import type { LogPlace } from './gather-records.ts';
import { listNamedValues } from './list-values.ts';
import { readValuePath, recordPaths, type Manifest } from './workspace-file-format.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** What is wrong with what the records of a file name of one another, of its logs and values; null where nothing is. */
export function findReferenceProblem(
  records: WorkspaceRecords,
  manifest: Manifest,
  logs: ReadonlyMap<JobId, LogPlace>,
): FileProblem | null {
  return (
    findForeign(records) ??
    findTwice(records) ??
    findLooseEnd(records) ??
    findStrayLog(records, logs) ??
    findStrayValue(records, manifest)
  );
}

const owned = ['profiles', 'schemas', 'models', 'groups', 'lines', 'schedules', 'notebooks'] as const;

function findForeign(records: WorkspaceRecords): FileProblem | null {
  for (const name of owned) {
    const isForeign = records[name].some(({ workspaceId }) => workspaceId !== records.workspace.id);
    if (isForeign) return { entry: describePlace(name), reason: 'It has a record of another workspace.' };
  }
  return null;
}

function findTwice(records: WorkspaceRecords): FileProblem | null {
  const { versions, checkpoints } = records;
  const keys: (readonly [string | null, readonly string[]])[] = [
    ...owned.map((name) => [describePlace(name), records[name].map(({ id }) => id)] as const),
    [recordPaths.versions, versions.map(({ modelId, number }) => JSON.stringify([modelId, number]))],
    [null, checkpoints.map(({ cellId }) => cellId)],
    [null, records.sessions.map(({ id }) => id)],
    [null, records.jobs.map(({ id }) => id)],
  ];
  const twice = keys.find(([, ids]) => new Set(ids).size < ids.length);
  return twice ? { entry: twice[0], reason: 'Two records have one id.' } : null;
}

function findLooseEnd(records: WorkspaceRecords): FileProblem | null {
  const modelIds = new Set(records.models.map(({ id }) => id));
  if (records.versions.some(({ modelId }) => !modelIds.has(modelId))) {
    return { entry: recordPaths.versions, reason: 'It has a version of a model that is not in the file.' };
  }
  if (records.groups.some((group) => group.modelIds.some((id) => !modelIds.has(id)))) {
    return { entry: recordPaths.groups, reason: 'It names a model that is not in the file.' };
  }
  return null;
}

function findStrayLog({ jobs }: WorkspaceRecords, logs: ReadonlyMap<JobId, LogPlace>): FileProblem | null {
  const jobIds = new Set(jobs.map(({ id }) => id));
  const stray = [...logs.values()].find(({ jobId }) => !jobIds.has(jobId));
  return stray ? { entry: stray.path, reason: 'It is the log of a job that is not there.' } : null;
}

function findStrayValue(records: WorkspaceRecords, { entries, absent }: Manifest): FileProblem | null {
  const missing = new Set<string>(listNamedValues(records).map(({ hash }) => hash));
  for (const { path } of entries) {
    const hash = readValuePath(path);
    if (hash === null) continue;
    if (!missing.delete(hash))
      return { entry: path, reason: 'No record names this value, or it is there twice.' };
  }
  for (const { sha256 } of absent) missing.delete(sha256);
  const [hash] = missing;
  return hash === undefined
    ? null
    : { entry: null, reason: `A record names the value ${hash}, which is neither there nor left out.` };
}

function describePlace(name: (typeof owned)[number]): string | null {
  return name === 'notebooks' ? null : recordPaths[name];
}
