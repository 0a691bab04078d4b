import { expect, test } from 'vitest';
import { CellId, NotebookId } from '../model/ids.ts';
import { buildCell, buildHash, buildJob, buildNotebook, buildOutput } from '../model/testing/builders.ts';
import { copyJob } from './Storage.ts';

test('the copy of a job names the copies of the cells that it ran, looked at and sent outputs to', () => {
  const ids = ['one', 'two', 'copy of one', 'copy of two'].map(CellId.from);
  const [one, two, copyOfOne, copyOfTwo] = ids;
  if (!one || !two || !copyOfOne || !copyOfTwo) throw new Error('there are four');
  const output = buildOutput('out', buildHash('a'));
  const look = { handle: 'out', isByTitle: true, isDescribed: false };
  const target = { title: 'Two', inputHandle: 'in' };
  const job = buildJob(buildCell('one'), 1_000, {
    ranBlocks: [{ cellId: two, hash: 'same' }],
    downstream: [{ ...look, inputs: [{ cellId: two, inputHandle: 'in', hash: 'same' }] }],
    outcome: {
      status: 'done',
      outputs: [
        output,
        {
          ...output,
          targets: [
            { ...target, nodeId: two },
            { ...target, nodeId: '+node of a flow' },
          ],
        },
      ],
      images: [],
    },
  });
  const notebook = buildNotebook([], { id: NotebookId.from('copy') });
  const cellIds = new Map([
    [one, copyOfOne],
    [two, copyOfTwo],
  ]);
  expect(copyJob(job, { notebook, sourceId: job.notebookId, cellIds })).toEqual({
    ...job,
    id: expect.any(String) as string,
    notebookId: notebook.id,
    cellId: copyOfOne,
    ranBlocks: [{ cellId: copyOfTwo, hash: 'same' }],
    downstream: [{ ...look, inputs: [{ cellId: copyOfTwo, inputHandle: 'in', hash: 'same' }] }],
    outcome: {
      status: 'done',
      outputs: [
        output,
        {
          ...output,
          targets: [
            { ...target, nodeId: copyOfTwo },
            { ...target, nodeId: '+node of a flow' },
          ],
        },
      ],
      images: [],
    },
  });
});
