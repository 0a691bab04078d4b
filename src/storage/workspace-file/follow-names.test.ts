import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followRenames } from '../../model/model-renames.ts';
import { followNames, listRenames } from './follow-names.ts';

it('gives the same names one after the other as all at once, also where two change theirs with each other', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const shuffled = fc
    .tuple(fc.subarray(names), fc.shuffledSubarray([...names, 'x', 'y'], { minLength: 6 }))
    .map(([from, to]) => new Map(from.map((name, index) => [name, to[index] ?? name])));
  fc.assert(
    fc.property(shuffled, (model) => {
      const changed = new Map([...model].filter(([from, to]) => from !== to));
      const atOnce = followNames({ model: changed, group: new Map() });
      const inTurn = followRenames(listRenames('model', changed));
      expect(names.map((name) => inTurn('model', name))).toEqual(names.map((name) => atOnce('model', name)));
    }),
  );
});
