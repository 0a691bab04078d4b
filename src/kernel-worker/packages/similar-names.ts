/** The names nearest to a mistyped one, the nearest first: at most three, and none that is far off. */
export function findSimilarNames(typed: string, known: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const name of known) {
    if (name.startsWith('_') || Math.abs(name.length - wanted.length) > limit) continue;
    const distance = countEdits(wanted, name.toLowerCase());
    if (distance <= limit) found.push({ name, distance });
  }
  return found
    .sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name, 'en'))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many letters have to be put in, left out, changed or swapped with their neighbour. */
function countEdits(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped && row > 1 && column > 1) edits = Math.min(edits, (before[column - 2] ?? 0) + 1);
      current.push(edits);
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
