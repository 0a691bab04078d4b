import { describe, expect, it } from 'vitest';
import { createPlainError, type Job } from './job.ts';
import { getCellState, type CellState, type RunPhase } from './run-state.ts';
import { buildCell, buildJob } from './testing/builders.ts';

const resting: RunPhase = { phase: 'resting' };
const running: RunPhase = { phase: 'running', startedAt: 1, loading: null, prompt: null, progress: null };
const done = buildJob(buildCell('cell'), 2_000);
const failed: Job = { ...done, outcome: { status: 'failed', error: createPlainError('rule', 'no') } };
const stopped: Job = { ...done, outcome: { status: 'stopped', level: 'soft' } };

describe('the state of a cell', () => {
  it.each<[CellState, string, RunPhase, Job | null, boolean]>([
    ['idle', 'before its first job', resting, null, false],
    ['queued', 'while it waits, whatever its last job did', { phase: 'queued' }, failed, false],
    ['running', 'while its job runs', running, done, true],
    ['running', 'until its results are stored', { phase: 'storing', startedAt: 1 }, done, false],
    ['done', 'after a job that was done', resting, done, false],
    ['stale', 'when its results are not those that it would have now', resting, done, true],
    ['failed', 'after one that failed, whatever has changed since', resting, failed, true],
    ['stopped', 'after one that was stopped', resting, stopped, false],
  ])('is %s %s', (expected, _when, phase, lastJob, isChanged) => {
    expect(getCellState(phase, lastJob, isChanged)).toBe(expected);
  });
});
