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
/** So long a finger rests on what it could scroll from as well, in milliseconds, before it drags. */
const restTime = 300;
/** So far a resting finger trembles, in pixels. */
const tremble = 10;
/** So near to the edge of what scrolls, in pixels, it scrolls. */
const edge = 48;
/** The most that is scrolled for one drawing, in pixels. */
const fastest = 18;

/**
 * Follows a mouse, finger or pen from where it was pressed until it is let go; Escape gives up. What scrolls around the
 * element does so where the pointer comes near its edges. The press that it began with is no click then. Fingers drag at
 * once where the element has `touch-action: none`; elsewhere they scroll from it, and drag after they have rested on it,
 * which needs `letFingersRest`.
 */
export function followPointer(down: PointerEvent, element: HTMLElement, follower: PointerFollower): void {
  if (down.button !== 0 || !down.isPrimary) return;
  const stop = new AbortController();
  const { signal } = stop;
  const scroller = findScroller(element);
  let place: PointerPlace = { x: down.clientX, y: down.clientY };
  let hasStarted = false;
  let hasMoved = false;
  let frame = 0;

  const start = (): void => {
    hasStarted = true;
    // Frames on the page would keep the pointer's moves for themselves.
    element.setPointerCapture(down.pointerId);
    follower.start();
    frame = requestAnimationFrame(scroll);
  };
  const isFinger = down.pointerType === 'touch';
  const mustRest = isFinger && getComputedStyle(element).touchAction !== 'none';
  const rest = mustRest
    ? setTimeout(() => {
        start();
        follower.move(place);
      }, restTime)
    : undefined;
  const finish = (isDropped: boolean): void => {
    stop.abort();
    clearTimeout(rest);
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
    const distance = Math.hypot(place.x - down.clientX, place.y - down.clientY);
    if (!hasStarted && mustRest) {
      if (distance >= tremble) finish(false);
      return;
    }
    hasMoved ||= distance >= threshold;
    if (!hasMoved) return;
    if (!hasStarted) start();
    event.preventDefault();
    follower.move(place);
  };
  const listen = { signal, capture: true };
  window.addEventListener('pointermove', move, listen);
  window.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      // A finger that only rested meant a press.
      if (hasMoved) dropNextClick();
      finish(hasMoved);
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
  if (isFinger) {
    // The browser's own answers to a finger: it would scroll, and show a menu once the finger has rested.
    const refuse = (event: Event): void => {
      if (hasStarted && event.cancelable) event.preventDefault();
    };
    window.addEventListener('touchmove', refuse, { ...listen, passive: false });
    window.addEventListener('contextmenu', refuse, listen);
  }
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

/**
 * For what fingers both scroll from and drag: WebKit asks the page whether a finger may scroll only where somebody listened
 * before the finger came down. https://bugs.webkit.org/show_bug.cgi?id=184250
 */
export function letFingersRest(element: HTMLElement): () => void {
  const listen = (): void => undefined;
  element.addEventListener('touchmove', listen, { passive: false });
  return () => {
    element.removeEventListener('touchmove', listen);
  };
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
