import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellHeight } from './tell-height.ts';

let element: HTMLElement;
let end: () => void;
let told: number[];

beforeEach(() => {
  document.body.innerHTML = '<div style="height: 99.5px"></div>';
  element = document.body.firstElementChild as HTMLElement;
  told = [];
  vi.spyOn(window.parent, 'postMessage').mockImplementation((message: unknown) => {
    const { type, height } = message as { type: string; height: number };
    if (type === 'cahier-height') told.push(height);
  });
  end = tellHeight(element);
});

afterEach(() => {
  end();
  vi.restoreAllMocks();
});

/** Gives it a height, and waits for so many milliseconds. */
async function become(height: number, waitMs: number): Promise<void> {
  element.style.height = `${height}px`;
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

test('heights are told in whole pixels, and parts of a pixel are no change', async () => {
  await expect.poll(() => told).toEqual([100]);
  for (const height of [99.2, 99.9, 98.7, 100]) await become(height, 400);
  expect(told).toEqual([100]);
});

test('what is higher is told at once, and what is lower when it stays so', async () => {
  await expect.poll(() => told).toEqual([100]);
  await become(300, 0);
  await expect.poll(() => told).toEqual([100, 300]);
  await become(40, 50);
  await become(300, 400);
  expect(told).toEqual([100, 300]);
  await become(40, 0);
  await expect.poll(() => told).toEqual([100, 300, 40]);
});
