import type { TallLine } from './added-rows.ts';

/** A line that is followed by rows of their own: all that it stands for. */
export interface UnfoldedLine extends TallLine {
  readonly texts: readonly string[];
}

/** Lines with the JSON that they stand for, in the order of the lines. */
export type OpenedJson = readonly { readonly line: number; readonly json: string }[];

/** Unfolds a line, or folds it. */
export function toggleLine(opened: OpenedJson, line: number, json: string): OpenedJson {
  const others = opened.filter((each) => each.line !== line);
  if (others.length < opened.length) return others;
  return [...others, { line, json }].sort((one, other) => one.line - other.line);
}

/** The rows of all that is unfolded. */
export function listUnfolded(
  opened: OpenedJson,
  readTexts: (json: string) => readonly string[],
): UnfoldedLine[] {
  let addedBefore = 0;
  return opened.map(({ line, json }) => {
    const texts = readTexts(json);
    const unfolded = { line, texts, added: texts.length, addedBefore };
    addedBefore += texts.length;
    return unfolded;
  });
}
