import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pauses } from '../query/run.ts';
import { findQuantile, findRanked } from './find-quantiles.ts';

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
        const [low, high] = [at(many / 2 - 1), at(many / 2)];
        expect([
          await findQuantile(values, 0.5, pauses),
          ...(await findRanked(values, [0, 17_499, many - 1], pauses)),
        ]).toEqual([low === high ? low : low + (high - low) / 2, at(0), at(17_499), at(many - 1)]);
      },
    ),
    { numRuns: 10 },
  );
});

test('quantiles of few values lie between them, and of none there is none', async () => {
  const quantiles = [0.25, 0.5, 0.75].map((share) =>
    findQuantile(Float64Array.of(4, 1, 3, 2), share, pauses),
  );
  expect(await Promise.all(quantiles)).toEqual([1.75, 2.5, 3.25]);
  expect(await findQuantile(new Float64Array(0), 0.5, pauses)).toBe(NaN);
});
