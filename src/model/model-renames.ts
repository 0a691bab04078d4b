import type { Edit } from './edits.ts';
import type { MadeModel } from './job-models.ts';
import { findGroup, findModel, type KnownModels } from './known-models.ts';
import type { ModelConfiguration } from './model-configuration.ts';
import type { Cell, Notebook } from './notebook.ts';

/** A model or a group that got another name: what names it in notebooks follows. */
export interface ModelRename {
  readonly what: 'model' | 'group';
  readonly from: string;
  readonly to: string;
}

/** The notebook with the new names; null where it has none of the old ones. */
export function renameInNotebook(notebook: Notebook, renames: readonly ModelRename[]): Notebook | null {
  return followInNotebook(notebook, followRenames(renames));
}

/** As `renameInNotebook`, by what names are followed by. */
export function followInNotebook(notebook: Notebook, follow: FollowName): Notebook | null {
  const cells = notebook.cells.map((cell) => followInCell(cell, follow));
  return cells.some((cell, index) => cell !== notebook.cells[index]) ? { ...notebook, cells } : null;
}

/** The cell with the new names; the same object where it has none of the old ones. */
export function renameInCell(cell: Cell, renames: readonly ModelRename[]): Cell {
  return followInCell(cell, followRenames(renames));
}

function followInCell(cell: Cell, follow: FollowName): Cell {
  if (cell.kind !== 'data-generator') return cell;
  const models = renameModels(cell.configuration.models, follow);
  if (models === cell.configuration.models) return cell;
  return { ...cell, configuration: { ...cell.configuration, models } };
}

/** An edit that was made before, so that it brings no old name back; the same object where it has none. */
export function renameInEdit(edit: Edit, renames: readonly ModelRename[]): Edit {
  if (edit.type === 'several') {
    const edits = edit.edits.map((each) => renameInEdit(each, renames));
    return edits.some((each, index) => each !== edit.edits[index]) ? { ...edit, edits } : edit;
  }
  if (edit.type === 'add-cell' || edit.type === 'replace-cell') {
    const cell = renameInCell(edit.cell, renames);
    return cell === edit.cell ? edit : { ...edit, cell };
  }
  if (edit.type !== 'configure-cell' || edit.kind !== 'data-generator') return edit;
  const models = renameModels(edit.configuration.models, followRenames(renames));
  if (models === edit.configuration.models) return edit;
  return { ...edit, configuration: { ...edit.configuration, models } };
}

/** Gives what is called by a name now; what is not known to have another name keeps it. */
export type FollowName = (what: ModelRename['what'], name: string) => string;

/** Follows names through these renames, one after the other. */
export function followRenames(renames: readonly ModelRename[]): FollowName {
  return (what, name) =>
    renames.reduce((now, rename) => (rename.what === what && rename.from === now ? rename.to : now), name);
}

/**
 * Gives what a model or a group that was there `before` is called `now`, by its id, whoever renamed it; `otherwise` tells of
 * one that was not there, or is gone.
 */
export function followIds(before: KnownModels, now: KnownModels, otherwise: FollowName): FollowName {
  const models = new Map(now.models.map(({ id, name }) => [id, name]));
  const groups = new Map(now.groups.map(({ id, name }) => [id, name]));
  return (what, name) => {
    const model = what === 'model' ? findModel(before, name) : undefined;
    const group = what === 'group' ? findGroup(before, name) : undefined;
    const followed = (model && models.get(model.id)) ?? (group && groups.get(group.id));
    return followed ?? otherwise(what, name);
  };
}

/** What a script has added, by names that its models and groups had when it began. */
export function renameMade<Made extends Pick<MadeModel, 'name' | 'groups'>>(
  made: Made,
  follow: FollowName,
): Made {
  return {
    ...made,
    name: follow('model', made.name),
    groups: made.groups.map((name) => follow('group', name)),
  };
}

/** The configuration with the new names; the same object where it has none of the old ones. */
export function renameModels(models: ModelConfiguration, follow: FollowName): ModelConfiguration {
  const { load, loadGroups, save, saveGroups } = models;
  const rename = (name: string): string => follow('model', name);
  const renameGroup = (name: string): string => follow('group', name);
  const isNew = (name: string): boolean => rename(name) !== name;
  const hasNew =
    [...load, ...save].some((row) => isNew(row.name)) ||
    [...loadGroups, ...saveGroups.map(({ name }) => name)].some((name) => renameGroup(name) !== name) ||
    saveGroups.some((group) => group.models.some(isNew));
  if (!hasNew) return models;
  return {
    load: load.map((row) => ({ ...row, name: rename(row.name) })),
    loadGroups: loadGroups.map(renameGroup),
    save: save.map((row) => ({ ...row, name: rename(row.name) })),
    saveGroups: saveGroups.map((group) => ({
      name: renameGroup(group.name),
      models: group.models.map(rename),
    })),
  };
}
