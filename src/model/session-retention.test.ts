import { describe, expect, it } from 'vitest';
import { SessionId, type BlobHash } from './ids.ts';
import { listOldSessions, measureHistory, type WeighedSession } from './session-retention.ts';
import { buildHash } from './testing/builders.ts';

/** A session whose weights are written as "digit:bytes". */
function weigh(startedAt: number, ...weights: readonly string[]): WeighedSession {
  return {
    id: SessionId.from(String(startedAt)),
    startedAt,
    group: String(startedAt),
    weights: weights.map((weight) => {
      const [digit = '', bytes] = weight.split(':');
      return { of: buildHash(digit), byteSize: Number(bytes) };
    }),
  };
}

function hold(...digits: readonly string[]): ReadonlySet<BlobHash> {
  return new Set(digits.map(buildHash));
}

/** The sessions that go of these, with at most 100 bytes and five sessions. */
function choose(sessions: readonly WeighedSession[], held = hold()): object {
  const { tooMany, tooLarge } = listOldSessions(sessions, held, { most: 5, cycles: 3, mostBytes: 100 });
  return { tooMany: tooMany.map(({ id }) => id), tooLarge: tooLarge.map(({ id }) => id) };
}

describe('the sessions that make room', () => {
  it('are none while all fit', () => {
    expect(choose([weigh(1, 'a:50'), weigh(2, 'b:50')])).toEqual({ tooMany: [], tooLarge: [] });
  });

  it('are the oldest of too many, whose values then count no more', () => {
    const sessions = [6, 5, 4, 3, 2].map((time) => weigh(time, `${time}:20`));
    expect(choose([weigh(1, 'a:90'), ...sessions])).toEqual({ tooMany: ['1'], tooLarge: [] });
  });

  it('are not those of a run in cycles, which count as one', () => {
    const cycles = [7, 6, 5].map((time) => ({ ...weigh(time), group: 'cycles' }));
    const others = [4, 3, 2, 1].map((time) => weigh(time));
    expect(choose([...cycles, ...others])).toEqual({ tooMany: [], tooLarge: [] });
    expect(choose([weigh(9), ...cycles, ...others])).toEqual({ tooMany: ['1'], tooLarge: [] });
  });

  it('are the oldest of too many cycles, but the last of each run', () => {
    const times = [9, 8, 7, 6, 5, 4, 3];
    const sessions = times.map((time) => ({ ...weigh(time), group: time > 6 ? 'later' : 'earlier' }));
    expect(choose([...sessions, weigh(1)])).toEqual({ tooMany: ['4', '3'], tooLarge: [] });
  });

  it('are the oldest that hold values until the others fit', () => {
    const sessions = [
      weigh(1, '1:0'),
      weigh(2, 'a:60'),
      weigh(3, 'b:60'),
      weigh(4, 'c:60'),
      weigh(5, 'd:10'),
    ];
    expect(choose(sessions)).toEqual({ tooMany: [], tooLarge: ['2', '3'] });
  });

  it('are not those whose values a newer one names too, or a cell, or the notebook', () => {
    const sessions = [weigh(1, 'a:60'), weigh(2, 'b:60'), weigh(3, 'c:60'), weigh(4, 'a:60')];
    expect(choose(sessions, hold('b'))).toEqual({ tooMany: [], tooLarge: ['3'] });
  });

  it('are all that share a value, where it is to go', () => {
    const sessions = [weigh(1, 'a:60'), weigh(2, 'a:60'), weigh(3, 'd:90', 'd:90')];
    expect(choose(sessions)).toEqual({ tooMany: [], tooLarge: ['1', '2'] });
  });

  it('are never the newest', () => {
    expect(choose([weigh(1, 'a:10'), weigh(2, 'b:500')])).toEqual({ tooMany: [], tooLarge: ['1'] });
  });
});

describe('the size of a history', () => {
  it('is told of each session, and of all with what they share counted once', () => {
    const sessions = [weigh(1, 'a:60', 'b:1', 'b:1'), weigh(2, 'a:60', 'c:5'), weigh(3)];
    expect(measureHistory(sessions, hold('c'))).toEqual({
      sessions: new Map([
        ['1', 61],
        ['2', 65],
        ['3', 0],
      ]),
      all: 66,
      historyOnly: 61,
    });
  });
});
