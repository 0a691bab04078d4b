import { makeData, type Data, type DenseUnion } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { hasBit } from './bits.ts';
import { sliceColumn } from './slice-column.ts';
import { int32View } from './views.ts';

/**
 * Gives a mixed column that marks nulls in validity bits a child of nulls instead: Arrow's unions have no such bits.
 * Other columns are returned as they are.
 */
export function withNullChild(column: ColumnBuffers): ColumnBuffers {
  const { type, length, nullCount, validity, values, offsets, children } = column;
  if (type !== 'mixed' || validity === null || nullCount === 0) return { ...column };
  const typeIds = new Uint8Array(length);
  const positions = new Int32Array(length);
  const given = int32View(offsets);
  for (let index = 0; index < length; index++) {
    const isValue = hasBit(validity, index);
    typeIds[index] = isValue ? (values?.[index] ?? 0) : children.length;
    positions[index] = isValue ? (given[index] ?? 0) : 0;
  }
  return {
    ...column,
    nullCount: 0,
    validity: null,
    values: typeIds,
    offsets: new Uint8Array(positions.buffer),
    children: [...children, nullChild],
  };
}

/** All nulls of a column share this one element. */
const nullChild: ColumnBuffers = {
  name: '',
  type: 'null',
  length: 1,
  nullCount: 1,
  validity: null,
  values: null,
  offsets: null,
  timeUnit: null,
  timeZone: null,
  children: [],
};

/**
 * Elements `start` to `end` of a mixed column, with no more of each child than they name. Arrow's own slicing of a
 * dense union would write the whole children into the first batch.
 */
export function sliceMixed(column: ColumnBuffers, type: DenseUnion, start: number, end: number): Data {
  const { values, children } = column;
  const typeIds = new Int8Array(end - start);
  const positions = int32View(column.offsets).slice(start, end);
  const first = new Int32Array(children.length).fill(-1);
  const last = new Int32Array(children.length).fill(-1);
  for (let index = 0; index < positions.length; index++) {
    const child = values?.[start + index] ?? 0;
    const position = positions[index] ?? 0;
    typeIds[index] = child;
    // Positions ascend, so the first one met is the lowest and the last one the highest.
    if (first[child] === -1) first[child] = position;
    last[child] = position;
    positions[index] = position - (first[child] ?? 0);
  }
  const slices = children.map((child, index) => {
    const from = Math.max(0, first[index] ?? 0);
    const childType = type.children[index]?.type;
    return childType === undefined ? [] : [sliceColumn(child, childType, from, (last[index] ?? -1) + 1)];
  });
  return makeData({
    type,
    length: end - start,
    nullCount: 0,
    typeIds,
    valueOffsets: positions,
    children: slices.flat(),
  });
}
