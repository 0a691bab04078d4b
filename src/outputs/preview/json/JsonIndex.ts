/** No node: the parent of the root. */
export const noNode = -1;

/**
 * Where each value of a JSON text stands in it. Nodes are counted in the order of the text, so that those within
 * a node follow it, up to `subtreeEnds`. The values stay text: numbers keep every digit.
 */
export interface JsonIndex {
  readonly text: string;
  readonly count: number;
  /** Positions in the text: where each value begins, and where it has ended. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where the quote of its key stands; -1 where it has none. */
  readonly keyStarts: Int32Array;
  readonly parents: Int32Array;
  /** Its number among the children of its parent. */
  readonly positions: Int32Array;
  readonly childCounts: Int32Array;
  readonly subtreeEnds: Int32Array;
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

export function kindOf(index: JsonIndex, node: number): JsonKind {
  switch (index.text.charAt(at(index.starts, node))) {
    case '{':
      return 'object';
    case '[':
      return 'array';
    case '"':
      return 'string';
    case 't':
    case 'f':
    case 'n':
      return 'literal';
    default:
      return 'number';
  }
}

export function isContainer(index: JsonIndex, node: number): boolean {
  const kind = kindOf(index, node);
  return kind === 'object' || kind === 'array';
}

/** The value as it stands in the text. */
export function rawOf(index: JsonIndex, node: number): string {
  return index.text.slice(at(index.starts, node), at(index.ends, node));
}

/** The key of a member of an object; null for elements of arrays and the root. */
export function keyOf(index: JsonIndex, node: number): string | null {
  const start = at(index.keyStarts, node);
  return start < 0 ? null : decodeString(index.text.slice(start, endOfString(index.text, start)));
}

/** What a string stands for; one whose escapes are wrong stands for itself, without its quotes. */
export function decodeString(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1);
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1);
  }
}

/** The position after the closing quote of the string that begins at `start`; -1 where there is none. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text.charAt(first - 1) === '\\') first -= 1;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return -1;
}

/** The element of an array of numbers, whose index is known to be one of it. */
export function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}
