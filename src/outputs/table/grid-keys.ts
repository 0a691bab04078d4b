/** A cell of the table, counted from 0. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows that a page key moves by. */
  readonly pageRowCount: number;
}

/** Where a key moves the active cell to; null for a key that moves it nowhere. */
export function positionAfterKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { row, column }: CellPosition,
  { rowCount, columnCount, pageRowCount }: GridSize,
): CellPosition | null {
  if (altKey) return null;
  const isFar = ctrlKey || metaKey;
  const to = (nextRow: number, nextColumn: number): CellPosition => ({
    row: clamp(nextRow, rowCount),
    column: clamp(nextColumn, columnCount),
  });
  switch (key) {
    case 'Home':
      return to(isFar ? 0 : row, 0);
    case 'End':
      return to(isFar ? rowCount : row, columnCount);
    case 'ArrowUp':
      return to(isFar ? 0 : row - 1, column);
    case 'ArrowDown':
      return to(isFar ? rowCount : row + 1, column);
    case 'ArrowLeft':
      return to(row, isFar ? 0 : column - 1);
    case 'ArrowRight':
      return to(row, isFar ? columnCount : column + 1);
    case 'PageUp':
      return isFar ? null : to(row - pageRowCount, column);
    case 'PageDown':
      return isFar ? null : to(row + pageRowCount, column);
    default:
      return null;
  }
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
