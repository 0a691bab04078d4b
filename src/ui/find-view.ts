import { readSeenPart } from './seen-part.ts';

/** From where to where something may be seen in the window, in its pixels. */
export interface View {
  readonly top: number;
  readonly bottom: number;
}

/** What of the window is left to an element by those around it that scroll or cut off what reaches out of them. */
export function findView(element: Element): View {
  let { top, bottom } = readSeenPart();
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflowY === 'visible') continue;
    const box = around.getBoundingClientRect();
    top = Math.max(top, box.top);
    bottom = Math.min(bottom, box.bottom);
  }
  return { top, bottom };
}
