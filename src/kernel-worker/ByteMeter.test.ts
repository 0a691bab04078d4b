import { describe, expect, it } from 'vitest';
import type { ByteProgress } from '../model/run-state.ts';
import { ByteMeter } from './ByteMeter.ts';

describe('the byte meter', () => {
  it('adds up files that are expected and files that join', () => {
    const meter = new ByteMeter({ 'a.whl': 100 }, () => undefined);
    meter.add('a.whl', 40, null);
    meter.add('b.whl', 10, 50);
    expect(meter.progress).toEqual({ loadedBytes: 50, totalBytes: 150 });
  });

  it('does not know the total of nothing', () => {
    expect(new ByteMeter({}, () => undefined).progress).toEqual({ loadedBytes: 0, totalBytes: null });
  });

  it('never says that more has come than there is', () => {
    const meter = new ByteMeter({}, () => undefined);
    meter.add('packed.whl', 500, 100);
    expect(meter.progress).toEqual({ loadedBytes: 500, totalBytes: 500 });
  });

  it('reports the first piece at once and not every one that follows', () => {
    const reports: ByteProgress[] = [];
    const meter = new ByteMeter({ a: 1_000 }, (progress) => reports.push(progress));
    for (let piece = 0; piece < 100; piece += 1) meter.add('a', 10, null);
    expect(reports).toEqual([{ loadedBytes: 10, totalBytes: 1_000 }]);
  });
});
