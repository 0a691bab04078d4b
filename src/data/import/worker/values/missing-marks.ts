import { plainNumbers } from './number-style.ts';
import { inferPlan, kinds } from './value-kinds.ts';

/** Whether a text is one of those that were said to stand for a missing value: blanks around it and capitals aside. */
export type MarkTest = (text: string) => boolean;

/** Tells the marks that were said from other texts; null where none were. */
export function createMarkTest(marks: readonly string[]): MarkTest | null {
  const wanted = new Set(marks.map(normalise).filter((mark) => mark !== ''));
  return wanted.size === 0 ? null : (text) => wanted.has(normalise(text));
}

function normalise(text: string): string {
  return text.trim().toLowerCase();
}

/** So many different marks are looked for in a column, so long, and in a file. */
const mostInColumn = 3;
const longestMark = 20;
const mostMarks = 8;

/** So many of the values of a column, and so much of them, have to be what it would hold but for its marks. */
const fewestFitting = 2;
const leastShare = 0.2;

/**
 * Looks for texts that may stand for missing values in one column: a few short ones without digits, but for which it would
 * hold numbers, dates or truth values.
 */
export class MarkSearch {
  readonly #texts = new Set<string>();
  #found = 0;
  #fitting = 0;
  #given = 0;
  #isText = false;

  /** Adds a value and what kind it is of. */
  add(given: string, kind: number): void {
    if (this.#isText || kind === kinds.none) return;
    this.#given += 1;
    if (kind !== kinds.text) {
      this.#found |= kind;
      this.#fitting += 1;
      return;
    }
    const text = given.trim();
    this.#texts.add(text);
    this.#isText = this.#texts.size > mostInColumn || text.length > longestMark || /\d/.test(text);
  }

  /** The texts that were found. */
  finish(): readonly string[] {
    if (this.#isText || this.#fitting < Math.max(fewestFitting, this.#given * leastShare)) return [];
    const { type } = inferPlan('', this.#found, plainNumbers);
    return type === null || type === 'string' ? [] : [...this.#texts];
  }
}

/** The marks that were found in the columns of a file, each once. */
export function listMarks(searches: readonly MarkSearch[]): readonly string[] {
  return [...new Set(searches.flatMap((search) => search.finish()))].slice(0, mostMarks);
}
