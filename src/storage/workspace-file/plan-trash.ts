import type { WorkspaceId } from '../../model/ids.ts';
import type { FollowName } from '../../model/model-renames.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { TrainedModel } from '../../model/trained-model.ts';
import { IdRenaming } from './IdRenaming.ts';
import { renameModel, renameNotebook, type Renaming } from './rename-records.ts';
import type { HereRecords } from './stored-state.ts';

/** A record that goes to the trash, and the id that it had: another than it has there, where something of the file gets that. */
export interface Trashed<Known extends { readonly id: string }> {
  readonly formerId: Known['id'];
  readonly record: Known;
}

/** What goes to the trash, with the results of notebooks and the versions of models. */
export interface TrashPlan {
  readonly notebooks: readonly Trashed<Notebook>[];
  readonly models: readonly Trashed<TrainedModel>[];
  /** How ids and names change in what belongs to those that get other ids. */
  readonly renaming: Renaming;
}

/** The ids of what gets others in the trash. */
export interface MovedIds {
  readonly notebooks: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
}

export interface TrashOrder {
  readonly notebooks: readonly Notebook[];
  readonly models: readonly TrainedModel[];
  readonly moved: MovedIds;
  readonly workspaceId: WorkspaceId;
  /** Of models and groups that get other names. */
  readonly follow: FollowName;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Decides how what an import takes the place of lies in the trash; what is in it already stays as long as it would have. */
export function planTrash({ notebooks, models, moved, workspaceId, follow, now }: TrashOrder): TrashPlan {
  const ids = new IdRenaming({});
  // What belongs to a notebook gets other ids with it.
  for (const id of moved.notebooks) ids.setFresh('notebook', id);
  for (const id of moved.models) ids.setFresh('model', id);
  const renaming: Renaming = { ids, workspaceId, follow };
  const trash = <Known extends Notebook | TrainedModel>(
    records: readonly Known[],
    movedIds: ReadonlySet<string>,
    rename: (record: Known) => Known,
  ): Trashed<Known>[] =>
    records
      .filter(({ id, deletedAt }) => movedIds.has(id) || deletedAt === null)
      .map((record) => ({
        formerId: record.id,
        record: {
          ...(movedIds.has(record.id) ? rename(record) : record),
          deletedAt: record.deletedAt ?? now,
        },
      }));
  return {
    notebooks: trash(notebooks, moved.notebooks, (notebook) => renameNotebook(notebook, renaming)),
    models: trash(models, moved.models, (model) => renameModel(model, renaming)),
    renaming,
  };
}

/** Whether nobody has made anything in a notebook: nothing of it could be missed. */
export function isUntouched(
  { id, cells, files, wheels, requirements, lesson, deletedAt }: Notebook,
  { results }: Pick<HereRecords, 'results'>,
): boolean {
  const hasResults = results.some(
    ({ notebookId, jobIds, sessionIds }) => notebookId === id && jobIds.length + sessionIds.length > 0,
  );
  const isEmpty = cells.length + files.length + wheels.length === 0 && requirements === '';
  return isEmpty && !hasResults && !lesson && deletedAt === null;
}
