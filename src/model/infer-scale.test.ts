import { expect, it } from 'vitest';
import { inferScale } from './infer-scale.ts';

it('is ratio for numbers, interval for times, nominal for what is only told apart', () => {
  const types = ['int64', 'uint64', 'integer', 'float64', 'date', 'datetime'] as const;
  expect(types.map(inferScale)).toEqual(['ratio', 'ratio', 'ratio', 'ratio', 'interval', 'interval']);
  const others = ['null', 'bool', 'string', 'mixed', 'nested'] as const;
  expect(others.map(inferScale)).toEqual(others.map(() => 'nominal'));
});
