import { expect, it } from 'vitest';
import { findMoment, getComputerOffset } from './local-time.ts';

it('the local times of this computer come when its dates say', () => {
  for (let day = 1; day <= 365; day += 1) {
    const local = Date.UTC(2026, 0, day, 8, 30);
    expect(findMoment(local, getComputerOffset)).toBe(new Date(2026, 0, day, 8, 30).getTime());
  }
});
