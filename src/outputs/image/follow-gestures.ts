import type { Point } from './image-view.ts';

/** What is told of gestures on a stage; points are measured from its corner. */
export interface GestureFollower {
  /** By the wheel, or by two fingers. */
  readonly zoom: (factor: number, point: Point) => void;
  readonly pan: (by: Point) => void;
}

/** A line of a wheel that counts in lines, in pixels. */
const lineHeight = 16;

/**
 * Follows the wheel, the drag of a pointer and the pinch of two fingers, which a trackpad tells of as a wheel with Ctrl. The
 * element needs `touch-action: none`. Gives what ends it.
 */
export function followGestures(element: HTMLElement, follower: GestureFollower): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, Point>();

  const toPlace = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const turn = (event: WheelEvent): void => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1);
    follower.zoom(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), toPlace(event));
  };
  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, toPlace(event));
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const place = toPlace(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, place);
    // Of two fingers each moves the middle between them by half of its way.
    const share = other ? 0.5 : 1;
    follower.pan({ x: (place.x - before.x) * share, y: (place.y - before.y) * share });
    if (!other) return;
    const middle = { x: (place.x + other.x) / 2, y: (place.y + other.y) / 2 };
    follower.zoom(distance(place, other) / Math.max(1, distance(before, other)), middle);
  };
  const release = ({ pointerId }: PointerEvent): void => {
    pointers.delete(pointerId);
  };
  element.addEventListener('wheel', turn, { signal, passive: false });
  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('pointercancel', release, { signal });
  return () => {
    stop.abort();
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
