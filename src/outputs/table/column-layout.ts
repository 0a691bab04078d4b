/** Which columns of a table are shown, in which order, and how wide. Columns are named by their place in the table. */
export interface ColumnLayout {
  /** All columns, those that are hidden among them. */
  readonly order: readonly number[];
  readonly hidden: ReadonlySet<number>;
  /** Those that stay at the left while the others are scrolled. */
  readonly pinned: ReadonlySet<number>;
  /** Of those that were given one, in CSS pixels. */
  readonly widths: ReadonlyMap<number, number>;
}

/** The narrowest and the widest that a column can be made, in CSS pixels. */
export const narrowestColumn = 48;
export const widestColumn = 1200;

export function createLayout(columnCount: number): ColumnLayout {
  return {
    order: Array.from({ length: columnCount }, (_, column) => column),
    hidden: new Set(),
    pinned: new Set(),
    widths: new Map(),
  };
}

/** The columns that are shown, from the left: those that are pinned first. */
export function shownColumns({ order, hidden, pinned }: ColumnLayout): number[] {
  const shown = order.filter((column) => !hidden.has(column));
  return [...shown.filter((column) => pinned.has(column)), ...shown.filter((column) => !pinned.has(column))];
}

/** Moves a column by one place, among the shown ones beside which it stands; as it was, where there is none. */
export function moveColumn(layout: ColumnLayout, column: number, by: -1 | 1): ColumnLayout {
  const shown = shownColumns(layout);
  const neighbour = shown[shown.indexOf(column) + by];
  if (neighbour === undefined || layout.pinned.has(neighbour) !== layout.pinned.has(column)) return layout;
  return placeColumn(layout, column, neighbour, by === 1);
}

/** Puts a column before another one, or behind it; it is pinned or not as that is. */
export function placeColumn(
  layout: ColumnLayout,
  column: number,
  target: number,
  isBehind: boolean,
): ColumnLayout {
  if (column === target) return layout;
  const order = layout.order.filter((each) => each !== column);
  order.splice(order.indexOf(target) + (isBehind ? 1 : 0), 0, column);
  return { ...layout, order, pinned: withMember(layout.pinned, column, layout.pinned.has(target)) };
}

/** Hides columns or shows them again; the last one that is shown stays. */
export function setHidden(layout: ColumnLayout, columns: readonly number[], isHidden: boolean): ColumnLayout {
  const hidden = new Set(layout.hidden);
  for (const column of columns) {
    if (isHidden) hidden.add(column);
    else hidden.delete(column);
  }
  return hidden.size >= layout.order.length ? layout : { ...layout, hidden };
}

export function setPinned(layout: ColumnLayout, column: number, isPinned: boolean): ColumnLayout {
  return { ...layout, pinned: withMember(layout.pinned, column, isPinned) };
}

/** Null for the width that follows from its values. */
export function setWidth(layout: ColumnLayout, column: number, width: number | null): ColumnLayout {
  const widths = new Map(layout.widths);
  if (width === null) widths.delete(column);
  else widths.set(column, Math.round(Math.max(narrowestColumn, Math.min(widestColumn, width))));
  return { ...layout, widths };
}

function withMember(set: ReadonlySet<number>, member: number, isIn: boolean): ReadonlySet<number> {
  const changed = new Set(set);
  if (isIn) changed.add(member);
  else changed.delete(member);
  return changed;
}
