import type { CST } from 'yaml';

/** Deeper than any manifest. */
export const deepest = 64;

/**
 * Where a text of YAML is nested too deeply, in UTF-16 units; null where it is not. It is asked before the values are
 * composed: that recurses, and running out of stack inside of a regular expression ends the whole tab.
 */
export function findTooDeep(tokens: readonly CST.Token[]): number | null {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return token.offset;
    for (const inner of listInner(token)) waiting.push({ token: inner, depth: depth + 1 });
  }
  return null;
}

function listInner(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}
