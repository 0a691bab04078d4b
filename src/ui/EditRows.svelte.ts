import { tick } from 'svelte';

/** A row with what tells it from the others while it is moved. */
export type KeyedRow<Content> = Content & { readonly key: number };

/** The rows of a list that is written in: added, changed, moved and taken away, with the focus where one goes on. */
export class EditRows<Content extends object> {
  #nextKey = 0;
  #rows = $state.raw<readonly KeyedRow<Content>[]>([]);
  readonly #focus: (index: number) => void;

  /** @param focus puts the focus on the row of this number, or where a row is added if there is none */
  constructor(contents: readonly Content[], focus: (index: number) => void) {
    this.#rows = contents.map((content) => this.#key(content));
    this.#focus = focus;
  }

  get rows(): readonly KeyedRow<Content>[] {
    return this.#rows;
  }

  async add(content: Content): Promise<void> {
    await this.#set([...this.#rows, this.#key(content)], this.#rows.length);
  }

  async remove(index: number): Promise<void> {
    const rows = this.#rows.filter((_, other) => other !== index);
    await this.#set(rows, Math.min(index, rows.length - 1));
  }

  async move(index: number, by: number): Promise<void> {
    const moved = this.#rows[index];
    const to = index + by;
    if (!moved || to < 0 || to >= this.#rows.length) return;
    const others = this.#rows.filter((row) => row !== moved);
    await this.#set([...others.slice(0, to), moved, ...others.slice(to)], to);
  }

  change(index: number, changed: Partial<Content>): void {
    this.#rows = this.#rows.map((row, other) => (other === index ? { ...row, ...changed } : row));
  }

  /** Moves a row by Alt and an arrow. */
  press(event: KeyboardEvent, index: number): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    void this.move(index, event.key === 'ArrowUp' ? -1 : 1);
  }

  #key(content: Content): KeyedRow<Content> {
    return { ...content, key: this.#nextKey++ };
  }

  async #set(rows: readonly KeyedRow<Content>[], focused: number): Promise<void> {
    this.#rows = rows;
    await tick();
    this.#focus(focused);
  }
}
