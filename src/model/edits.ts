import { assertNever } from '../shared/assert-never.ts';
import type { BlobHash, CellId } from './ids.ts';
import {
  findCell,
  type Cell,
  type DataGeneratorConfiguration,
  type Notebook,
  type NotebookWheel,
} from './notebook.ts';
import { normaliseName } from './package-names.ts';

/** A change to a notebook, as data. */
export type Edit =
  | { readonly type: 'rename-notebook'; readonly title: string }
  | { readonly type: 'add-cell'; readonly cell: Cell; readonly index: number }
  | { readonly type: 'remove-cell'; readonly cellId: CellId }
  | { readonly type: 'move-cell'; readonly cellId: CellId; readonly toIndex: number }
  | { readonly type: 'rename-cell'; readonly cellId: CellId; readonly title: string }
  | { readonly type: 'set-source'; readonly cellId: CellId; readonly source: string }
  | {
      readonly type: 'configure-cell';
      readonly cellId: CellId;
      readonly configuration: DataGeneratorConfiguration;
    }
  | { readonly type: 'set-requirements'; readonly requirements: string }
  /** Takes the place of a wheel of the same package. */
  | { readonly type: 'add-wheel'; readonly wheel: NotebookWheel; readonly index: number }
  | { readonly type: 'remove-wheel'; readonly blob: BlobHash };

export interface EditResult {
  readonly notebook: Notebook;
  /** The edit that takes this one back. */
  readonly inverse: Edit;
}

/**
 * Applies an edit; null when it would change nothing, as an edit of a cell that is gone.
 * Positions outside the list are moved to its nearest end.
 */
export function applyEdit(notebook: Notebook, edit: Edit): EditResult | null {
  switch (edit.type) {
    case 'rename-notebook':
      if (edit.title === notebook.title) return null;
      return {
        notebook: { ...notebook, title: edit.title },
        inverse: { type: 'rename-notebook', title: notebook.title },
      };
    case 'add-cell':
      if (findCell(notebook, edit.cell.id)) return null;
      return {
        notebook: { ...notebook, cells: insertAt(notebook.cells, edit.cell, edit.index) },
        inverse: { type: 'remove-cell', cellId: edit.cell.id },
      };
    case 'remove-cell':
      return removeCell(notebook, edit.cellId);
    case 'move-cell':
      return moveCell(notebook, edit.cellId, edit.toIndex);
    case 'rename-cell':
      return changeCell(notebook, edit.cellId, (cell) => ({
        cell: { ...cell, title: edit.title },
        inverse: { ...edit, title: cell.title },
        isChanged: cell.title !== edit.title,
      }));
    case 'set-source':
      return changeCell(notebook, edit.cellId, (cell) => ({
        cell: { ...cell, source: edit.source },
        inverse: { ...edit, source: cell.source },
        isChanged: cell.source !== edit.source,
      }));
    case 'configure-cell':
      return changeCell(notebook, edit.cellId, (cell) => ({
        cell: { ...cell, configuration: edit.configuration },
        inverse: { ...edit, configuration: cell.configuration },
        isChanged: true,
      }));
    case 'set-requirements':
      if (edit.requirements === notebook.requirements) return null;
      return {
        notebook: { ...notebook, requirements: edit.requirements },
        inverse: { type: 'set-requirements', requirements: notebook.requirements },
      };
    case 'add-wheel':
      return addWheel(notebook, edit.wheel, edit.index);
    case 'remove-wheel':
      return removeWheel(notebook, edit.blob);
    default:
      return assertNever(edit);
  }
}

function removeCell(notebook: Notebook, cellId: CellId): EditResult | null {
  const index = notebook.cells.findIndex((cell) => cell.id === cellId);
  const cell = notebook.cells[index];
  if (!cell) return null;
  return {
    notebook: { ...notebook, cells: notebook.cells.filter((other) => other.id !== cellId) },
    inverse: { type: 'add-cell', cell, index },
  };
}

function moveCell(notebook: Notebook, cellId: CellId, toIndex: number): EditResult | null {
  const fromIndex = notebook.cells.findIndex((cell) => cell.id === cellId);
  const cell = notebook.cells[fromIndex];
  if (!cell) return null;
  const others = notebook.cells.filter((other) => other.id !== cellId);
  const cells = insertAt(others, cell, toIndex);
  if (cells.indexOf(cell) === fromIndex) return null;
  return { notebook: { ...notebook, cells }, inverse: { type: 'move-cell', cellId, toIndex: fromIndex } };
}

function changeCell(
  notebook: Notebook,
  cellId: CellId,
  change: (cell: Cell) => { cell: Cell; inverse: Edit; isChanged: boolean },
): EditResult | null {
  const before = findCell(notebook, cellId);
  if (!before) return null;
  const { cell, inverse, isChanged } = change(before);
  if (!isChanged) return null;
  return {
    notebook: { ...notebook, cells: notebook.cells.map((other) => (other.id === cellId ? cell : other)) },
    inverse,
  };
}

function addWheel(notebook: Notebook, wheel: NotebookWheel, index: number): EditResult | null {
  const { wheels } = notebook;
  if (wheels.some(({ blob }) => blob === wheel.blob)) return null;
  const isSame = ({ name }: NotebookWheel): boolean => normaliseName(name) === normaliseName(wheel.name);
  const replacedIndex = wheels.findIndex(isSame);
  const replaced = wheels[replacedIndex];
  if (!replaced) {
    return {
      notebook: { ...notebook, wheels: insertAt(wheels, wheel, index) },
      inverse: { type: 'remove-wheel', blob: wheel.blob },
    };
  }
  return {
    notebook: { ...notebook, wheels: wheels.map((other) => (other === replaced ? wheel : other)) },
    inverse: { type: 'add-wheel', wheel: replaced, index: replacedIndex },
  };
}

function removeWheel(notebook: Notebook, blob: BlobHash): EditResult | null {
  const index = notebook.wheels.findIndex((wheel) => wheel.blob === blob);
  const wheel = notebook.wheels[index];
  if (!wheel) return null;
  return {
    notebook: { ...notebook, wheels: notebook.wheels.filter((other) => other !== wheel) },
    inverse: { type: 'add-wheel', wheel, index },
  };
}

function insertAt<Item>(items: readonly Item[], item: Item, index: number): Item[] {
  const position = Math.max(0, Math.min(index, items.length));
  return [...items.slice(0, position), item, ...items.slice(position)];
}
