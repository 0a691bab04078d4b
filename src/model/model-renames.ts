import type { Edit } from './edits.ts';
import type { MadeModel } from './job-models.ts';
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
  const cells = notebook.cells.map((cell) => renameInCell(cell, renames));
  return cells.some((cell, index) => cell !== notebook.cells[index]) ? { ...notebook, cells } : null;
}

/** The cell with the new names; the same object where it has none of the old ones. */
export function renameInCell(cell: Cell, renames: readonly ModelRename[]): Cell {
  if (cell.kind !== 'data-generator') return cell;
  const models = renameModels(cell.configuration.models, renames);
  if (models === cell.configuration.models) return cell;
  return { ...cell, configuration: { ...cell.configuration, models } };
}

/** An edit that was made before, so that it brings no old name back; the same object where it has none. */
export function renameInEdit(edit: Edit, renames: readonly ModelRename[]): Edit {
  if (edit.type === 'add-cell') {
    const cell = renameInCell(edit.cell, renames);
    return cell === edit.cell ? edit : { ...edit, cell };
  }
  if (edit.type !== 'configure-cell' || edit.kind !== 'data-generator') return edit;
  const models = renameModels(edit.configuration.models, renames);
  if (models === edit.configuration.models) return edit;
  return { ...edit, configuration: { ...edit.configuration, models } };
}

/** What a script has added, by names that its models and groups had when it began. */
export function renameMade<Made extends Pick<MadeModel, 'name' | 'groups'>>(
  made: Made,
  renames: readonly ModelRename[],
): Made {
  return renames.reduce(
    (changed, { what, from, to }) => ({
      ...changed,
      ...(what === 'model'
        ? { name: changed.name === from ? to : changed.name }
        : { groups: changed.groups.map((name) => (name === from ? to : name)) }),
    }),
    made,
  );
}

/** The configuration with the new names; the same object where it has none of the old ones. */
export function renameModels(
  models: ModelConfiguration,
  renames: readonly ModelRename[],
): ModelConfiguration {
  return renames.reduce(
    (changed, rename) => (isNamed(changed, rename) ? renameIn(changed, rename) : changed),
    models,
  );
}

function isNamed(models: ModelConfiguration, { what, from }: ModelRename): boolean {
  if (what === 'group') {
    return models.loadGroups.includes(from) || models.saveGroups.some(({ name }) => name === from);
  }
  return (
    [...models.load, ...models.save].some(({ name }) => name === from) ||
    models.saveGroups.some((group) => group.models.includes(from))
  );
}

function renameIn(models: ModelConfiguration, { what, from, to }: ModelRename): ModelConfiguration {
  const rename = (name: string): string => (name === from ? to : name);
  if (what === 'group') {
    return {
      ...models,
      loadGroups: models.loadGroups.map(rename),
      saveGroups: models.saveGroups.map((group) => ({ ...group, name: rename(group.name) })),
    };
  }
  return {
    ...models,
    load: models.load.map((row) => ({ ...row, name: rename(row.name) })),
    save: models.save.map((row) => ({ ...row, name: rename(row.name) })),
    saveGroups: models.saveGroups.map((group) => ({ ...group, models: group.models.map(rename) })),
  };
}
