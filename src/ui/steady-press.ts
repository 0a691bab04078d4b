/** A pointer that moved less than this, in pixels, while it was down did not leave: what it pressed moved away under it. */
const stillness = 8;

/**
 * For a button on a page that moves while it is pressed: what grows above it, say, would take it away between the mouse's
 * down and up, and the browser would then click nothing. The button keeps the press; who moves off it takes the press back.
 */
export function steadyPress(button: HTMLElement): void {
  let start = { clientX: 0, clientY: 0 };
  button.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    start = { clientX: event.clientX, clientY: event.clientY };
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener(
    'click',
    (event) => {
      // A click by keyboard, or by a script, has no place.
      if (event.detail === 0 || !hasLeft(event, start, button)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

type Place = Pick<MouseEvent, 'clientX' | 'clientY'>;

function hasLeft({ clientX, clientY }: Place, start: Place, button: HTMLElement): boolean {
  if (Math.hypot(clientX - start.clientX, clientY - start.clientY) < stillness) return false;
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
