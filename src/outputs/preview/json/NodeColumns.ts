import type { JsonIndex } from './JsonIndex.ts';

const names = ['starts', 'ends', 'keyStarts', 'parents', 'positions', 'childCounts', 'subtreeEnds'] as const;

type Columns = Record<(typeof names)[number], Int32Array>;

/** What is known of the nodes of a JSON text while they are found: columns of numbers that grow. */
export class NodeColumns {
  count = 0;
  columns: Columns = makeColumns(1024);

  add(start: number, keyStart: number, parent: number): number {
    const node = this.count;
    if (node === this.columns.starts.length) this.#grow();
    const { columns } = this;
    columns.starts[node] = start;
    columns.keyStarts[node] = keyStart;
    columns.parents[node] = parent;
    if (parent >= 0) {
      const position = columns.childCounts[parent] ?? 0;
      columns.positions[node] = position;
      columns.childCounts[parent] = position + 1;
    }
    this.count = node + 1;
    return node;
  }

  end(node: number, end: number): void {
    this.columns.ends[node] = end;
    this.columns.subtreeEnds[node] = this.count;
  }

  toIndex(text: string): JsonIndex {
    return { text, count: this.count, ...this.columns };
  }

  #grow(): void {
    const larger = makeColumns(this.count * 2);
    for (const name of names) larger[name].set(this.columns[name]);
    this.columns = larger;
  }
}

function makeColumns(length: number): Columns {
  return {
    starts: new Int32Array(length),
    ends: new Int32Array(length),
    keyStarts: new Int32Array(length),
    parents: new Int32Array(length),
    positions: new Int32Array(length),
    childCounts: new Int32Array(length),
    subtreeEnds: new Int32Array(length),
  };
}
