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
  vi.advanceTimersByTime(8_949);
  expect(listTexts(notices)).toEqual(['Storage is full.', 'A cell was deleted.']);
  vi.advanceTimersByTime(1);
  expect(listTexts(notices)).toEqual(['Storage is full.']);
});

test('an offer that has the focus or the pointer waits for it to leave', () => {
  const notices = new Notices();
  notices.offer('A cell was deleted.', undo);
  notices.hold(notices.list[0]?.id ?? null);
  vi.advanceTimersByTime(18_000);
  expect(listTexts(notices)).toEqual(['A cell was deleted.']);
  notices.hold(null);
  vi.advanceTimersByTime(9_000);
  expect(listTexts(notices)).toEqual([]);
});

test('a longer offer stays longer, within a limit', () => {
  const stays = [20, 100, 1_000].map((length) => {
    const notices = new Notices();
    const begin = Date.now();
    notices.offer('x'.repeat(length), undo);
    vi.runAllTimers();
    return Date.now() - begin;
  });
  expect(stays).toEqual([9_000, 13_000, 16_000]);
});

test('an offer goes soon after the dialog that it was made in, and no later than it would have', () => {
  const notices = new Notices();
  notices.hasten();
  notices.offer('A cell was deleted.', undo);
  vi.advanceTimersByTime(1_000);
  notices.hasten();
  vi.advanceTimersByTime(3_000);
  notices.hasten();
  expect(listTexts(notices)).toEqual(['A cell was deleted.']);
  vi.advanceTimersByTime(1_000);
  expect(listTexts(notices)).toEqual([]);
});

test('an offer goes when another takes its place, or when its matter is settled', () => {
  const notices = new Notices();
  notices.offer('A cell was deleted.', undo);
  notices.offer('“iris” was deleted.', undo, 'iris');
  expect(listTexts(notices)).toEqual(['“iris” was deleted.']);
  notices.settle('wine');
  expect(listTexts(notices)).toEqual(['“iris” was deleted.']);
  notices.settle('iris');
  expect(listTexts(notices)).toEqual([]);
  // What was left of the time of the one before is not the time of the next.
  vi.advanceTimersByTime(8_000);
  notices.offer('A cell was deleted.', undo);
  vi.advanceTimersByTime(8_000);
  expect(listTexts(notices)).toEqual(['A cell was deleted.']);
});
