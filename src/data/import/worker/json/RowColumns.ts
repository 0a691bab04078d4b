/** Gives the keys of objects their columns, in the order in which they come up. */
export class RowColumns {
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();

  get names(): readonly string[] {
    return this.#names;
  }

  /** The values of a row by column; null for what is no row. Those of an array are called by their places. */
  place(row: unknown): unknown[] | null {
    if (typeof row !== 'object' || row === null) return null;
    const values: unknown[] = [];
    if (Array.isArray(row)) {
      row.forEach((value: unknown, index) => {
        values[this.#find(`column_${String(index + 1)}`)] = value;
      });
    } else {
      for (const [key, value] of Object.entries(row)) values[this.#find(key)] = value;
    }
    return values;
  }

  #find(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= 10_000) {
      throw new Error('it has more than 10,000 different keys, so it is hardly a table');
    }
    this.#places.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }
}
