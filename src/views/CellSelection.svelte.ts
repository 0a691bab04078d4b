import type { TextPosition } from '../editor/editor-types.ts';
import type { CellId } from '../model/ids.ts';

export interface FocusWish {
  readonly cellId: CellId;
  isServed: boolean;
}

/** A handle whose place in the configuration the focus is to go to. */
export interface HandleWish {
  readonly cellId: CellId;
  readonly side: 'inputs' | 'outputs';
  readonly name: string;
  isServed: boolean;
}

/** Which cell is selected, and whether the keys go to it or into its editor. */
export class CellSelection {
  readonly #isReadOnly: () => boolean;
  #cellId = $state.raw<CellId | null>(null);
  #editorId = $state.raw<CellId | null>(null);
  #isEditing = $state(false);
  #position = $state.raw<TextPosition | null>(null);
  #focusWish = $state.raw<FocusWish | null>(null);
  #handleWish = $state.raw<HandleWish | null>(null);

  /** Where the notebook can only be read, no cell has the editor. */
  constructor(isReadOnly: () => boolean = () => false) {
    this.#isReadOnly = isReadOnly;
  }

  get cellId(): CellId | null {
    return this.#cellId;
  }

  /** The cell that has the editor; it keeps it until another cell is edited. */
  get editorId(): CellId | null {
    return this.#isReadOnly() ? null : this.#editorId;
  }

  get isEditing(): boolean {
    return this.#isEditing && !this.#isReadOnly();
  }

  /** Where the cursor is to go in the editor. */
  get position(): TextPosition | null {
    return this.#position;
  }

  /** The last wish to move the focus to a cell; the cell notes on it that it has done so. */
  get focusWish(): FocusWish | null {
    return this.#focusWish;
  }

  /** The last wish to configure a handle; the list that shows it notes on it that it has moved the focus. */
  get handleWish(): HandleWish | null {
    return this.#handleWish;
  }

  /** Selects a cell and moves the focus to where a handle of it is configured. */
  configure(cellId: CellId, side: HandleWish['side'], name: string): void {
    this.select(cellId);
    this.#handleWish = { cellId, side, name, isServed: false };
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

  /** The keys go to the cell that is selected. */
  leaveEditor(): void {
    this.#isEditing = false;
  }

  /** Opens the editor of a cell. */
  edit(cellId: CellId, position: TextPosition | null = null): void {
    if (this.#isReadOnly()) {
      this.focus(cellId);
      return;
    }
    this.#cellId = cellId;
    this.#editorId = cellId;
    this.#position = position;
    this.#isEditing = true;
  }
}
