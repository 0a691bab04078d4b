import { describe, expect, test } from 'vitest';
import { describeOutcome, describeUnchanged, findOutcome } from './import-outcome.ts';
import { buildImportItem, buildImportSummary } from './testing/build-import-summary.ts';
import type { ConflictChoice, ImportChoice } from './workspace-import.ts';

const items = [
  buildImportItem({ id: 'one' }),
  buildImportItem({ id: 'two', state: 'same' }),
  buildImportItem({ id: 'three', state: 'different' }),
  buildImportItem({ kind: 'model', id: 'three', state: 'different' }),
  buildImportItem({ kind: 'schedule', id: 'four', state: 'different' }),
];
const names = { title: 'Mine', fileName: 'Lesson 3.cahier' };

function merge(
  ...choices: readonly (readonly ['notebook' | 'model', string, ConflictChoice])[]
): ImportChoice {
  return { way: 'merge', title: '', conflicts: choices.map(([kind, id, choice]) => ({ kind, id, choice })) };
}

describe('what an import comes to', () => {
  test('is what is new, what is taken and what is kept beside each other', () => {
    const choice = merge(['notebook', 'three', 'take'], ['model', 'three', 'both']);
    const outcome = findOutcome(buildImportSummary({ items }), choice);
    const list = (some: typeof items): string[] => some.map(({ kind, id }) => `${kind} ${id}`);
    expect([list([...outcome.added]), list([...outcome.replaced]), list([...outcome.left])]).toEqual([
      ['notebook one', 'model three'],
      ['notebook three'],
      ['notebook two', 'schedule four'],
    ]);
    expect(describeUnchanged(outcome, names.fileName)).toBeNull();
    expect(describeOutcome('merge', outcome, names)).toBe(
      'From “Lesson 3.cahier” came into the workspace “Mine”: 1 notebook and 1 model added, 1 notebook replaced and 2 things left as they are here.',
    );
  });

  test('is all of it where it becomes a workspace', () => {
    const told = (way: 'new' | 'replace'): string => {
      const choice: ImportChoice = { way, title: '', conflicts: [] };
      return describeOutcome(way, findOutcome(buildImportSummary({ items }), choice), names);
    };
    expect(told('new')).toBe(
      '“Lesson 3.cahier” was imported as the workspace “Mine”, with 3 notebooks, 1 model and 1 schedule.',
    );
    expect(told('replace')).toBe(
      '“Lesson 3.cahier” was imported: this workspace is “Mine” now, with 3 notebooks, 1 model and 1 schedule.',
    );
  });

  test.each([
    { states: [], told: 'There is nothing in “Lesson 3.cahier” that could be added. Nothing was changed.' },
    {
      states: ['same', 'same'],
      told: 'Nothing in “Lesson 3.cahier” is new: all of it is here already. Nothing was changed.',
    },
    {
      states: ['different'],
      told: 'Nothing was taken from “Lesson 3.cahier”: of 1 thing that differs, yours was kept. Nothing was changed.',
    },
    {
      states: ['different', 'different', 'same'],
      told: 'Nothing was taken from “Lesson 3.cahier”: of 2 things that differ, yours were kept, and the rest is here already. Nothing was changed.',
    },
  ] as const)('is nothing where what is in it is $states', ({ states, told }) => {
    const found = states.map((state, index) => buildImportItem({ id: `${index}`, state }));
    expect(
      describeUnchanged(findOutcome(buildImportSummary({ items: found }), merge()), names.fileName),
    ).toBe(told);
  });
});
