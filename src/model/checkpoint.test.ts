import { describe, expect, it } from 'vitest';
import { getCheckpointValue, setCheckpoint, type CheckpointEntry } from './checkpoint.ts';
import { CellId, JobId, NotebookId, SessionId } from './ids.ts';

const place = { cellId: CellId.from('c'), notebookId: NotebookId.from('n'), column: 'id' };
const origin = { jobId: JobId.from('j'), sessionId: SessionId.from('s') };
const buildEntry = (text: string, at = 1): CheckpointEntry => ({
  value: { type: 'integer', text },
  at,
  origin,
});

describe('a checkpoint', () => {
  it('has no value before the first', () => {
    expect(getCheckpointValue(null, 'id')).toBe(null);
  });

  it('has the value that was set last, and what it was before', () => {
    const first = setCheckpoint(null, place, buildEntry('7', 1));
    const second = setCheckpoint(first, place, buildEntry('9007199254740993', 2));
    expect(getCheckpointValue(second, 'id')).toEqual({ type: 'integer', text: '9007199254740993' });
    expect(second).toEqual({ ...place, history: [buildEntry('9007199254740993', 2), buildEntry('7', 1)] });
  });

  it('has none after a reset, which is in its history', () => {
    const reset = setCheckpoint(setCheckpoint(null, place, buildEntry('7')), place, {
      value: null,
      at: 2,
      origin: null,
    });
    expect(getCheckpointValue(reset, 'id')).toBe(null);
    expect(reset.history).toEqual([{ value: null, at: 2, origin: null }, buildEntry('7')]);
  });

  it('begins anew with another column', () => {
    const checkpoint = setCheckpoint(null, place, buildEntry('7'));
    expect(getCheckpointValue(checkpoint, 'date')).toBe(null);
    const other = setCheckpoint(checkpoint, { ...place, column: 'date' }, buildEntry('8'));
    expect(other.history).toEqual([buildEntry('8')]);
  });

  it('forgets what is older than its last 200 values', () => {
    const values = Array.from({ length: 250 }, (_, index) => buildEntry(String(index)));
    const [first, ...others] = values;
    if (!first) throw new Error('no values');
    const checkpoint = others.reduce(
      (before, entry) => setCheckpoint(before, place, entry),
      setCheckpoint(null, place, first),
    );
    expect(checkpoint.history).toHaveLength(200);
    expect(checkpoint.history.at(-1)).toEqual(buildEntry('50'));
  });
});
