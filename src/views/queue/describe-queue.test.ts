import { describe, expect, it } from 'vitest';
import { CellId } from '../../model/ids.ts';
import type { KernelState } from '../../model/kernel-state.ts';
import { describeQueue } from './describe-queue.ts';

const ready: KernelState = {
  status: 'ready',
  pythonVersion: '3.13.2',
  memory: { heapBytes: 1, limitBytes: 2 },
  isFromSnapshot: true,
};

function describeAt(
  position: number,
  total: number,
  kernel: KernelState = ready,
  areCyclesActive = false,
): string {
  const runningId = position === 0 ? null : CellId.from('cell');
  return describeQueue({ runningId, waiting: [], position, total }, kernel, areCyclesActive);
}

describe('the queue in the toolbar', () => {
  it('says how far it is', () => {
    expect([describeAt(1, 1), describeAt(2, 5), describeAt(0, 0)]).toEqual([
      'Running',
      'Running 2 of 5',
      'Nothing runs',
    ]);
  });

  it('says that a cycle is waited for, and not that nothing runs', () => {
    expect([describeAt(0, 0, ready, true), describeAt(1, 1, ready, true)]).toEqual([
      'Next cycle awaited',
      'Running',
    ]);
  });

  it('says what waits while Python starts, and that what runs is being stopped', () => {
    expect(describeAt(1, 5, { status: 'starting', progress: null })).toBe('5 queued');
    expect(describeAt(2, 5, { ...ready, status: 'busy', isStopping: true })).toBe('Stopping');
  });
});
