import type { Connection, HandlePlace } from '../../model/handles.ts';
import { isSamePlace } from '../../model/connections.ts';
import { followPointer, type PointerPlace } from '../../ui/follow-pointer.ts';

/** A line in the window, in pixels. */
export interface DragLine {
  readonly from: PointerPlace;
  readonly to: PointerPlace;
}

/** So far around a finger or the mouse an input is found, in pixels. */
const reach = 14;

/** A connection that is drawn from an output with the pointer, until it is let go. */
export class ConnectionDrag {
  #from = $state.raw<HandlePlace | null>(null);
  #over = $state.raw<HandlePlace | null>(null);
  #line = $state.raw<DragLine | null>(null);
  /** The inputs that are on the page. */
  readonly #inputs = new Map<HTMLElement, HandlePlace>();

  /** The output that is dragged. */
  get from(): HandlePlace | null {
    return this.#from;
  }

  get line(): DragLine | null {
    return this.#line;
  }

  /** Whether the pointer is over this input. */
  isOver(place: HandlePlace): boolean {
    return this.#over !== null && isSamePlace(this.#over, place);
  }

  /** An input that a connection may be let go on, for as long as it is on the page. */
  offer(place: HandlePlace): (element: HTMLElement) => () => void {
    return (element) => {
      this.#inputs.set(element, place);
      return () => {
        this.#inputs.delete(element);
      };
    };
  }

  /** Begins at an output that was pressed. `connect` is told where it was let go. */
  begin(
    event: PointerEvent,
    element: HTMLElement,
    from: HandlePlace,
    connect: (connection: Connection) => void,
  ): void {
    followPointer(event, element, {
      start: () => {
        this.#from = from;
      },
      move: (place) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        this.#line = { from: { x: left + width / 2, y: top + height / 2 }, to: place };
        this.#over = this.#findInput(place);
      },
      end: (isDropped) => {
        const to = this.#over;
        this.#from = null;
        this.#over = null;
        this.#line = null;
        if (isDropped && to) connect({ from, to });
      },
    });
  }

  #findInput({ x, y }: PointerPlace): HandlePlace | null {
    const steps = [0, -reach, reach];
    for (const across of steps) {
      for (const down of steps) {
        const hit = document.elementFromPoint(x + across, y + down);
        for (const [element, place] of this.#inputs) if (element.contains(hit)) return place;
      }
    }
    return null;
  }
}
