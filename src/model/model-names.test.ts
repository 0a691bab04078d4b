import { describe, expect, it } from 'vitest';
import { createFreeName, findNameProblem } from './model-names.ts';

describe('the name of a model', () => {
  it.each([
    ['iris'],
    ['a/b\\c'],
    ['🌸 iris 👩‍🔬'],
    ['x'],
    ['n'.repeat(200)],
    ['🌸'.repeat(200)],
    ['con'],
    ['модель'],
  ])('may be %s', (name) => {
    expect(findNameProblem('model', name, ['other'])).toBe(null);
  });

  it.each([
    ['', 'A model needs a name.'],
    [' iris', 'A name begins and ends with no space.'],
    ['iris ', 'A name begins and ends with no space.'],
    ['n'.repeat(201), 'A name has at most 200 characters, and this one has 201.'],
    ['a\nb', 'A name has no line breaks, tabs or other control characters.'],
    ['a\u0000b', 'A name has no line breaks, tabs or other control characters.'],
    ['a\u2028b', 'A name has no line breaks, tabs or other control characters.'],
    ['a\ud800b', 'A name has no line breaks, tabs or other control characters.'],
    ['taken', 'There is a model “taken” already.'],
  ])('is not %j', (name, problem) => {
    expect(findNameProblem('model', name, ['taken'])).toBe(problem);
  });

  it('is free under the next number, and never too long', () => {
    expect(createFreeName('iris', [])).toBe('iris');
    expect(createFreeName('iris', ['iris', 'iris 2'])).toBe('iris 3');
    const long = 'n'.repeat(200);
    const cut = 'n'.repeat(194);
    expect(createFreeName(long, [long])).toBe(cut);
    expect(createFreeName(long, [long, cut])).toBe(`${cut} 2`);
  });
});
