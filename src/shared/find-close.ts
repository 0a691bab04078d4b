/** The word that was meant by a mistyped one, as far as that can be told; null for none. */
export function findClose(text: string, words: readonly string[]): string | null {
  const limit = text.length < 4 ? 1 : 2;
  const close = words.map((word) => [word, countEdits(text.toLowerCase(), word.toLowerCase())] as const);
  const [best] = close.filter(([, edits]) => edits <= limit).sort(([, one], [, other]) => one - other);
  return best?.[0] ?? null;
}

/** Letters to add, drop or change. */
function countEdits(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [place, wanted] of [...other].entries()) {
      const changed = (row[place] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
