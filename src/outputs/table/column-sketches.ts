/** Of a table with fewer rows the rows themselves say as much. */
const fewestRows = 13;
/** Of a table with more rows statistics are computed when they are asked for. */
const mostRows = 3_000_000;

/** Whether the header of a table with so many rows shows what its columns are like. */
export function hasSketches(rowCount: number): boolean {
  return rowCount >= fewestRows && rowCount <= mostRows;
}
