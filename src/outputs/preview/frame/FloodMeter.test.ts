import { expect, it } from 'vitest';
import { FloodMeter } from './FloodMeter.ts';

it('counts anew each second', () => {
  let now = 0;
  const meter = new FloodMeter(2, () => now);
  expect([meter.isFlood(), meter.isFlood(), meter.isFlood()]).toEqual([false, false, true]);
  now = 999;
  expect(meter.isFlood()).toBe(true);
  now = 1000;
  expect(meter.isFlood()).toBe(false);
});
