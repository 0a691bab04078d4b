/** The list with an item put in; a position outside of it is its nearest end. */
export function insertAt<Item>(items: readonly Item[], item: Item, index: number): Item[] {
  const position = Math.max(0, Math.min(index, items.length));
  return [...items.slice(0, position), item, ...items.slice(position)];
}
