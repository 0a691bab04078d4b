import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';

/** Lengths in pixels. Handles stand in rows under the head of a box: inputs at the left, outputs at the right. */
export const boxSize = { width: 208, head: 46, row: 18, foot: 6 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cell: `x` and `y` are its top left corner. */
export interface GraphBox extends Point {
  readonly cellId: CellId;
  readonly height: number;
}

/** A connection: from an output to an input, level at every point between. */
export interface GraphLine {
  readonly connection: Connection;
  readonly points: readonly Point[];
}

/** Where everything of a graph is, in pixels from its top left corner. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** In reading order: layer by layer, each from top to bottom, and then the cells that are not connected. */
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
  /** Where the words stand above cells that are not connected, below others that are; null where it is not so. */
  readonly looseTop: number | null;
}
