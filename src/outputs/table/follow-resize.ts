/** Follows the pointer from where the edge of a column was pressed until it is let go, and tells how far it has moved. */
export function followResize(
  down: PointerEvent,
  handle: HTMLElement,
  move: (distance: number) => void,
): void {
  if (down.button !== 0) return;
  down.preventDefault();
  down.stopPropagation();
  handle.setPointerCapture(down.pointerId);
  const stop = new AbortController();
  const { signal } = stop;
  const end = () => {
    stop.abort();
  };
  handle.addEventListener(
    'pointermove',
    ({ clientX }) => {
      move(clientX - down.clientX);
    },
    { signal },
  );
  handle.addEventListener('pointerup', end, { signal });
  handle.addEventListener('pointercancel', end, { signal });
}
