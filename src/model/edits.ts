// Longer than most files: each edit and what takes it back stand beside each other.
import { assertNever } from '../shared/assert-never.ts';
import { addConnections, listTouching } from './connections.ts';
import type { DatasetContent } from './dataset-cell.ts';
import { changeFiles, type FileChange } from './file-edits.ts';
import { connect, disconnect, setHandles, setInputValue } from './handle-edits.ts';
import type { Connection, HandlePlace, InputHandle, InputValue, OutputHandle } from './handles.ts';
import type { BlobHash, CellId } from './ids.ts';
import { insertAt } from './insert-at.ts';
import type { Lesson } from './lesson.ts';
import {
  findCell,
  isWritten,
  type Cell,
  type Notebook,
  type NotebookWheel,
  type Processor,
} from './notebook.ts';
import { normaliseName } from './package-names.ts';

/** A change to a notebook, as data. */
export type Edit =
  | { readonly type: 'rename-notebook'; readonly title: string }
  /** `connections` lead to or from it; those that do not fit in any more are left out. */
  | {
      readonly type: 'add-cell';
      readonly cell: Cell;
      readonly index: number;
      readonly connections: readonly Connection[];
    }
  | { readonly type: 'remove-cell'; readonly cellId: CellId }
  | { readonly type: 'move-cell'; readonly cellId: CellId; readonly toIndex: number }
  | { readonly type: 'rename-cell'; readonly cellId: CellId; readonly title: string }
  | { readonly type: 'set-source'; readonly cellId: CellId; readonly source: string }
  /** Gives a Dataset another file; null takes away the one that it has. */
  | { readonly type: 'set-content'; readonly cellId: CellId; readonly content: DatasetContent | null }
  | { readonly type: 'describe-cell'; readonly cellId: CellId; readonly description: string }
  | ({ readonly type: 'configure-cell'; readonly cellId: CellId } & CellSetup)
  /** Gives a scriptlet other handles; `connections` are all that lead to or from it afterwards. */
  | {
      readonly type: 'set-handles';
      readonly cellId: CellId;
      readonly inputs: readonly InputHandle[];
      readonly outputs: readonly OutputHandle[];
      readonly connections: readonly Connection[];
    }
  | {
      readonly type: 'set-input-value';
      readonly cellId: CellId;
      readonly handle: string;
      readonly value: InputValue | null;
    }
  /** Takes the place of what the input was connected to; one that would close a circle is not made. */
  | { readonly type: 'connect'; readonly connection: Connection }
  | { readonly type: 'disconnect'; readonly to: HandlePlace }
  | { readonly type: 'set-requirements'; readonly requirements: string }
  /** Takes the place of a wheel of the same package. */
  | { readonly type: 'add-wheel'; readonly wheel: NotebookWheel; readonly index: number }
  | { readonly type: 'remove-wheel'; readonly blob: BlobHash }
  /** Files take the place of those of the same path; null removes the one that is there. */
  | { readonly type: 'change-files'; readonly files: readonly FileChange[] }
  /** Puts a cell in the place of the one with its id; `connections` are all that lead to or from it afterwards. */
  | { readonly type: 'replace-cell'; readonly cell: Cell; readonly connections: readonly Connection[] }
  | { readonly type: 'set-lesson'; readonly lesson: Lesson | null }
  /** One after the other, and taken back together; one that would change nothing is passed over. */
  | { readonly type: 'several'; readonly edits: readonly Edit[] };

/** The kind of a processor, and its configuration. */
export type CellSetup = {
  readonly [Kind in Processor['kind']]: {
    readonly kind: Kind;
    readonly configuration: Extract<Processor, { kind: Kind }>['configuration'];
  };
}[Processor['kind']];

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
      return addCell(notebook, edit.cell, edit.index, edit.connections);
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
      return changeCell(notebook, edit.cellId, (cell) =>
        isWritten(cell)
          ? {
              cell: { ...cell, source: edit.source },
              inverse: { ...edit, source: cell.source },
              isChanged: cell.source !== edit.source,
            }
          : null,
      );
    case 'set-content':
      return changeCell(notebook, edit.cellId, (cell) =>
        cell.kind === 'dataset'
          ? {
              cell: { ...cell, content: edit.content },
              inverse: { ...edit, content: cell.content },
              isChanged: cell.content !== edit.content,
            }
          : null,
      );
    case 'describe-cell':
      return changeCell(notebook, edit.cellId, (cell) =>
        cell.kind === 'scriptlet'
          ? {
              cell: { ...cell, description: edit.description },
              inverse: { ...edit, description: cell.description },
              isChanged: cell.description !== edit.description,
            }
          : null,
      );
    case 'configure-cell':
      return changeCell(notebook, edit.cellId, (cell) => configureCell(cell, edit));
    case 'set-handles':
      return setHandles(notebook, edit);
    case 'set-input-value':
      return setInputValue(notebook, edit);
    case 'connect':
      return connect(notebook, edit.connection);
    case 'disconnect':
      return disconnect(notebook, edit.to);
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
    case 'change-files':
      return changeFiles(notebook, edit.files);
    case 'replace-cell':
      return replaceCell(notebook, edit.cell, edit.connections);
    case 'set-lesson': {
      const { lesson, ...rest } = notebook;
      if ((lesson ?? null) === edit.lesson) return null;
      return {
        notebook: edit.lesson ? { ...rest, lesson: edit.lesson } : rest,
        inverse: { ...edit, lesson: lesson ?? null },
      };
    }
    case 'several':
      return applySeveral(notebook, edit.edits);
    default:
      return assertNever(edit);
  }
}

