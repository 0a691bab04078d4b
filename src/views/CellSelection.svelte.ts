import type { TextPosition } from '../editor/editor-types.ts';
import type { CellId } from '../model/ids.ts';

export interface FocusWish {
  readonly cellId: CellId;
  isServed: boolean;
}

/** Which cell is selected, and whether the keys go to it or into its editor. */
export class CellSelection {
  #cellId = $state.raw<CellId | null>(null);
  #editorId = $state.raw<CellId | null>(null);
  #isEditing = $state(false);
  #position = $state.raw<TextPosition | null>(null);
  #focusWish = $state.raw<FocusWish | null>(null);

  get cellId(): CellId | null {
    return this.#cellId;
  }

  /** The cell that has the editor; it keeps it until another cell is edited. */
  get editorId(): CellId | null {
    return this.#editorId;
  }

  get isEditing(): boolean {
    return this.#isEditing;
  }

  /** Where the cursor is to go in the editor. */
  get position(): TextPosition | null {
    return this.#position;
  }

  /** The last wish to move the focus to a cell; the cell notes on it that it has done so. */
  get focusWish(): FocusWish | null {
    return this.#focusWish;
  }

  /** Selects a cell without moving the focus. */
  select(cellId: CellId | null): void {
    this.#cellId = cellId;
    if (cellId !== this.#editorId) this.#isEditing = false;
  }

  /** Selects a cell and moves the focus to it. */
  focus(cellId: CellId): void {
    this.#cellId = cellId;
    this.#isEditing = false;
    this.#focusWish = { cellId, isServed: false };
  }

  /** Opens the editor of a cell. */
  edit(cellId: CellId, position: TextPosition | null = null): void {
    this.#cellId = cellId;
    this.#editorId = cellId;
    this.#position = position;
    this.#isEditing = true;
  }
}
