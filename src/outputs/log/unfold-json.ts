import { cutText, longestFoldedJson } from '../../model/log-text.ts';
import {
  at,
  endOfString,
  isContainer,
  kindOf,
  noNode,
  rawOf,
  type JsonIndex,
} from '../preview/json/JsonIndex.ts';
import { JsonIndexer } from '../preview/json/JsonIndexer.ts';

/** What is deeper is not moved in any further. */
const deepestIndent = 24;

/** Whether there is more to a JSON than its one line shows. */
export function canUnfold(text: string): boolean {
  if (text.length > longestFoldedJson) return true;
  const index = readIndex(text);
  return index !== null && at(index.childCounts, 0) > 0;
}

/** A JSON as indented lines, in which numbers keep every digit; a text that is none as it is. Long lines come in pieces. */
export function unfoldJson(text: string): string[] {
  const index = readIndex(text);
  return (index ? listLines(index) : text.split('\n')).flatMap(cutText);
}

function readIndex(text: string): JsonIndex | null {
  const indexer = new JsonIndexer(text);
  try {
    while (!indexer.step(() => true));
    return indexer.index;
  } catch {
    return null;
  }
}

function listLines(index: JsonIndex): string[] {
  const lines: string[] = [];
  /** The objects and arrays that are open, from the outermost in. */
  const open: number[] = [];
  const closeUntil = (node: number): void => {
    for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
      if (at(index.subtreeEnds, inner) > node) return;
      open.pop();
      const bracket = kindOf(index, inner) === 'object' ? '}' : ']';
      lines.push(indent(open.length) + bracket + commaAfter(index, inner));
    }
  };
  for (let node = 0; node < index.count; node++) {
    closeUntil(node);
    const start = indent(open.length) + writeKey(index, node);
    if (isContainer(index, node) && at(index.childCounts, node) > 0) {
      lines.push(start + (kindOf(index, node) === 'object' ? '{' : '['));
      open.push(node);
    } else {
      lines.push(start + writeLeaf(index, node) + commaAfter(index, node));
    }
  }
  closeUntil(index.count);
  return lines;
}

function writeKey(index: JsonIndex, node: number): string {
  const start = at(index.keyStarts, node);
  return start < 0 ? '' : `${index.text.slice(start, endOfString(index.text, start))}: `;
}

function writeLeaf(index: JsonIndex, node: number): string {
  const kind = kindOf(index, node);
  if (kind === 'object') return '{}';
  return kind === 'array' ? '[]' : rawOf(index, node);
}

function commaAfter(index: JsonIndex, node: number): string {
  const parent = at(index.parents, node);
  return parent !== noNode && at(index.positions, node) < at(index.childCounts, parent) - 1 ? ',' : '';
}

function indent(depth: number): string {
  return '  '.repeat(Math.min(depth, deepestIndent));
}
