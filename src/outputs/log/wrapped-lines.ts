import { countAdded, type AddedRows, type TallLine } from './added-rows.ts';
import { wrapText } from './wrap-text.ts';

/** Which lines of a list take more rows than one, found as the list grows: each line is looked at once. */
export class WrappedLines {
  readonly #columns: number;
  readonly #list: TallLine[] = [];
  /** How many lines were looked at that stay as they are. */
  #settled = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** In the order of the lines; it grows in place. */
  get rows(): AddedRows {
    return this.#list;
  }

  /** Looks at the lines that are new; the last `openCount` of all may be others the next time. */
  grow(count: number, openCount: number, textOf: (line: number) => string): void {
    while ((this.#list.at(-1)?.line ?? -1) >= this.#settled) this.#list.pop();
    for (let line = this.#settled; line < count; line++) {
      const added = wrapText(textOf(line), this.#columns).length - 1;
      if (added > 0) this.#list.push({ line, added, addedBefore: countAdded(this.#list) });
    }
    this.#settled = count - openCount;
  }
}
