import { createFreeTitle } from './notebook.ts';

/** Characters that a name may have at most; an emoji may be several. */
export const longestModelName = 200;

/** What has a name of its own in the workspace. */
export type NamedKind = 'model' | 'model group';

/** What is wrong with a name that is to be given, as a sentence; null where nothing is. */
export function findNameProblem(kind: NamedKind, name: string, taken: readonly string[]): string | null {
  if (name === '') return `A ${kind} needs a name.`;
  const { length } = [...name];
  if (length > longestModelName) {
    return `A name has at most ${longestModelName} characters, and this one has ${length}.`;
  }
  if (name !== name.trim()) return 'A name begins and ends with no space.';
  // Neither can be seen, and no script could tell them apart from nothing.
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    return 'A name has no line breaks, tabs or other control characters.';
  }
  return taken.includes(name) ? `There is a ${kind} “${name}” already.` : null;
}

/** A name that none of `taken` has: the wanted one, else with a number behind it, for which a long one is cut. */
export function createFreeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  const room = longestModelName - 6;
  const characters = [...wanted];
  return createFreeTitle(
    characters.length > room ? characters.slice(0, room).join('').trimEnd() : wanted,
    taken,
  );
}
