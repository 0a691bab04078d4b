import type { Job } from '../model/job.ts';
import type { MadeModel } from '../model/job-models.ts';
import { renameMade, renameModels, type ModelRename } from '../model/model-renames.ts';
import type { Cell, Notebook } from '../model/notebook.ts';
import type { Profile } from '../model/profile.ts';
import { saveModels } from '../model/save-models.ts';
import type { VersionSource } from '../model/trained-model.ts';
import type { JobWithLog } from '../storage/Storage.ts';

/** The job that saves models, and what it was run for. */
export interface SavingJob {
  readonly job: Job;
  readonly cell: Cell;
  readonly notebook: Notebook;
  /** As whom it ran. */
  readonly profile: Profile;
}

/**
 * How what a job has added is saved with it; null where it added nothing. Models that got another name while it ran are saved
 * under that: `listRenames` gives those.
 */
export function createSaving(
  made: readonly MadeModel[],
  { job, cell, notebook, profile }: SavingJob,
  listRenames: () => readonly ModelRename[],
): JobWithLog['saveModels'] | null {
  const { sessionId } = job;
  const { workspaceId, id: notebookId, title: notebookTitle } = notebook;
  if (made.length === 0 || cell.kind !== 'data-generator' || sessionId === null) return null;
  const saving = {
    workspaceId,
    notebookId,
    notebookTitle,
    cellId: cell.id,
    cellTitle: cell.title,
    sessionId,
    jobId: job.id,
    at: job.finishedAt,
    configuration: cell.configuration.models,
    sources: listSources(job),
    profile: { id: profile.id, username: profile.username },
  };
  return (known) => {
    const renames = listRenames();
    const configuration = renameModels(saving.configuration, renames);
    return saveModels(
      made.map((each) => renameMade(each, renames)),
      { ...saving, configuration },
      known,
    );
  };
}

/** The models that it was given, and the files of its notebook that it imported or opened. */
function listSources({ loadedModels, modules, openedFiles }: Job): VersionSource[] {
  const paths = [...modules, ...openedFiles.filter(({ blob }) => blob !== null)].map(({ path }) => path);
  return [
    ...loadedModels.map((loaded) => ({ kind: 'model', ...loaded }) as const),
    ...paths.sort().map((path) => ({ kind: 'file', path }) as const),
  ];
}
