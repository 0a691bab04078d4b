import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pauses } from '../query/run.ts';
import { findQuantiles } from './find-quantiles.ts';

const pauses = new Pauses(new AbortController().signal);

/** So many that they are not sorted. */
const many = 70_000;

test('quantiles of many values are those of the sorted ones', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 9 }),
      fc.constantFrom(1, 1e-9, 1e300),
      async (kinds, spread) => {
        const values = Float64Array.from(
          { length: many },
          (_, index) => (kinds[index % kinds.length] ?? 0) + Math.sin(index) * spread,
        );
        const sorted = values.slice().sort();
        const at = (place: number): number => sorted[place] ?? NaN;
        const half = at(many / 2 - 1) + (at(many / 2) - at(many / 2 - 1)) / 2;
        expect(await findQuantiles(values, [0, 0.5, 1], pauses)).toEqual([at(0), half, at(many - 1)]);
      },
    ),
    { numRuns: 10 },
  );
});

test('quantiles of few values lie between them, and of none there is none', async () => {
  expect([
    await findQuantiles(Float64Array.of(4, 1, 3, 2), [0.25, 0.5, 0.75], pauses),
    await findQuantiles(new Float64Array(0), [0.5], pauses),
  ]).toEqual([[1.75, 2.5, 3.25], [NaN]]);
});
