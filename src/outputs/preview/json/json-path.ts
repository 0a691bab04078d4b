import { at, keyOf, noNode, type JsonIndex } from './JsonIndex.ts';

/** The way to a node as subscripts that Python understands: `["rows"][0]["name"]`; nothing for the root. */
export function pathTo(index: JsonIndex, node: number): string {
  const steps: string[] = [];
  for (let current = node; at(index.parents, current) !== noNode; current = at(index.parents, current)) {
    const key = keyOf(index, current);
    steps.push(`[${key === null ? at(index.positions, current) : JSON.stringify(key)}]`);
  }
  return steps.reverse().join('');
}

/** How many others a node lies in. */
export function depthOf(index: JsonIndex, node: number): number {
  let depth = 0;
  for (let current = at(index.parents, node); current !== noNode; current = at(index.parents, current))
    depth += 1;
  return depth;
}
