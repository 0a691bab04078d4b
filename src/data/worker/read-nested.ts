import { DataType, type Data, type Field, type Map_ } from 'apache-arrow';
import type { FixedSizeList, LargeList, List, Struct } from 'apache-arrow';
import { cutText } from './decode-text.ts';
import { elementOf, type CellReader } from './cell-reader.ts';
import { createCellReader } from './read-cells.ts';

type Nested = List | LargeList | FixedSizeList | Struct | Map_;

export function isNested(type: DataType): type is Nested {
  return (
    DataType.isList(type) ||
    DataType.isLargeList(type) ||
    DataType.isFixedSizeList(type) ||
    DataType.isStruct(type) ||
    DataType.isMap(type)
  );
}

/** Values within values, on one line much like JSON: `[1, 2]`, `{"a": 1.0, "b": "x"}`; only texts are in quotes. */
export function readNested(data: Data, type: Nested): CellReader {
  if (DataType.isStruct(type)) return readStructs(data, type.children);
  const [child] = data.children;
  const [field] = type.children;
  if (child === undefined || field === undefined) return () => ({ kind: 'nested', text: '[]' });
  const spanOf = spanReader(data, type);
  if (DataType.isMap(type)) {
    const [key, value] = childReaders(child, field.type.children);
    return (index, limit) => {
      const entry = (position: number, rest: number) =>
        `${key?.(position, rest) ?? ''}: ${value?.(position, rest) ?? ''}`;
      return { kind: 'nested', text: join('{', '}', spanOf(index), limit, entry) };
    };
  }
  const read = inner(createCellReader(field, child));
  return (index, limit) => ({ kind: 'nested', text: join('[', ']', spanOf(index), limit, read) });
}

function readStructs(data: Data, fields: readonly Field[]): CellReader {
  const readers = childReaders(data, fields);
  return (index, limit) => {
    const entry = (position: number, rest: number) =>
      `${JSON.stringify(fields[position]?.name || '')}: ${readers[position]?.(index, rest) ?? ''}`;
    return { kind: 'nested', text: join('{', '}', [0, readers.length], limit, entry) };
  };
}

type TextReader = (index: number, limit: number) => string;

/** Texts are quoted within others, so that `"1"` is told from `1`. */
function inner(read: CellReader): TextReader {
  return (index, limit) => {
    const { kind, text } = read(index, limit);
    return kind === 'text' ? JSON.stringify(text) : text;
  };
}

function childReaders(data: Data, fields: readonly Field[]): TextReader[] {
  return data.children.flatMap((child, index) => {
    const field = fields[index];
    return field === undefined ? [] : [inner(createCellReader(field, child))];
  });
}

/** Where the elements of a list begin and end in its child. */
function spanReader({ valueOffsets }: Data, type: Nested): (index: number) => [number, number] {
  if (DataType.isFixedSizeList(type)) {
    const { listSize } = type;
    return (index) => [index * listSize, (index + 1) * listSize];
  }
  const offsets: ArrayLike<number | bigint> = valueOffsets;
  return (index) => [Number(elementOf(offsets, index)), Number(elementOf(offsets, index + 1))];
}

/** Stops once there is more than can be shown: a list may have millions of elements. */
function join(
  open: string,
  close: string,
  [start, end]: [number, number],
  limit: number,
  read: TextReader,
): string {
  let text = open;
  for (let index = start; index < end; index++) {
    if (text.length > limit) return cutText(text, limit);
    text += `${index === start ? '' : ', '}${read(index, limit)}`;
  }
  return cutText(text + close, limit);
}
