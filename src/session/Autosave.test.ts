import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave } from './Autosave.ts';

describe('autosave', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves the newest value once typing pauses', () => {
    const saved: string[] = [];
    const autosave = new Autosave<string>((value) => saved.push(value));
    autosave.schedule('a');
    autosave.schedule('ab');
    expect(saved).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(saved).toEqual(['ab']);
    vi.advanceTimersByTime(5_000);
    expect(saved).toEqual(['ab']);
  });

  it('saves typing that never pauses often enough to lose no more than a second of it', () => {
    const saved: { value: number; at: number }[] = [];
    const autosave = new Autosave<number>((value) => saved.push({ value, at: Date.now() }));
    const start = Date.now();
    for (let keystroke = 1; keystroke <= 40; keystroke += 1) {
      autosave.schedule(keystroke);
      vi.advanceTimersByTime(100);
    }
    const times = [start, ...saved.map(({ at }) => at)];
    const gaps = saved.map(({ at }, index) => at - (times[index] ?? 0));
    expect(saved.length).toBeGreaterThan(3);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(500);
  });

  it('saves what waits no more once something newer is stored, but what comes then', () => {
    const saved: string[] = [];
    const autosave = new Autosave<string>((value) => saved.push(value));
    autosave.schedule('older');
    autosave.drop();
    autosave.flush();
    vi.advanceTimersByTime(5_000);
    expect(saved).toEqual([]);
    autosave.schedule('newest');
    vi.advanceTimersByTime(300);
    expect(saved).toEqual(['newest']);
  });

  it('saves nothing by itself while it is held, and what waits when it goes on', () => {
    const saved: string[] = [];
    const autosave = new Autosave<string>((value) => saved.push(value));
    autosave.schedule('a');
    autosave.hold();
    autosave.schedule('ab');
    vi.advanceTimersByTime(5_000);
    expect([saved, autosave.isHeld]).toEqual([[], true]);
    autosave.goOn();
    vi.advanceTimersByTime(300);
    expect([saved, autosave.isHeld]).toEqual([['ab'], false]);
    autosave.hold();
    autosave.schedule('abc');
    autosave.flush();
    expect(saved).toEqual(['ab', 'abc']);
  });

  it('saves at once when told to, and not a second time', () => {
    const saved: string[] = [];
    const autosave = new Autosave<string>((value) => saved.push(value));
    autosave.schedule('a');
    autosave.flush();
    autosave.flush();
    vi.advanceTimersByTime(5_000);
    expect(saved).toEqual(['a']);
  });
});
