import { describe, expect, test } from 'vitest';
import { findPagePlace, type FramedWindow } from './find-page-place.ts';

const own = 'https://cahier.example';

/** A page of this address within pages of these origins, the outermost first. */
function build(search: string, origins: readonly string[]): FramedWindow {
  const windows: { location: { origin: string; search: string }; parent: unknown }[] = [];
  for (const origin of [...origins, own]) {
    const made = { location: { origin, search }, parent: windows.at(-1) as unknown };
    made.parent ??= made;
    windows.push(made);
  }
  const page = windows.at(-1);
  if (!page) throw new Error('there is a page');
  return page;
}

/** As a browser shows the window of another origin. */
const sealed = {
  get location(): never {
    throw new DOMException('Blocked a frame', 'SecurityError');
  },
};

describe('a page of the app', () => {
  test.each([
    ['alone', 'tab', build('', [])],
    ['alone, with a workspace to open', 'tab', build('?open=a.cahier', [])],
    ['within its own origin', 'tab', build('', [own, own])],
    ['within another origin', 'framed', build('', ['https://school.example'])],
    ['within another origin within its own', 'framed', build('', [own, 'https://school.example'])],
    ['within its own origin within another', 'framed', build('', ['https://school.example', own])],
    ['within a page of no origin', 'framed', build('', ['null'])],
    ['within a window that cannot be looked into', 'framed', { ...build('', []), parent: sealed }],
    ['asked to show one notebook', 'embedded', build('?embed', ['https://school.example'])],
    ['asked so in a tab', 'embedded', build('?embed&open=a.cahier', [])],
  ])('%s is %s', (_where, place, page) => {
    expect(findPagePlace(page)).toBe(place);
  });
});
