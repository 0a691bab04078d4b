/** A place in the window, in pixels. */
export interface PointerPlace {
  readonly x: number;
  readonly y: number;
}

/** What is told of a drag. */
export interface PointerFollower {
  /** The pointer has moved far enough to mean it. */
  readonly start: () => void;
  /** Where the pointer is now; told again when the page moved under it. */
  readonly move: (place: PointerPlace) => void;
  /** The drag is over: let go at the last place, or given up. Told once, after `start` alone. */
  readonly end: (isDropped: boolean) => void;
}

/** So far the pointer moves, in pixels, before it is a drag and no press. */
const threshold = 5;
/** So near to the edge of what scrolls, in pixels, it scrolls. */
const edge = 48;
/** The most that is scrolled for one drawing, in pixels. */
const fastest = 18;

/**
 * Follows a mouse, finger or pen from where it was pressed until it is let go; Escape gives up. What scrolls around the
 * element does so where the pointer comes near its edges. The press that it began with is no click then. For fingers the
 * element needs `touch-action: none`, else they scroll.
 */
export function followPointer(down: PointerEvent, element: HTMLElement, follower: PointerFollower): void {
  if (down.button !== 0 || !down.isPrimary) return;
  const stop = new AbortController();
  const { signal } = stop;
  const scroller = findScroller(element);
  let place: PointerPlace = { x: down.clientX, y: down.clientY };
  let hasStarted = false;
  let frame = 0;

  const finish = (isDropped: boolean): void => {
    stop.abort();
    cancelAnimationFrame(frame);
    if (hasStarted) follower.end(isDropped);
  };
  const scroll = (): void => {
    const step = scroller ? findStep(place.y, scroller.getBoundingClientRect()) : 0;
    const before = scroller?.scrollTop;
    scroller?.scrollBy(0, step);
    if (scroller?.scrollTop !== before) follower.move(place);
    frame = requestAnimationFrame(scroll);
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    place = { x: event.clientX, y: event.clientY };
    if (!hasStarted) {
      if (Math.hypot(place.x - down.clientX, place.y - down.clientY) < threshold) return;
      hasStarted = true;
      // Frames on the page would keep the pointer's moves for themselves.
      element.setPointerCapture(event.pointerId);
      follower.start();
      frame = requestAnimationFrame(scroll);
    }
    event.preventDefault();
    follower.move(place);
  };
  const listen = { signal, capture: true };
  window.addEventListener('pointermove', move, listen);
  window.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      if (hasStarted) dropNextClick();
      finish(hasStarted);
    },
    listen,
  );
  window.addEventListener(
    'pointercancel',
    ({ pointerId }) => {
      if (pointerId === down.pointerId) finish(false);
    },
    listen,
  );
  window.addEventListener('blur', () => finish(false), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (!hasStarted || event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      // The button is still down: its click comes when it is let go.
      window.addEventListener('pointerup', dropNextClick, { capture: true, once: true });
      finish(false);
    },
    listen,
  );
}

/** The click that the browser makes of the pointer's down and up comes at once, if it comes. */
function dropNextClick(): void {
  const stop = new AbortController();
  window.addEventListener(
    'click',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, signal: stop.signal },
  );
  setTimeout(() => {
    stop.abort();
  });
}

/** How far to scroll at this height: the faster, the nearer to the edge or beyond it. */
function findStep(y: number, { top, bottom }: DOMRect): number {
  const above = top + edge - y;
  const below = y - (bottom - edge);
  if (above > 0) return -Math.ceil(fastest * Math.min(1, above / edge));
  return below > 0 ? Math.ceil(fastest * Math.min(1, below / edge)) : 0;
}

function findScroller(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    const isScrolling = overflowY === 'auto' || overflowY === 'scroll';
    if (isScrolling && parent.scrollHeight > parent.clientHeight) return parent;
  }
  return null;
}
