import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Notices } from './Notices.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const undo = { label: 'Undo', run: () => undefined };

function listTexts({ list }: Notices): string[] {
  return list.map(({ text }) => text);
}

test('an offer goes by itself, and a problem stays', () => {
  const notices = new Notices();
  notices.tell('Storage is full.');
  notices.offer('A cell was deleted.', undo);
  vi.advanceTimersByTime(11_999);
  expect(listTexts(notices)).toEqual(['Storage is full.', 'A cell was deleted.']);
  vi.advanceTimersByTime(1);
  expect(listTexts(notices)).toEqual(['Storage is full.']);
});

test('an offer that has the focus or the pointer waits for it to leave', () => {
  const notices = new Notices();
  notices.offer('A cell was deleted.', undo);
  notices.hold(notices.list[0]?.id ?? null);
  vi.advanceTimersByTime(24_000);
  expect(listTexts(notices)).toEqual(['A cell was deleted.']);
  notices.hold(null);
  vi.advanceTimersByTime(12_000);
  expect(listTexts(notices)).toEqual([]);
});
