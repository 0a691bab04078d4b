import { DataType, makeData, Utf8, vectorFromArray, type Data, type DenseUnion } from 'apache-arrow';

/** A chunk of a column from its values. */
export function makeChunk(values: readonly unknown[], type: DataType): Data {
  const [data] = vectorFromArray(values, type).data;
  if (data === undefined) throw new Error('a vector of values has data');
  return data;
}

export function makeDigits(values: readonly (bigint | null)[]): Data {
  return makeChunk(
    values.map((value) => value?.toString() ?? null),
    new Utf8(),
  );
}

/** A chunk without a value; nulls of a mixed column are in its first part. */
export function makeNulls(length: number, type: DataType): Data {
  if (!DataType.isDenseUnion(type)) return makeChunk(new Array<null>(length).fill(null), type);
  const [first] = type.children;
  if (first === undefined) throw new Error('a mixed column has parts');
  return makeMixed(makeNulls(length, first.type), 0, type);
}

/** A chunk of a mixed column of which all values are in one part. */
export function makeMixed(values: Data, part: number, type: DenseUnion): Data {
  const { length } = values;
  return makeData({
    type,
    length,
    typeIds: new Int8Array(length).fill(type.typeIds[part] ?? 0),
    valueOffsets: Int32Array.from({ length }, (_, row) => row),
    children: type.children.map((child, index) => (index === part ? values : makeNulls(0, child.type))),
  });
}
