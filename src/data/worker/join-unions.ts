import type { Data, Union } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { ColumnProblem, refuseDamage, refuseType } from './column-problem.ts';
import { joinColumn } from './join-column.ts';
import { lengthOf } from './pieces.ts';

/** A mixed column: type ids become the children's indices, and positions count on over the batches. */
export function joinUnions(
  type: Union,
  pieces: readonly Data[],
): Pick<ColumnBuffers, 'values' | 'offsets' | 'children'> {
  for (const { length, typeIds } of pieces) {
    const ids: Int8Array = typeIds;
    if (ids.length < length) refuseDamage('has too few type ids');
  }
  const length = lengthOf(pieces);
  const childIndices = new Uint8Array(length);
  const positions = new Int32Array(length);
  const bases = type.children.map(() => 0);
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.length;
    joinPiece(type, piece, bases, childIndices.subarray(start, end), positions.subarray(start, end));
    type.children.forEach((_, child) => {
      bases[child] = (bases[child] ?? 0) + (piece.children[child]?.length ?? 0);
    });
    start = end;
  }
  const children = type.children.map((_, child) => joinChild(type, child, pieces));
  return { values: childIndices, offsets: new Uint8Array(positions.buffer), children };
}

function joinPiece(
  type: Union,
  { length, typeIds, valueOffsets, children }: Data,
  bases: readonly number[],
  childIndices: Uint8Array,
  positions: Int32Array,
): void {
  const ids: Int8Array = typeIds;
  /** Positions in the children; a sparse union has none, its children being as long as itself. */
  const offsets: Int32Array | undefined = valueOffsets;
  for (let index = 0; index < length; index++) {
    const child = type.typeIdToChildIndex[ids[index] ?? -1] ?? -1;
    const position = offsets === undefined ? index : (offsets[index] ?? -1);
    if (position < 0 || position >= (children[child]?.length ?? 0)) {
      refuseDamage(`has a value outside those of its type at element ${String(index)} of a batch`);
    }
    childIndices[index] = child;
    positions[index] = (bases[child] ?? 0) + position;
  }
}

function joinChild(type: Union, index: number, pieces: readonly Data[]): ColumnBuffers {
  const field = type.children[index] ?? refuseDamage('lacks a type');
  try {
    const child = joinColumn(
      field,
      pieces.map(({ children }) => children[index] ?? refuseDamage('is missing from a batch')),
    );
    // No mixed column holds another.
    return child.type === 'mixed' ? refuseType(field.type) : { ...child, name: '' };
  } catch (error) {
    if (!(error instanceof ColumnProblem)) throw error;
    throw new ColumnProblem(`is mixed, and one of its parts ${error.message}`, error);
  }
}
