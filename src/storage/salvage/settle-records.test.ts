import { expect, it } from 'vitest';
import { NotebookId, SessionId } from '../../model/ids.ts';
import {
  buildCell,
  buildConnection,
  buildJob,
  buildNotebook,
  buildScriptlet,
  buildSession,
} from '../../model/testing/builders.ts';
import { buildRecords } from '../workspace-file/testing/stored-worlds.ts';
import { settleRecords } from './settle-records.ts';

const first = { ...buildCell('A'), title: 'first' };
const second = { ...buildCell('A'), title: 'second' };
const taking = buildScriptlet('B', ['x']);

it('of two cells of one id, and of connections that lead to nothing, what fits is kept', () => {
  const fitting = buildConnection('A.out', 'B.x');
  const notebook = buildNotebook([], {
    title: 'Mine',
    cells: [first, taking, second],
    connections: [fitting, buildConnection('gone.out', 'B.x')],
  });
  const { records, losses } = settleRecords(buildRecords({ notebooks: [notebook] }));
  expect(records.notebooks.map(({ cells, connections }) => [cells, connections])).toEqual([
    [[second, taking], [fitting]],
  ]);
  expect(losses).toEqual([
    '“Mine” had two cells of one id: the first of them was left out.',
    '“Mine” had connections that lead to nothing: they were left out.',
  ]);
});

it('notebooks of the trash stay out with all that is theirs, and a job leaves the session of another notebook', () => {
  const [own, other] = ['own', 'other'].map((id) => buildNotebook(['A'], { id: NotebookId.from(id) }));
  const gone = buildNotebook(['A'], { id: NotebookId.from('gone'), deletedAt: 5 });
  if (!own || !other) throw new Error('there are two');
  const session = buildSession(1, { id: SessionId.from('session'), notebookId: other.id });
  const job = buildJob(first, 2, { notebookId: own.id, sessionId: session.id });
  const lost = buildJob(first, 3, { notebookId: gone.id });
  const found = buildRecords({ notebooks: [own, other, gone], sessions: [session], jobs: [job, lost] });
  const { records, losses } = settleRecords(found);
  expect(records.notebooks.map(({ id }) => id)).toEqual(['other', 'own']);
  expect(records.jobs).toEqual([{ ...job, sessionId: null }]);
  expect(losses).toEqual(['A notebook that lay in the trash was left out.']);
});
