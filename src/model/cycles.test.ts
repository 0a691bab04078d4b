import { expect, it } from 'vitest';
import { planNextCycle, type CycleEnd, type Cycles } from './cycles.ts';

const end = (cycle: number, change: Partial<CycleEnd> = {}): CycleEnd => ({
  cycle,
  isDone: true,
  rowCount: 1,
  ...change,
});

it.each<[string, Cycles, CycleEnd, number | null]>([
  ['once', { type: 'once' }, end(1), null],
  ['the second of three times', { type: 'times', count: 3 }, end(2), 0],
  ['the last of three times', { type: 'times', count: 3 }, end(3), null],
  ['with rows, until there are none', { type: 'until-empty' }, end(7), 0],
  ['without rows, until there are none', { type: 'until-empty' }, end(8, { rowCount: 0 }), null],
  ['without rows, every ten seconds', { type: 'interval', seconds: 10 }, end(1, { rowCount: 0 }), 10_000],
  ['not well, every ten seconds', { type: 'interval', seconds: 10 }, end(1, { isDone: false }), null],
  ['not well, the first of three times', { type: 'times', count: 3 }, end(1, { isDone: false }), null],
])('a cycle that ended, run %s, is followed after %j', (_what, cycles, ended, wait) => {
  expect(planNextCycle(cycles, ended)).toBe(wait);
});
