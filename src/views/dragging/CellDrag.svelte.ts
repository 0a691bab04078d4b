import type { CellId } from '../../model/ids.ts';
import { followPointer, type PointerPlace } from '../../ui/follow-pointer.ts';

/** A cell that is moved with the pointer, until it is let go. */
export class CellDrag {
  #cellId = $state.raw<CellId | null>(null);
  #gap = $state<number | null>(null);
  #place = $state.raw<PointerPlace | null>(null);

  get cellId(): CellId | null {
    return this.#cellId;
  }

  /** The cell would come before the one of this index. */
  get gap(): number | null {
    return this.#gap;
  }

  /** Where the pointer is. */
  get place(): PointerPlace | null {
    return this.#place;
  }

  /** Begins at the cell's grip. `move` is told the index that the cell is to have. */
  begin(event: PointerEvent, grip: HTMLElement, cellId: CellId, move: (toIndex: number) => void): void {
    const cell = grip.closest('section');
    const list = cell?.parentElement;
    if (!cell || !list) return;
    const listCells = (): Element[] => [...list.children].filter(({ tagName }) => tagName === 'SECTION');
    followPointer(event, grip, {
      start: () => {
        this.#cellId = cellId;
      },
      move: (place) => {
        const cells = listCells();
        const below = cells.findIndex((each) => {
          const { top, height } = each.getBoundingClientRect();
          return place.y < top + height / 2;
        });
        this.#place = place;
        this.#gap = below < 0 ? cells.length : below;
      },
      end: (isDropped) => {
        const gap = this.#gap;
        const index = listCells().indexOf(cell);
        this.#cellId = null;
        this.#gap = null;
        this.#place = null;
        if (!isDropped || gap === null || index < 0) return;
        const toIndex = gap > index ? gap - 1 : gap;
        if (toIndex !== index) move(toIndex);
      },
    });
  }
}
