import type { DataGeneratorCell } from './data-generator.ts';
import type { Notebook } from './notebook.ts';

/** For what a cell names a model. */
export type ModelUseReason =
  | { readonly type: 'load'; readonly version: number | null }
  | { readonly type: 'load-group'; readonly group: string }
  | { readonly type: 'save' };

/** A cell that works with a model, or with a group, and where it is. */
export interface CellUse<Reason> {
  readonly notebook: Notebook;
  readonly cell: DataGeneratorCell;
  readonly reasons: readonly Reason[];
}

export type ModelUse = CellUse<ModelUseReason>;
export type GroupUse = CellUse<'load' | 'save'>;

/** The cells that load or save a model of this name, or a group among these, in the order of notebooks and cells. */
export function listModelUses(
  notebooks: readonly Notebook[],
  name: string,
  groups: readonly string[],
): ModelUse[] {
  return listUses(notebooks, ({ configuration: { models } }) => [
    ...models.load
      .filter((row) => row.name === name)
      .map(({ version }): ModelUseReason => ({ type: 'load', version })),
    ...models.loadGroups
      .filter((group) => groups.includes(group))
      .map((group): ModelUseReason => ({ type: 'load-group', group })),
    ...(models.save.some((row) => row.name === name) ||
    models.saveGroups.some((row) => row.models.includes(name))
      ? [{ type: 'save' } as const]
      : []),
  ]);
}

/** The cells that load or save a group of this name. */
export function listGroupUses(notebooks: readonly Notebook[], name: string): GroupUse[] {
  return listUses(notebooks, ({ configuration: { models } }) => [
    ...(models.loadGroups.includes(name) ? (['load'] as const) : []),
    ...(models.saveGroups.some((row) => row.name === name) ? (['save'] as const) : []),
  ]);
}

/** The cells of both, each once, with the reasons that it has in either. */
export function mergeUses(uses: readonly ModelUse[], others: readonly ModelUse[]): ModelUse[] {
  const merged = new Map(uses.map((use) => [use.cell.id, use]));
  for (const use of others) {
    const reasons = [...(merged.get(use.cell.id)?.reasons ?? []), ...use.reasons];
    merged.set(use.cell.id, { ...use, reasons });
  }
  return [...merged.values()];
}

/** Those of the cells that load one version by its number. */
export function filterByVersion(uses: readonly ModelUse[], number: number): ModelUse[] {
  return uses.filter(({ reasons }) =>
    reasons.some((reason) => reason.type === 'load' && reason.version === number),
  );
}

/** More cells than this are counted, not named. */
const mostNamed = 4;

/** Cells by title and notebook: "“Train” in “Lesson” and “Test” in “Lesson”"; of many, how many more there are. */
export function nameCells(uses: readonly Pick<ModelUse, 'notebook' | 'cell'>[]): string {
  const names = uses.map(({ notebook, cell }) => {
    const where = notebook.deletedAt === null ? '' : ', which is in the trash';
    return `“${cell.title}” in “${notebook.title}”${where}`;
  });
  const listed = names.length > mostNamed ? names.slice(0, mostNamed - 1) : names.slice(0, -1);
  const last =
    names.length > mostNamed ? `${names.length - listed.length} more cells` : names.slice(-1).join('');
  return listed.length === 0 ? last : `${listed.join(', ')} and ${last}`;
}

function listUses<Reason>(
  notebooks: readonly Notebook[],
  listReasons: (cell: DataGeneratorCell) => Reason[],
): CellUse<Reason>[] {
  return notebooks.flatMap((notebook) =>
    notebook.cells.flatMap((cell) => {
      const reasons = cell.kind === 'data-generator' ? listReasons(cell) : [];
      return cell.kind === 'data-generator' && reasons.length > 0 ? [{ notebook, cell, reasons }] : [];
    }),
  );
}
