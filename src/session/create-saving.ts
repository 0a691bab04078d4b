import type { Job } from '../model/job.ts';
import type { MadeModel } from '../model/job-models.ts';
import type { KnownModels } from '../model/known-models.ts';
import {
  followIds,
  followRenames,
  renameMade,
  renameModels,
  type ModelRename,
} from '../model/model-renames.ts';
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

/** By which models and groups that got another name while a job ran are told. */
export interface NamesBefore {
  /** Those that were there when it began. */
  readonly known: KnownModels;
  /** Gives the renames that this tab has heard of since. */
  readonly listRenames: () => readonly ModelRename[];
}

/**
 * How what a job has added is saved with it; null where it added nothing. What got another name while it ran is saved under
 * that, be it in a tab that this one has not heard of yet: a model that was there then is told by its id.
 */
export function createSaving(
  made: readonly MadeModel[],
  { job, cell, notebook, profile }: SavingJob,
  before: NamesBefore,
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
    const follow = followIds(before.known, known, followRenames(before.listRenames()));
    const configuration = renameModels(saving.configuration, follow);
    return saveModels(
      made.map((each) => renameMade(each, follow)),
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
