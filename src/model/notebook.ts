import type { ChartCell } from './chart-cell.ts';
import type { DataGeneratorCell } from './data-generator.ts';
import { listDatasetValues, type DatasetCell } from './dataset-cell.ts';
import type { ChosenDataset, Connection, InputHandle } from './handles.ts';
import { CellId, NotebookId, type BlobHash, type WorkspaceId } from './ids.ts';
import type { Imported } from './imported-file.ts';
import type { Lesson, LessonContent } from './lesson.ts';
import type { NoteCell } from './note-cell.ts';
import type { StoredValue } from './preview.ts';
import type { NotebookFile, ScriptletCell } from './scriptlet.ts';
import type { StatementCell } from './statement.ts';
import type { WheelContent } from './wheels/read-wheel.ts';

/** What a person wrote; what its runs did is kept apart, in jobs. */
export type Cell = Processor | DatasetCell | ChartCell | NoteCell;

/** A cell that Python runs. */
export type Processor = DataGeneratorCell | ScriptletCell | StatementCell;

/** A cell that takes inputs. */
export type TakingCell = Extract<Cell, { readonly inputs: unknown }>;

/** A processor that takes inputs. */
export type TakingProcessor = Extract<Processor, TakingCell>;

/** A cell of which a text is written. */
export type WrittenCell = Extract<Cell, { readonly source: unknown }>;

export type CellKind = Cell['kind'];

/** How each kind of cell is called. */
export const cellKindNames: Readonly<Record<CellKind, string>> = {
  'data-generator': 'Data Generator',
  scriptlet: 'Scriptlet',
  statement: 'Statement',
  dataset: 'Dataset',
  chart: 'Chart',
  note: 'Note',
};

/** A wheel that was added to a notebook as a file. */
export interface NotebookWheel extends WheelContent {
  readonly fileName: string;
  readonly byteSize: number;
  readonly blob: BlobHash;
}

/** An ordered list of cells. Times are milliseconds since 1970. */
export interface Notebook extends Imported {
  readonly id: NotebookId;
  readonly workspaceId: WorkspaceId;
  readonly title: string;
  readonly cells: readonly Cell[];
  /** None leads to or from a cell that is not here. */
  readonly connections: readonly Connection[];
  /** Sorted by path, no two of the same. */
  readonly files: readonly NotebookFile[];
  /** The list of packages from the Python Package Index, as typed; `parseRequirements` reads it. */
  readonly requirements: string;
  /** No two of the same package. */
  readonly wheels: readonly NotebookWheel[];
  readonly createdAt: number;
  readonly changedAt: number;
  /** When it was put into the trash; null while it is in use. */
  readonly deletedAt: number | null;
  /** Where it was opened as a lesson. */
  readonly lesson?: Lesson;
}

/** A new notebook with this content, and nothing else in it. */
export function createNotebook(
  workspaceId: WorkspaceId,
  content: Partial<Notebook> & { readonly title: string },
  now: number,
): Notebook {
  return {
    id: NotebookId.create(),
    workspaceId,
    cells: [],
    connections: [],
    files: [],
    requirements: '',
    wheels: [],
    createdAt: now,
    changedAt: now,
    deletedAt: null,
    ...content,
  };
}

export const timeoutLimits = { minimum: 1, maximum: 86_400, standard: 300 } as const;

/** A title that none of `taken` has: the wanted one, else with the next free number behind it. */
export function createFreeTitle(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

export function findCell(notebook: Notebook, cellId: CellId): Cell | undefined {
  return notebook.cells.find((cell) => cell.id === cellId);
}

export function isProcessor(cell: Cell): cell is Processor {
  return 'configuration' in cell;
}

export function takesInputs<Known extends Cell>(cell: Known): cell is Extract<Known, TakingCell> {
  return 'inputs' in cell;
}

export function isWritten(cell: Cell): cell is WrittenCell {
  return 'source' in cell;
}

export function listInputs(cell: Cell): readonly InputHandle[] {
  return takesInputs(cell) ? cell.inputs : [];
}

/** The hashes of all stored values that a notebook's record names. */
export function listNotebookBlobs(notebook: Notebook): BlobHash[] {
  const { lesson } = notebook;
  const kept = lesson ? [lesson.original, ...lesson.values.map(({ blob }) => blob)] : [];
  return [...listContentValues(notebook).map(({ blob }) => blob), ...kept];
}

/** The stored values that the content of a notebook names: wheels and files, then datasets. */
export function listContentValues(notebook: LessonContent): StoredValue[] {
  const named = [...notebook.wheels, ...notebook.files];
  return [...named.map(({ blob, byteSize }) => ({ blob, byteSize })), ...listDatasetsOf(notebook)];
}

/** The hashes of the datasets that inputs were given, and of what the Datasets hold. */
export function listDatasetBlobs(notebook: Pick<Notebook, 'cells'>): BlobHash[] {
  return listDatasetsOf(notebook).map(({ blob }) => blob);
}

function listDatasetsOf(notebook: Pick<Notebook, 'cells'>): StoredValue[] {
  const chosen = listChosenDatasets(notebook).map(({ blob, byteSize }) => ({ blob, byteSize }));
  const held = notebook.cells.flatMap((cell) => (cell.kind === 'dataset' ? listDatasetValues(cell) : []));
  return [...chosen, ...held];
}

/** The datasets that inputs of the cells were given. */
export function listChosenDatasets({ cells }: Pick<Notebook, 'cells'>): ChosenDataset[] {
  const inputs = cells.flatMap(listInputs);
  return inputs.flatMap(({ value }) => (value?.kind === 'dataset' ? [value] : []));
}

/** A copy with ids of its own; the cells keep their order, content and connections. */
export function duplicateNotebook(notebook: Notebook, id: NotebookId, title: string, now: number): Notebook {
  return {
    ...notebook,
    ...renewCellIds(notebook, () => CellId.create()),
    id,
    title,
    createdAt: now,
    changedAt: now,
    deletedAt: null,
  };
}

/** The cells under other ids, and the connections between them. */
export function renewCellIds(
  { cells, connections }: Pick<Notebook, 'cells' | 'connections'>,
  createId: (index: number) => CellId,
): Pick<Notebook, 'cells' | 'connections'> {
  const ids = new Map(cells.map((cell, index) => [cell.id, createId(index)]));
  const copyId = (cellId: CellId): CellId => ids.get(cellId) ?? cellId;
  return {
    cells: cells.map((cell) => ({ ...cell, id: copyId(cell.id) })),
    connections: connections.map(({ from, to }) => ({
      from: { ...from, cellId: copyId(from.cellId) },
      to: { ...to, cellId: copyId(to.cellId) },
    })),
  };
}
