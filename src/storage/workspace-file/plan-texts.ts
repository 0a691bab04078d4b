import type { JobId } from '../../model/ids.ts';
import type { Notebook } from '../../model/notebook.ts';
import { groupBy } from '../../shared/group-by.ts';
import { nameFolders, nameRecord, nameSources } from './file-names.ts';
import { writeStableJson, writeStableList } from './stable-json.ts';
import { notebookFileNames, recordPaths } from './workspace-file-format.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** A text of the file. */
export interface PlannedText {
  readonly path: string;
  /** Its pieces, made when they are asked for. */
  readonly write: () => Iterable<string>;
}

/** The log of a job, which is read when its turn comes. */
export interface PlannedLog {
  readonly path: string;
  readonly jobId: JobId;
}

/** All texts that the records become; an empty list becomes none. */
export function planTexts(records: WorkspaceRecords): PlannedText[] {
  const { workspace, settings, notebooks, checkpoints, sessions, jobs, ...lists } = records;
  const texts = [planJson(recordPaths.workspace, workspace), planJson(recordPaths.settings, settings)];
  for (const name of ['profiles', 'schemas', 'models', 'versions', 'groups', 'lines', 'schedules'] as const) {
    texts.push(...planList(recordPaths[name], lists[name]));
  }
  const found = {
    checkpoints: groupById(checkpoints),
    sessions: groupById(sessions),
    jobs: groupById(jobs.filter(({ sessionId }) => sessionId === null)),
  };
  const jobsOf = groupBy(jobs, ({ sessionId }) => sessionId);
  for (const [notebook, folder] of nameFolders(notebooks)) {
    texts.push(...planNotebook(notebook, `notebooks/${folder}`));
    for (const name of ['checkpoints', 'jobs'] as const) {
      const path = `results/${folder}/${notebookFileNames[name]}`;
      texts.push(...planList(path, found[name].get(notebook.id) ?? []));
    }
    for (const session of found.sessions.get(notebook.id) ?? []) {
      const path = `results/${folder}/sessions/${nameRecord(session.id)}`;
      texts.push(planJson(path, { session, jobs: jobsOf.get(session.id) ?? [] }));
    }
  }
  return texts;
}

/** Where the logs of the jobs go; of those that say nothing there is none. */
export function planLogs({ notebooks, jobs }: WorkspaceRecords): PlannedLog[] {
  const found = groupById(jobs);
  return [...nameFolders(notebooks)].flatMap(([{ id }, folder]) =>
    (found.get(id) ?? []).map((job) => ({
      path: `results/${folder}/logs/${nameRecord(job.id)}`,
      jobId: job.id,
    })),
  );
}

/** What is written in cells stands in files of its own; what is no Unicode cannot, and stays in the record. */
function planNotebook(notebook: Notebook, folder: string): PlannedText[] {
  const sources = nameSources(notebook.cells);
  const cells = notebook.cells.map((cell) => {
    const sourceFile = sources.get(cell);
    if (sourceFile === undefined || !('source' in cell)) return cell;
    return { ...cell, source: undefined, sourceFile };
  });
  const texts = [...sources].map(([cell, name]) => ({
    path: `${folder}/${name}`,
    write: () => ['source' in cell ? cell.source : ''],
  }));
  return [planJson(`${folder}/${notebookFileNames.notebook}`, { ...notebook, cells }), ...texts];
}

function planJson(path: string, value: unknown): PlannedText {
  return { path, write: () => [writeStableJson(value)] };
}

function planList(path: string, values: readonly unknown[]): PlannedText[] {
  return values.length === 0 ? [] : [{ path, write: () => writeStableList(values) }];
}

function groupById<Value extends { readonly notebookId: string }>(
  values: readonly Value[],
): Map<string, Value[]> {
  return groupBy(values, ({ notebookId }) => notebookId);
}
