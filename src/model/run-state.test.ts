import { describe, expect, it } from 'vitest';
import { createPlainError, type Job } from './job.ts';
import { getCellState, type CellState, type RunPhase } from './run-state.ts';
import { buildCell, buildJob } from './testing/builders.ts';

const cell = buildCell('cell');
const resting: RunPhase = { phase: 'resting' };
const done = buildJob(cell, 2_000);
const failed: Job = { ...done, outcome: { status: 'failed', error: createPlainError('rule', 'no') } };
const stopped: Job = { ...done, outcome: { status: 'stopped', level: 'soft' } };

describe('the state of a cell', () => {
  it.each<[CellState, string, RunPhase, Job | null]>([
    ['idle', 'before its first job', resting, null],
    ['queued', 'while it waits, whatever its last job did', { phase: 'queued' }, failed],
    ['running', 'while its job runs', { phase: 'running', startedAt: 1, loading: null, prompt: null }, done],
    ['running', 'until its results are stored', { phase: 'storing', startedAt: 1 }, done],
    ['done', 'after a job that was done', resting, done],
    ['failed', 'after one that failed', resting, failed],
    ['stopped', 'after one that was stopped', resting, stopped],
  ])('is %s %s', (expected, _when, phase, lastJob) => {
    expect(getCellState(cell, phase, lastJob)).toBe(expected);
  });

  it('is stale when the source has changed since the job that was done', () => {
    expect(getCellState({ ...cell, source: 'x = 2' }, resting, done)).toBe('stale');
  });

  it('is stale when an option that changes the outcome has changed', () => {
    const configuration = { ...cell.configuration, generateEmptyDataset: true };
    expect(getCellState({ ...cell, configuration }, resting, done)).toBe('stale');
  });

  it('stays done when only the timeout has changed', () => {
    const configuration = { ...cell.configuration, timeoutSeconds: 1 };
    expect(getCellState({ ...cell, configuration }, resting, done)).toBe('done');
  });
});
