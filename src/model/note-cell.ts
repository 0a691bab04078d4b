import type { CellId } from './ids.ts';

/** A cell of text for the reader. */
export interface NoteCell {
  readonly kind: 'note';
  readonly id: CellId;
  readonly title: string;
  /** Markdown, with maths between dollar signs. */
  readonly source: string;
}
