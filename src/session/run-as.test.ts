import { describe, expect, it } from 'vitest';
import { succeed } from '../shared/result.ts';
import { buildCell, buildNotebook, buildProfile } from '../model/testing/builders.ts';
import { openSession, waitForEnd, type OpenSession } from './testing/open-session.ts';
import type { RunAs } from './run-as.ts';

const configuration = { ...buildCell('one').configuration, timeoutSeconds: 7 };
const notebook = buildNotebook([], { cells: [buildCell('one', { configuration })] });

/** Runs the cell to its end, and gives what Python was given and the record of its session. */
async function run({ session, kernel, storage, authorized }: OpenSession, runAs?: RunAs) {
  const [cell] = session.notebook.cells;
  if (!cell) throw new Error('there is a cell');
  session.run({ type: 'one', cellId: cell.id }, runAs && { runAs });
  await Promise.resolve();
  const { request } = kernel;
  if (request?.kind !== 'data-generator') throw new Error('it runs');
  expect(authorized).toEqual([]);
  const given = await request.authorize();
  kernel.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
  await waitForEnd(session.getRun(cell.id));
  const { values: sessions } = await storage.loadSessions(notebook.id);
  return { given, sessions, sessionId: request.sessionId };
}

describe('a session', () => {
  it('runs by hand as the active profile, where nothing else is said', async () => {
    const opened = openSession(notebook);
    const { given, sessions, sessionId } = await run(opened);
    const runAs = { profile: buildProfile('Ada'), mode: 'manual' };
    expect([given, opened.authorized]).toEqual([
      succeed('Bearer token'),
      [{ runAs, sessionId, timeoutSeconds: 7 }],
    ]);
    expect(sessions).toMatchObject([{ ranBy: 'Ada', profileId: 'Ada' }]);
  });

  it('runs as somebody else where that is said, and its record names them', async () => {
    const opened = openSession(notebook);
    const runAs: RunAs = { profile: { ...buildProfile('grace'), displayName: 'Grace' }, mode: 'schedule' };
    const { sessions, sessionId } = await run(opened, runAs);
    expect(opened.authorized).toEqual([{ runAs, sessionId, timeoutSeconds: 7 }]);
    expect(sessions).toMatchObject([{ ranBy: 'Grace', profileId: 'grace' }]);
  });
});
