import { at, type JsonIndex } from './JsonIndex.ts';

/** UTF-16 units of a value that a row shows. */
export const rowLimit = 300;

/** A value as it stands in the text, on one line; a long one is cut. */
export function cutValue(index: JsonIndex, node: number): string {
  const start = at(index.starts, node);
  const end = at(index.ends, node);
  const raw = index.text.slice(start, Math.min(end, start + rowLimit));
  const line = unescapeLetters(raw).replace(/[\n\r\u2028\u2029]/g, '⏎');
  return end - start > rowLimit ? `${line}…` : line;
}

/** Letters that are written as escapes, as Python does with all beyond ASCII, are shown as themselves. */
function unescapeLetters(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  return raw.replace(/\\\\|\\u([\da-f]{4})/gi, (escape, digits: string | undefined) => {
    if (digits === undefined) return escape;
    const unit = parseInt(digits, 16);
    return unit < 0xa0 ? escape : String.fromCharCode(unit);
  });
}
