import { describe, expect, it } from 'vitest';
import { NotebookId, SessionId } from '../model/ids.ts';
import type { RunStep } from '../model/line-run.ts';
import { runLine } from './run-line.ts';

function setup(failing: Partial<Record<string, RunStep['status']>> = {}) {
  const asked: string[] = [];
  const end = (titles: readonly string[]) =>
    runLine(titles.map(NotebookId.from), {
      runNotebook: (notebookId) => {
        asked.push(`run ${notebookId}`);
        const status = failing[notebookId] ?? 'done';
        const reason = status === 'done' ? null : `“Cell” ${status}.`;
        return Promise.resolve({
          notebookId,
          title: notebookId,
          sessionId: SessionId.from(notebookId),
          status,
          reason,
        });
      },
      getTitle: (id) => id,
      onStep: (index) => asked.push(`step ${index}`),
    });
  return { asked, end };
}

describe('notebooks that are run one after another', () => {
  it('are run in order, also one that comes twice', async () => {
    const { asked, end } = setup();
    const { status, reason, steps } = await end(['one', 'two', 'one']);
    expect(asked).toEqual(['step 0', 'run one', 'step 1', 'run two', 'step 2', 'run one']);
    expect([status, reason, steps.map((step) => step.status)]).toEqual([
      'done',
      null,
      ['done', 'done', 'done'],
    ]);
  });

  it('end with one that fails, and note the others as not run', async () => {
    const { asked, end } = setup({ two: 'failed' });
    expect(await end(['one', 'two', 'three'])).toEqual({
      status: 'failed',
      reason: '“Cell” failed.',
      steps: [
        { notebookId: 'one', title: 'one', sessionId: 'one', status: 'done', reason: null },
        { notebookId: 'two', title: 'two', sessionId: 'two', status: 'failed', reason: '“Cell” failed.' },
        {
          notebookId: 'three',
          title: 'three',
          sessionId: null,
          status: 'not-run',
          reason: 'Not run: “two” before it was not done.',
        },
      ],
    });
    expect(asked).toEqual(['step 0', 'run one', 'step 1', 'run two']);
  });

  it('end with one that is stopped', async () => {
    const { status, reason } = await setup({ one: 'stopped' }).end(['one', 'two']);
    expect([status, reason]).toEqual(['stopped', '“Cell” stopped.']);
  });
});
