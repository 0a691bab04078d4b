import type { Data, Union } from 'apache-arrow';
import { elementOf, type CellReader } from './cell-reader.ts';
import { createCellReader } from './read-cells.ts';

/** A column of several types: each value is shown as in a column of its own type. */
export function readUnions(data: Data, type: Union): CellReader {
  const typeIds: Int8Array = data.typeIds;
  /** Positions in the children; a sparse union has none, its children being as long as itself. */
  const positions: ArrayLike<number | bigint> | undefined = data.valueOffsets;
  const children = data.children.flatMap((child, index) => {
    const field = type.children[index];
    return field === undefined ? [] : [createCellReader(field, child)];
  });
  return (index, limit) => {
    const childIndex = type.typeIdToChildIndex[elementOf(typeIds, index)] ?? -1;
    const position = positions === undefined ? index : Number(elementOf(positions, index));
    return elementOf(children, childIndex)(position, limit);
  };
}
