import { expect, it } from 'vitest';
import { CellId, JobId } from '../../model/ids.ts';
import { buildJob, buildScriptlet } from '../../model/testing/builders.ts';
import { describeInputs } from './describe-origin.ts';

it('the inputs of a job are listed with where each came from, also those that had no value', () => {
  const cell = buildScriptlet('cell', ['a', 'b', 'c', 'd', 'e']);
  const hash = '0123456789abcdef';
  const connection = { type: 'connection', handle: 'rows', jobId: JobId.from('job') } as const;
  const job = buildJob(cell, 1, {
    inputs: [
      { handle: 'a', hash, from: { ...connection, cellId: CellId.from('one') } },
      { handle: 'b', hash, from: { ...connection, cellId: CellId.from('other') } },
      { handle: 'c', hash, from: { type: 'value' } },
      { handle: 'd', hash, from: { type: 'default' } },
    ],
  });
  const shortHash = '01234567';
  expect(describeInputs(job, (id) => (id === 'one' ? 'One' : null))).toEqual([
    { name: 'a', origin: 'connection from One → rows', shortHash },
    { name: 'b', origin: 'connection from a cell that is gone → rows', shortHash },
    { name: 'c', origin: 'value set on the cell', shortHash },
    { name: 'd', origin: 'default', shortHash },
    { name: 'e', origin: 'nothing', shortHash: null },
  ]);
});
