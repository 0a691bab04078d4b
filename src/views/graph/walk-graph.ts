import type { CellId } from '../../model/ids.ts';
import type { GraphBox, GraphLayout } from './graph-layout.ts';

/**
 * The cell that a key leads to: right and left along connections, to the nearest cell of several; up and down, Home and
 * End in reading order. Null where there is none, or the key leads nowhere.
 */
export function walkGraph(layout: GraphLayout, cellId: CellId, key: string): CellId | null {
  return findNext(layout, cellId, key)?.cellId ?? null;
}

function findNext({ boxes, lines }: GraphLayout, cellId: CellId, key: string): GraphBox | undefined {
  const index = boxes.findIndex((box) => box.cellId === cellId);
  if (index < 0) return undefined;
  const listEnds = (near: 'from' | 'to', far: 'from' | 'to'): CellId[] =>
    lines
      .filter(({ connection }) => connection[near].cellId === cellId)
      .map(({ connection }) => connection[far].cellId);
  const targets = listEnds('from', 'to');
  const sources = listEnds('to', 'from');
  const isLoose = targets.length + sources.length === 0;
  switch (key) {
    case 'ArrowUp':
      return boxes[index - 1];
    case 'ArrowDown':
      return boxes[index + 1];
    case 'ArrowLeft':
      return isLoose ? boxes[index - 1] : findNearest(boxes, index, sources);
    case 'ArrowRight':
      return isLoose ? boxes[index + 1] : findNearest(boxes, index, targets);
    case 'Home':
      return boxes[0];
    case 'End':
      return boxes.at(-1);
    default:
      return undefined;
  }
}

function findNearest(
  boxes: readonly GraphBox[],
  index: number,
  wanted: readonly CellId[],
): GraphBox | undefined {
  const middle = (box: GraphBox | undefined): number => (box ? box.y + box.height / 2 : 0);
  const distance = (box: GraphBox): number => Math.abs(middle(box) - middle(boxes[index]));
  return boxes
    .filter(({ cellId }) => wanted.includes(cellId))
    .sort((one, other) => distance(one) - distance(other))[0];
}