function addCell(
  notebook: Notebook,
  cell: Cell,
  index: number,
  connections: readonly Connection[],
): EditResult | null {
  if (findCell(notebook, cell.id)) return null;
  const cells = insertAt(notebook.cells, cell, index);
  return {
    notebook: { ...notebook, cells, connections: addConnections(cells, notebook.connections, connections) },
    inverse: { type: 'remove-cell', cellId: cell.id },
  };
}

function removeCell(notebook: Notebook, cellId: CellId): EditResult | null {
  const index = notebook.cells.findIndex((cell) => cell.id === cellId);
  const cell = notebook.cells[index];
  if (!cell) return null;
  const connections = listTouching(notebook.connections, cellId);
  return {
    notebook: {
      ...notebook,
      cells: notebook.cells.filter((other) => other.id !== cellId),
      connections: notebook.connections.filter((connection) => !connections.includes(connection)),
    },
    inverse: { type: 'add-cell', cell, index, connections },
  };
}

function replaceCell(notebook: Notebook, cell: Cell, connections: readonly Connection[]): EditResult | null {
  const before = findCell(notebook, cell.id);
  if (!before) return null;
  const touching = listTouching(notebook.connections, cell.id);
  const others = notebook.connections.filter((connection) => !touching.includes(connection));
  const cells = notebook.cells.map((other) => (other === before ? cell : other));
  return {
    notebook: { ...notebook, cells, connections: addConnections(cells, others, connections) },
    inverse: { type: 'replace-cell', cell: before, connections: touching },
  };
}

function applySeveral(notebook: Notebook, edits: readonly Edit[]): EditResult | null {
  let changed = notebook;
  const inverses: Edit[] = [];
  for (const edit of edits) {
    const result = applyEdit(changed, edit);
    if (!result) continue;
    changed = result.notebook;
    inverses.unshift(result.inverse);
  }
  return inverses.length === 0 ? null : { notebook: changed, inverse: { type: 'several', edits: inverses } };
}

/** The edits that an edit is made of, in their order; itself where it is one. */
export function listEdits(edit: Edit): readonly Edit[] {
  return edit.type === 'several' ? edit.edits.flatMap(listEdits) : [edit];
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
  change: (cell: Cell) => { cell: Cell; inverse: Edit; isChanged: boolean } | null,
): EditResult | null {
  const before = findCell(notebook, cellId);
  const changed = before ? change(before) : null;
  if (!changed?.isChanged) return null;
  const { cell, inverse } = changed;
  return {
    notebook: { ...notebook, cells: notebook.cells.map((other) => (other.id === cellId ? cell : other)) },
    inverse,
  };
}

function configureCell(
  cell: Cell,
  edit: { readonly type: 'configure-cell'; readonly cellId: CellId } & CellSetup,
): { cell: Cell; inverse: Edit; isChanged: boolean } | null {
  const { type, cellId } = edit;
  if (edit.kind === 'data-generator' && cell.kind === edit.kind) {
    const { kind, configuration } = cell;
    return {
      cell: { ...cell, configuration: edit.configuration },
      inverse: { type, cellId, kind, configuration },
      isChanged: true,
    };
  }
  if (edit.kind === 'scriptlet' && cell.kind === edit.kind) {
    const { kind, configuration } = cell;
    return {
      cell: { ...cell, configuration: edit.configuration },
      inverse: { type, cellId, kind, configuration },
      isChanged: true,
    };
  }
  if (edit.kind === 'statement' && cell.kind === edit.kind) {
    const { kind, configuration } = cell;
    return {
      cell: { ...cell, configuration: edit.configuration },
      inverse: { type, cellId, kind, configuration },
      isChanged: true,
    };
  }
  return null;
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
