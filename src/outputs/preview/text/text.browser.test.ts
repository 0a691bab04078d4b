import { expect, test } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';

test('a text is shown as it is, under a name that says what it is', async () => {
  const store = new PreviewStore();
  const text = '<b>not bold</b>\n\tindented\n\nend';
  const { screen } = await showPreview({ type: 'text', language: 'python', text: store.keep(text) }, store);

  await expect.element(screen.getByRole('article', { name: 'Preview: Text' })).toBeVisible();
  const region = screen.getByRole('region', { name: 'Text, python' });
  await expect.element(region).toBeVisible();
  expect(region.element().textContent).toBe(text);
});

test('an empty text says so', async () => {
  const store = new PreviewStore();
  const { screen } = await showPreview({ type: 'text', language: null, text: store.keep('') }, store);
  await expect.element(screen.getByText('An empty text')).toBeVisible();
});

test('a text of 10 MB is cut at first, and shown whole it is laid out only near what is seen', async () => {
  const store = new PreviewStore();
  const lines = Array.from(
    { length: 200_000 },
    (_, line) => `line ${String(line).padStart(8, '0')} é ${'x'.repeat(35)}`,
  );
  const text = store.keep(lines.join('\n'));
  const { screen, container } = await showPreview({ type: 'text', language: null, text }, store);
  await expect.element(screen.getByText('The first 100.0 kB of 10.6 MB.')).toBeVisible();

  const laidOut = new Set<EventTarget | null>();
  container.addEventListener('contentvisibilityautostatechange', (event) => {
    if (event instanceof ContentVisibilityAutoStateChangeEvent && !event.skipped) laidOut.add(event.target);
  });
  await screen.getByRole('button', { name: 'Show all' }).click();
  const region = screen.getByRole('region', { name: 'Text' });
  const pieces = () => [...region.element().children];
  await expect.poll(() => pieces().length).toBeGreaterThan(500);
  // Compared without being printed.
  const isWhole =
    pieces()
      .map((piece) => piece.textContent)
      .join('\n') === lines.join('\n');
  expect(isWhole).toBe(true);
  region.element().scrollTop = 1_000_000;
  const { top, bottom } = region.element().getBoundingClientRect();
  const isSeen = (piece: Element) => {
    const box = piece.getBoundingClientRect();
    return box.top < bottom && box.bottom > top;
  };
  await expect.poll(() => pieces().some((piece) => isSeen(piece) && laidOut.has(piece))).toBe(true);
  expect(laidOut.size).toBeLessThan(30);
  await expect.element(screen.getByRole('button', { name: 'Show all' })).not.toBeInTheDocument();
});

test('what cannot be read says why until it is there', async () => {
  const store = new PreviewStore();
  store.isBroken = true;
  const { screen } = await showPreview({ type: 'text', language: null, text: store.keep('here') }, store);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('The browser has lost this value.');

  store.isBroken = false;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('region', { name: 'Text' })).toHaveTextContent('here');
});
