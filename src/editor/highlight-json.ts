import type { ColoredPiece } from './highlight-python.ts';

/** Names of properties, other strings, numbers and words, each in a group of its own. */
const shapes =
  /("(?:[^"\\\n]|\\.)*")(?=\s*:)|("(?:[^"\\\n]|\\.)*"?)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

const kinds = ['meta', 'string', 'number', 'keyword'] as const;

/** The lines of JSON in coloured pieces. Any text has them, also one with mistakes. */
export function highlightJson(source: string): ColoredPiece[][] {
  return source.split('\n').map(highlightLine);
}

function highlightLine(line: string): ColoredPiece[] {
  const pieces: ColoredPiece[] = [];
  let end = 0;
  for (const { 0: text, index, ...match } of line.matchAll(shapes)) {
    if (index > end) pieces.push({ text: line.slice(end, index), kind: '' });
    const group = kinds.findIndex((_, place) => match[place + 1] !== undefined);
    pieces.push({ text, kind: kinds[group] ?? '' });
    end = index + text.length;
  }
  if (end < line.length || line === '') pieces.push({ text: line.slice(end), kind: '' });
  return pieces;
}
