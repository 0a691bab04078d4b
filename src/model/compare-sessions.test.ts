import { describe, expect, it } from 'vitest';
import { compareSessions } from './compare-sessions.ts';
import { createPlainError, type Job } from './job.ts';
import type { StoredOutput } from './outputs.ts';
import { buildCell, buildHash, buildJob, buildOutput, buildScriptlet } from './testing/builders.ts';

const cell = buildScriptlet('cell', ['in'], ['out']);

function done(digit: string, partial: Partial<Job> = {}): Job {
  const outcome = { status: 'done', outputs: [buildOutput('out', buildHash(digit))], images: [] } as const;
  return buildJob(cell, 1_000, { outcome, ...partial });
}

describe('two sessions', () => {
  it('are compared cell by cell', () => {
    const inputs = [{ handle: 'in', hash: 'a', from: { type: 'value' } }] as const;
    const outcome = { status: 'failed', error: createPlainError('exception', 'no') } as const;
    const alone = buildJob(buildCell('alone'), 1_000);
    const compare = (before: Job, after: Job): unknown =>
      compareSessions([before, alone], [after]).map(({ title, differences }) => [title, differences]);
    expect(compare(done('1'), done('1'))).toEqual([
      ['cell', []],
      ['alone', []],
    ]);
    expect(compare(done('1'), done('2', { source: 'x = 2', inputs }))).toEqual([
      ['cell', ['its source', 'the input in', 'the output out']],
      ['alone', []],
    ]);
    const targets = [{ nodeId: 'two', title: 'Two', inputHandle: 'in' }];
    const outputs = [{ ...buildOutput('out', buildHash('1')), targets }];
    expect(compare(done('1'), done('1', { outcome: { status: 'done', outputs, images: [] } }))).toEqual([
      ['cell', ['the output out']],
      ['alone', []],
    ]);
    expect(compare(done('1'), done('1', { outcome }))).toEqual([
      ['cell', ['how it ended', 'the output out']],
      ['alone', []],
    ]);
  });

  it('are the same where the outputs for several inputs came in another order', () => {
    const sendTo = (nodeId: string, digit: string): StoredOutput => ({
      ...buildOutput('out', buildHash(digit)),
      targets: [{ nodeId, title: nodeId, inputHandle: 'in' }],
    });
    const [one, two] = [sendTo('one', '1'), sendTo('two', '2')] as const;
    const compare = (...outputs: readonly StoredOutput[]): unknown =>
      compareSessions(
        [done('1', { outcome: { status: 'done', outputs: [one, two], images: [] } })],
        [done('1', { outcome: { status: 'done', outputs, images: [] } })],
      ).map(({ differences }) => differences);
    expect([compare(one, two), compare(two, one), compare(one)]).toEqual([[[]], [[]], [['the output out']]]);
  });

  it('name a cell that was run in one of them only', () => {
    const only = compareSessions([], [done('1')])[0];
    expect([only?.before, only?.after?.title, only?.differences]).toEqual([null, 'cell', []]);
  });
});
