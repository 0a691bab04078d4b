import { isDeepEqual } from '../shared/is-deep-equal.ts';
import { isSamePlace } from './connections.ts';
import type { Connection } from './handles.ts';
import { CellId } from './ids.ts';
import type { LessonContent } from './lesson.ts';
import type { Cell } from './notebook.ts';

/** What became of a cell between two contents of a notebook. */
export interface ComparedLessonCell {
  readonly cellId: CellId;
  /** Null where it was added. */
  readonly before: Cell | null;
  /** Null where it was removed. */
  readonly after: Cell | null;
  /** It stands elsewhere among those that both have. */
  readonly isMoved: boolean;
  readonly isSame: boolean;
}

/**
 * A content whose cells have the ids that they have in another one: cells are told to be the same by their ids, where there
 * are such, else by kind and title, else by kind and what stands in them. Those that the other does not have get new ids.
 */
export function alignContent(content: LessonContent, other: LessonContent): LessonContent {
  const ids = matchCells(content.cells, other.cells);
  const idOf = (id: CellId): CellId => ids.get(id) ?? id;
  return {
    ...content,
    cells: content.cells.map((cell) => ({ ...cell, id: idOf(cell.id) })),
    connections: content.connections.map(({ from, to }) => ({
      from: { ...from, cellId: idOf(from.cellId) },
      to: { ...to, cellId: idOf(to.cellId) },
    })),
  };
}

function matchCells(cells: readonly Cell[], others: readonly Cell[]): Map<CellId, CellId> {
  const ids = new Map<CellId, CellId>();
  const free = new Set(others);
  const match = (isSame: (cell: Cell, other: Cell) => boolean): void => {
    for (const cell of cells) {
      if (ids.has(cell.id)) continue;
      const found = [...free].find((other) => other.kind === cell.kind && isSame(cell, other));
      if (!found) continue;
      ids.set(cell.id, found.id);
      free.delete(found);
    }
  };
  match((cell, other) => cell.id === other.id);
  match((cell, other) => cell.title === other.title);
  match((cell, other) => isSameCell({ ...cell, title: other.title }, other));
  for (const { id } of cells) if (!ids.has(id)) ids.set(id, CellId.create());
  return ids;
}

/** Whether two cells say the same, whatever their ids, and whenever a file was brought in. */
export function isSameCell(one: Cell, other: Cell): boolean {
  return one === other || isDeepEqual(forgetOrigin(one), forgetOrigin(other));
}

function forgetOrigin(cell: Cell): object {
  const content = cell.kind === 'dataset' && cell.content ? { ...cell.content, importedAt: 0 } : null;
  return { ...cell, id: null, ...(content && { content }) };
}

/** Compares two aligned contents cell by cell, in the order of the later one; those that were removed follow what they followed. */
export function compareCells(before: LessonContent, after: LessonContent): ComparedLessonCell[] {
  const earlier = new Map(before.cells.map((cell) => [cell.id, cell]));
  const later = new Set(after.cells.map(({ id }) => id));
  const kept = listInOrder(
    before.cells.map(({ id }) => id).filter((id) => later.has(id)),
    after.cells.map(({ id }) => id),
  );
  const compared = after.cells.map((cell): ComparedLessonCell => {
    const old = earlier.get(cell.id) ?? null;
    const isSame =
      old !== null &&
      isSameCell(old, cell) &&
      isSameConnections(listFeeding(before, cell.id), listFeeding(after, cell.id));
    return { cellId: cell.id, before: old, after: cell, isMoved: old !== null && !kept.has(cell.id), isSame };
  });
  for (const [index, cell] of before.cells.entries()) {
    if (later.has(cell.id)) continue;
    const previous = before.cells[index - 1]?.id;
    const place = compared.findIndex(({ cellId }) => cellId === previous) + 1;
    compared.splice(place, 0, { cellId: cell.id, before: cell, after: null, isMoved: false, isSame: false });
  }
  return compared;
}

/** Whether a person has changed nothing between two aligned contents. */
export function isSameContent(before: LessonContent, after: LessonContent): boolean {
  return (
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => {
      const other = after.cells[index];
      return other?.id === cell.id && isSameCell(cell, other);
    }) &&
    isSameConnections(before.connections, after.connections) &&
    isSameBesides(before, after)
  );
}

/** Whether all is the same that does not belong to one cell. */
export function isSameBesides(before: LessonContent, after: LessonContent): boolean {
  const [one, other] = [before, after].map(({ requirements, files, wheels }) => ({
    requirements,
    files: files.map(({ path, blob }) => `${blob} ${path}`),
    wheels: wheels.map(({ blob }) => blob).sort(),
  }));
  return isDeepEqual(one, other);
}

/** The connections that lead to a cell. */
export function listFeeding({ connections }: LessonContent, cellId: CellId): Connection[] {
  return connections.filter(({ to }) => to.cellId === cellId);
}

export function isSameConnection(one: Connection, other: Connection): boolean {
  return isSamePlace(one.from, other.from) && isSamePlace(one.to, other.to);
}

function isSameConnections(before: readonly Connection[], after: readonly Connection[]): boolean {
  return (
    before.length === after.length &&
    before.every((one) => after.some((other) => isSameConnection(one, other)))
  );
}

/** The most of them that come in the same order in both lists. */
function listInOrder(before: readonly CellId[], after: readonly CellId[]): ReadonlySet<CellId> {
  const places = new Map(after.map((id, index) => [id, index]));
  /** Of each, the longest run that ends with it. */
  const runs: (readonly CellId[])[] = [];
  for (const [index, id] of before.entries()) {
    let longest: readonly CellId[] = [];
    for (let other = 0; other < index; other += 1) {
      const run = runs[other] ?? [];
      const end = before[other];
      const isBefore = end !== undefined && (places.get(end) ?? 0) < (places.get(id) ?? 0);
      if (isBefore && run.length > longest.length) longest = run;
    }
    runs.push([...longest, id]);
  }
  return new Set(runs.reduce((longest, run) => (run.length > longest.length ? run : longest), []));
}
