import { cdp, page } from 'vitest/browser';

/** Gives the page a size that fits into the browser's window: a larger one is drawn smaller, and the mouse misses. */
export async function fitWindow(width = 1000, height = 700): Promise<void> {
  await page.viewport(width, height);
}

/** One event of a real mouse at a place of this page, in pixels; between two of them things can happen. */
export async function sendMouse(
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
  x: number,
  y: number,
  isHeld = type === 'mousePressed',
  pointerType: 'mouse' | 'pen' = 'mouse',
): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect();
  await cdp().send('Input.dispatchMouseEvent', {
    type,
    x: (frame?.left ?? 0) + x,
    y: (frame?.top ?? 0) + y,
    button: type === 'mouseMoved' && !isHeld ? 'none' : 'left',
    buttons: isHeld ? 1 : 0,
    clickCount: type === 'mouseMoved' ? 0 : 1,
    pointerType,
  });
}

/** The middle of what is drawn, once it stands still. */
export async function findMiddle(element: Element): Promise<{ readonly x: number; readonly y: number }> {
  for (let before = ''; ;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const { left, top, width, height } = element.getBoundingClientRect();
    const now = JSON.stringify([left, top, width, height]);
    if (now === before) return { x: left + width / 2, y: top + height / 2 };
    before = now;
  }
}

/** One event of a finger at a place of this page, in pixels. */
export async function sendTouch(
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  x: number,
  y: number,
): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect();
  const point = { x: (frame?.left ?? 0) + x, y: (frame?.top ?? 0) + y };
  await cdp().send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [point] });
}
