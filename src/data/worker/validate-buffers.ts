import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import { countBits, hasBit } from './bits.ts';
import { findIntegerProblem, findTextProblem } from './validate-text.ts';
import { int32View } from './views.ts';

/** Lengths are kept in 32 bits. */
const lengthLimit = 2 ** 31 - 1;
/** Buffers may be padded to a multiple of this many bytes, as Arrow recommends. */
const padding = 64;

/**
 * What keeps buffers from being a table, as a sentence that names column and problem; null when nothing does.
 * The sender runs user code, so nothing is taken on trust; each check is one pass over a typed array at most.
 */
export function findDatasetProblem({ rowCount, columns }: DatasetBuffers): string | null {
  if (rowCount > lengthLimit) return `The dataset has ${String(rowCount)} rows, more than a table can hold.`;
  for (const [index, column] of columns.entries()) {
    const problem =
      column.length === rowCount
        ? findColumnProblem(column)
        : `has ${String(column.length)} elements in a dataset of ${String(rowCount)} rows`;
    if (problem !== null) return `Column ${String(index + 1)} (${JSON.stringify(column.name)}) ${problem}.`;
  }
  return null;
}

function findColumnProblem(column: ColumnBuffers): string | null {
  if (column.length > lengthLimit) return `has ${String(column.length)} elements, more than a table can hold`;
  return findValidityProblem(column) ?? findValuesProblem(column);
}

function findValidityProblem({ type, length, nullCount, validity }: ColumnBuffers): string | null {
  if (nullCount > length) return `counts ${String(nullCount)} nulls among ${String(length)} elements`;
  if (type === 'null') return null;
  if (validity === null) {
    return nullCount === 0 ? null : `counts ${String(nullCount)} nulls but has no validity bits`;
  }
  const problem = findSizeProblem('validity', validity, Math.ceil(length / 8));
  if (problem !== null) return problem;
  const marked = length - countBits(validity, length);
  return marked === nullCount
    ? null
    : `counts ${String(nullCount)} nulls but marks ${String(marked)} in its validity bits`;
}

function findValuesProblem(column: ColumnBuffers): string | null {
  const { type, length, values, timeUnit } = column;
  switch (type) {
    case 'null':
      return null;
    case 'bool':
      return findSizeProblem('values', values, Math.ceil(length / 8));
    case 'date':
      return findSizeProblem('values', values, length * 4);
    case 'int64':
    case 'uint64':
    case 'float64':
      return findSizeProblem('values', values, length * 8);
    case 'datetime':
      if (timeUnit === null) return 'has no time unit';
      return findSizeProblem('values', values, length * 8);
    case 'string':
      return findOffsetsProblem(column) ?? findTextProblem(column);
    case 'integer':
      return findOffsetsProblem(column) ?? findTextProblem(column) ?? findIntegerProblem(column);
    case 'mixed':
      return (
        findSizeProblem('values', values, length) ??
        findSizeProblem('offsets', column.offsets, length * 4) ??
        findMixedProblem(column)
      );
  }
}

function findSizeProblem(what: string, buffer: Uint8Array | null, needed: number): string | null {
  const size = buffer?.byteLength ?? 0;
  if (size >= needed && size <= Math.ceil(needed / padding) * padding) return null;
  return `has ${String(size)} bytes of ${what} where ${String(needed)} are needed`;
}

function findOffsetsProblem({ length, values, offsets }: ColumnBuffers): string | null {
  if (length === 0) return null;
  const problem = findSizeProblem('offsets', offsets, (length + 1) * 4);
  if (problem !== null) return problem;
  const positions = int32View(offsets);
  let previous = positions[0] ?? 0;
  if (previous < 0) return `has offset ${String(previous)} at element 0`;
  for (let index = 1; index <= length; index++) {
    const position = positions[index] ?? 0;
    if (position < previous) return `has offsets that do not ascend at element ${String(index - 1)}`;
    previous = position;
  }
  const size = values?.byteLength ?? 0;
  return previous <= size
    ? null
    : `has offsets up to ${String(previous)} but only ${String(size)} bytes of text`;
}

function findMixedProblem({ length, validity, values, offsets, children }: ColumnBuffers): string | null {
  if (children.length > 127) return `has ${String(children.length)} types, more than a mixed column can hold`;
  const positions = int32View(offsets);
  const previous = new Int32Array(children.length);
  for (let index = 0; index < length; index++) {
    // What stands under a null means nothing.
    if (validity !== null && !hasBit(validity, index)) continue;
    const childIndex = values?.[index] ?? 0;
    const child = children[childIndex];
    if (child === undefined)
      return `names type ${String(childIndex)} of ${String(children.length)} at element ${String(index)}`;
    const position = positions[index] ?? 0;
    if (position < 0 || position >= child.length) {
      return `names element ${String(position)} of ${String(child.length)} ${child.type} values at element ${String(index)}`;
    }
    if (position < (previous[childIndex] ?? 0)) {
      return `has positions that do not ascend at element ${String(index)}`;
    }
    previous[childIndex] = position;
  }
  for (const child of children) {
    const problem = child.type === 'mixed' ? 'are mixed themselves' : findColumnProblem(child);
    if (problem !== null) return `is mixed, and its ${child.type} values: ${problem}`;
  }
  return null;
}
