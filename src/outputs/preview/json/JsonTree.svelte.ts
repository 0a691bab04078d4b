import { at, isContainer, keyOf, noNode, type JsonIndex } from './JsonIndex.ts';

/** A tree as small as this is open from the start. */
const smallCount = 40;
/** Open nodes that are found again in the tree that takes this one's place. */
const keptLimit = 10_000;

/** Which nodes of a JSON text are open, and so which ones are rows. */
export class JsonTree {
  index: JsonIndex;
  active = $state(0);
  /** The nodes that are seen, a row each. */
  rows = $state.raw(new Int32Array());
  #isOpen: Uint8Array;

  constructor(index: JsonIndex) {
    this.index = index;
    this.#isOpen = new Uint8Array(index.count).fill(index.count <= smallCount ? 1 : 0);
    this.#isOpen[0] = 1;
    this.#collectRows();
  }

  isOpen(node: number): boolean {
    return this.#isOpen[node] === 1;
  }

  toggle(node: number): void {
    if (!isContainer(this.index, node)) return;
    this.#isOpen[node] = this.isOpen(node) ? 0 : 1;
    this.#collectRows();
  }

  openAll(): void {
    this.#isOpen.fill(1);
    this.#collectRows();
  }

  /** Closes all but the outermost. */
  closeAll(): void {
    this.#isOpen.fill(0);
    this.#isOpen[0] = 1;
    this.active = 0;
    this.#collectRows();
  }

  /** Makes a node the active one, and opens those it lies in. */
  reveal(node: number): void {
    for (
      let parent = at(this.index.parents, node);
      parent !== noNode;
      parent = at(this.index.parents, parent)
    ) {
      this.#isOpen[parent] = 1;
    }
    this.#collectRows();
    this.active = node;
  }

  /** The row of a node; the one before where it is not seen. Rows are in the order of the nodes. */
  rowOf(node: number): number {
    let low = 0;
    let high = this.rows.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at(this.rows, middle) <= node) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Opens what was open in the tree before, found by its names and places. */
  openAs(before: JsonTree): void {
    let budget = keptLimit;
    const follow = (node: number, nodeBefore: number): void => {
      const isOpen = before.isOpen(nodeBefore);
      this.#isOpen[node] = isOpen ? 1 : 0;
      if (!isOpen) return;
      const children = new Map<string | number, number>();
      for (const child of childrenOf(before.index, nodeBefore)) {
        if (--budget < 0) return;
        if (isContainer(before.index, child)) children.set(nameOf(before.index, child), child);
      }
      if (children.size === 0) return;
      for (const child of childrenOf(this.index, node)) {
        if (--budget < 0) return;
        const same = children.get(nameOf(this.index, child));
        if (same !== undefined && isContainer(this.index, child)) follow(child, same);
      }
    };
    follow(0, 0);
    this.#collectRows();
    this.active = at(this.rows, Math.min(before.rowOf(before.active), this.rows.length - 1));
  }

  #collectRows(): void {
    const { count, subtreeEnds } = this.index;
    let length = 0;
    const rows = new Int32Array(count);
    for (let node = 0; node < count; length++) {
      rows[length] = node;
      node = this.#isOpen[node] === 1 ? node + 1 : at(subtreeEnds, node);
    }
    this.rows = rows.slice(0, length);
    if (at(this.rows, this.rowOf(this.active)) !== this.active)
      this.active = at(this.rows, this.rowOf(this.active));
  }
}

function* childrenOf(index: JsonIndex, node: number): Generator<number> {
  const end = at(index.subtreeEnds, node);
  for (let child = node + 1; child < end; child = at(index.subtreeEnds, child)) yield child;
}

function nameOf(index: JsonIndex, node: number): string | number {
  return keyOf(index, node) ?? at(index.positions, node);
}
