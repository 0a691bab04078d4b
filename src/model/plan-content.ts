import { isSameCell, isSameConnection, listFeeding } from './compare-contents.ts';
import { listTouching } from './connections.ts';
import { applyEdit, type Edit } from './edits.ts';
import type { CellId } from './ids.ts';
import { insertAt } from './insert-at.ts';
import type { LessonContent } from './lesson.ts';
import type { Notebook } from './notebook.ts';

/**
 * The one edit that gives a notebook an aligned content; null where it has it. Cells that are the same are not touched, so
 * that their results stay.
 */
export function planContent(notebook: Notebook, wanted: LessonContent): Edit | null {
  const plan = new Plan(notebook);
  const wantedIds = new Set(wanted.cells.map(({ id }) => id));
  for (const connection of notebook.connections) {
    if (!wanted.connections.some((other) => isSameConnection(connection, other))) {
      plan.add({ type: 'disconnect', to: connection.to });
    }
  }
  for (const { id } of notebook.cells) if (!wantedIds.has(id)) plan.add({ type: 'remove-cell', cellId: id });
  for (const [index, cell] of wanted.cells.entries()) {
    const there = plan.notebook.cells.find(({ id }) => id === cell.id);
    if (!there) plan.add({ type: 'add-cell', cell, index, connections: [] });
    else if (!isSameCell(there, cell)) {
      const connections = listTouching(plan.notebook.connections, cell.id);
      plan.add({ type: 'replace-cell', cell, connections });
    }
  }
  for (const [toIndex, { id }] of wanted.cells.entries()) {
    if (plan.notebook.cells[toIndex]?.id !== id) plan.add({ type: 'move-cell', cellId: id, toIndex });
  }
  for (const connection of wanted.connections) plan.add({ type: 'connect', connection });
  const paths = new Set(wanted.files.map(({ path }) => path));
  plan.add({
    type: 'change-files',
    files: [
      ...notebook.files.filter(({ path }) => !paths.has(path)).map(({ path }) => ({ path, file: null })),
      ...wanted.files.map((file) => ({ path: file.path, file })),
    ],
  });
  plan.add({ type: 'set-requirements', requirements: wanted.requirements });
  const wheels = new Set(wanted.wheels.map(({ blob }) => blob));
  for (const { blob } of notebook.wheels) if (!wheels.has(blob)) plan.add({ type: 'remove-wheel', blob });
  for (const [index, wheel] of wanted.wheels.entries()) plan.add({ type: 'add-wheel', wheel, index });
  return plan.edit;
}

/** The content as it stands, with one cell as it is in another one, and what that cell takes. */
export function takeCell(content: LessonContent, wanted: LessonContent, cellId: CellId): LessonContent {
  const place = wanted.cells.findIndex(({ id }) => id === cellId);
  const cell = wanted.cells[place];
  const others = content.connections.filter(({ to }) => to.cellId !== cellId);
  if (!cell)
    return { ...content, cells: content.cells.filter(({ id }) => id !== cellId), connections: others };
  const isThere = content.cells.some(({ id }) => id === cellId);
  const before = new Set(wanted.cells.slice(0, place).map(({ id }) => id));
  const cells = isThere
    ? content.cells.map((other) => (other.id === cellId ? cell : other))
    : insertAt(content.cells, cell, content.cells.findLastIndex(({ id }) => before.has(id)) + 1);
  const ids = new Set(cells.map(({ id }) => id));
  const feeding = listFeeding(wanted, cellId).filter(({ from }) => ids.has(from.cellId));
  // What took from a cell that is brought back takes from it again, where it takes from nothing else meanwhile.
  const taking = wanted.connections.filter(
    ({ from, to }) =>
      !isThere &&
      from.cellId === cellId &&
      ids.has(to.cellId) &&
      !others.some((other) => other.to.cellId === to.cellId && other.to.handle === to.handle),
  );
  return { ...content, cells, connections: [...others, ...feeding, ...taking] };
}

/** Edits that are made one after the other; those that change nothing are left out. */
class Plan {
  notebook: Notebook;
  readonly #edits: Edit[] = [];

  constructor(notebook: Notebook) {
    this.notebook = notebook;
  }

  get edit(): Edit | null {
    return this.#edits.length === 0 ? null : { type: 'several', edits: this.#edits };
  }

  add(edit: Edit): void {
    const result = applyEdit(this.notebook, edit);
    if (!result) return;
    this.notebook = result.notebook;
    this.#edits.push(edit);
  }
}
