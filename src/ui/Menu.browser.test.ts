import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import './base.css';
import './tokens.css';
import Menu from './Menu.svelte';
import { findMiddle, fitWindow, sendMouse } from './testing/mouse.ts';

/** A field, a menu below what can grow, and a button. */
async function showMenu() {
  await fitWindow();
  document.body.innerHTML =
    '<input aria-label="Field" /><div id="above"></div><div id="place"></div><button>Other</button>';
  const target = document.querySelector('#place');
  const above = document.querySelector<HTMLElement>('#above');
  const field = document.querySelector('input');
  if (!target || !above || !field) throw new Error('they were just made');
  const heard: string[] = [];
  const entries = ['One', 'Two', 'Three'].map((label) => ({ label, run: () => void heard.push(label) }));
  const screen = await render(Menu, { target, props: { label: 'Add cell', text: 'Add cell', entries } });
  const button = screen.getByRole('button', { name: 'Add cell' }).element() as HTMLElement;
  return {
    heard,
    field,
    button,
    grow: () => (above.style.height = '200px'),
    middle: await findMiddle(button),
    items: () => screen.getByRole('menuitem').elements(),
    focused: () => document.activeElement?.textContent.trim(),
  };
}

test('a menu is used by keyboard, and gives the focus back', async () => {
  const { button, heard, items, focused } = await showMenu();
  button.focus();
  const walked: (string | undefined)[] = [];
  for (const key of ['Enter', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'End', 'Home', 'Escape']) {
    await userEvent.keyboard(`{${key}}`);
    await expect.poll(() => items().length).toBe(key === 'Escape' ? 0 : 3);
    walked.push(focused());
  }
  expect(walked).toEqual(['One', 'Two', 'One', 'Three', 'One', 'Three', 'One', 'Add cell']);
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
  expect([heard, focused(), items().length]).toEqual([['Two'], 'Add cell', 0]);
});

test('Tab leaves an open menu for what comes after its button', async () => {
  const { button, items, focused } = await showMenu();
  button.focus();
  await userEvent.keyboard('{Enter}{Tab}');
  await expect.poll(items).toEqual([]);
  expect(focused()).toBe('Other');
});

test('a press elsewhere closes a menu, one on its button too, and one between its entries does not', async () => {
  const { button, field, items } = await showMenu();
  await userEvent.click(button);
  await expect.poll(() => items().length).toBe(3);
  await userEvent.click(page.getByRole('menu'), { position: { x: 1, y: 1 } });
  expect(items().length).toBe(3);
  await userEvent.click(field);
  await expect.poll(items).toEqual([]);
  await userEvent.click(button);
  await userEvent.click(button);
  await expect.poll(items).toEqual([]);
});

test.each<[string, (field: HTMLElement) => void]>([
  ['another field', (field) => field.focus()],
  ['nothing', () => (document.activeElement as HTMLElement).blur()],
])('a menu stays open when a script moves the focus to %s', async (_, moveFocus) => {
  const { button, field, heard, items, focused } = await showMenu();
  const moves = [
    // In the click itself, before the next drawing, and when the menu has the focus.
    () => button.addEventListener('click', () => moveFocus(field), { once: true }),
    () => button.addEventListener('click', () => queueMicrotask(() => moveFocus(field)), { once: true }),
    () => requestAnimationFrame(() => moveFocus(field)),
  ];
  for (const [index, begin] of moves.entries()) {
    button.focus();
    begin();
    button.click();
    await expect.poll(() => items().length).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([index, items().length]).toEqual([index, 3]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(items).toEqual([]);
  }
  button.click();
  await expect.poll(focused).toBe('One');
  moveFocus(field);
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(heard).toEqual(['Three']);
});

test('who types elsewhere is done with the menu', async () => {
  const { button, field, items } = await showMenu();
  button.click();
  await expect.poll(() => items().length).toBe(3);
  field.focus();
  await userEvent.keyboard('x');
  await expect.poll(items).toEqual([]);
  expect(field.value).toBe('x');
});

test('a button that moves away while it is pressed is pressed all the same', async () => {
  const { middle, grow, items } = await showMenu();
  await sendMouse('mouseMoved', middle.x, middle.y);
  await sendMouse('mousePressed', middle.x, middle.y);
  grow();
  await sendMouse('mouseReleased', middle.x, middle.y);
  await expect.poll(() => items().length).toBe(3);
});

test('a press is taken back by moving off the button', async () => {
  const { middle, items } = await showMenu();
  await sendMouse('mouseMoved', middle.x, middle.y);
  await sendMouse('mousePressed', middle.x, middle.y);
  await sendMouse('mouseMoved', middle.x, middle.y + 120);
  await sendMouse('mouseReleased', middle.x, middle.y + 120);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(items()).toEqual([]);
});

test.each([
  ['below its button where there is room', 0, ['button', 'menu']],
  ['above it at the foot of the window', 600, ['menu', 'button']],
])('a menu opens %s, and all of it is seen', async (_, height, order) => {
  const { button } = await showMenu();
  const above = document.querySelector<HTMLElement>('#above');
  if (above) above.style.height = `${String(height)}px`;
  await userEvent.click(button);
  const menu = page.getByRole('menu').element();
  await expect.poll(() => document.activeElement?.textContent.trim()).toBe('One');
  const boxes = [
    { name: 'button', ...button.getBoundingClientRect().toJSON() },
    { name: 'menu', ...menu.getBoundingClientRect().toJSON() },
  ] as { name: string; top: number; bottom: number }[];
  expect(boxes.toSorted((one, other) => one.top - other.top).map(({ name }) => name)).toEqual(order);
  expect(boxes.every(({ top, bottom }) => top >= 0 && bottom <= window.innerHeight)).toBe(true);
});

test('what scrolls brings a menu into view that has no room above its button either', async () => {
  const { button } = await showMenu();
  const place = document.querySelector<HTMLElement>('#place');
  if (!place) throw new Error('it was just made');
  Object.assign(place.style, { height: '80px', overflow: 'auto' });
  await userEvent.click(button);
  await expect.poll(() => document.activeElement?.textContent.trim()).toBe('One');
  expect(place.scrollTop).toBeGreaterThan(0);
});

test('a menu at either side of the window stands within it', async () => {
  const { button, items } = await showMenu();
  const place = document.querySelector<HTMLElement>('#place');
  if (!place) throw new Error('it was just made');
  for (const side of ['0px', `${String(window.innerWidth - 60)}px`]) {
    place.style.marginLeft = side;
    await userEvent.click(button);
    await expect.poll(() => items().length).toBe(3);
    const { left, right } = page.getByRole('menu').element().getBoundingClientRect();
    expect([left >= 4, right <= window.innerWidth - 4]).toEqual([true, true]);
    await userEvent.keyboard('{Escape}');
  }
});
