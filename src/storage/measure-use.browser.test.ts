import { afterEach, describe, expect, test } from 'vitest';
import { JobId, NotebookId, SessionId } from '../model/ids.ts';
import {
  buildDatasetCell,
  buildHash,
  buildNotebook,
  buildNotebookWheel,
  buildSession,
  buildSessionFile,
} from '../model/testing/builders.ts';
import {
  buildBlobs,
  buildDone,
  cell,
  closeDatabases,
  log,
  notebook,
  openDatabase,
} from './testing/databases.ts';

afterEach(closeDatabases);

describe('what takes room in a database', () => {
  test('is counted by kinds, each value once, those of notebooks in the trash apart', async () => {
    const database = await openDatabase();
    const kept = {
      ...notebook,
      cells: [cell, buildDatasetCell('Marks', buildHash('a'))],
      wheels: [buildNotebookWheel('tables', 'b')],
    };
    await database.saveNotebook(kept, buildBlobs(['a', 'b']));
    const session = buildSession(500, {
      notebookId: notebook.id,
      id: SessionId.from('earlier'),
      files: [buildSessionFile('session/report.txt', 'e')],
    });
    const earlier = { ...buildDone(1_000, ['a', 'c']), id: JobId.from('earlier'), sessionId: session.id };
    await database.commitJob({ job: earlier, log, session }, buildBlobs(['a', 'c', 'e']));
    await database.commitJob({ job: buildDone(2_000, ['d']), log }, buildBlobs(['d']));
    const deleted = buildNotebook([], {
      id: NotebookId.from('deleted'),
      cells: [buildDatasetCell('Old', buildHash('f'))],
      deletedAt: 3_000,
    });
    await database.saveNotebook(deleted, buildBlobs(['f']));
    const size = 'content a'.length;
    expect(await database.measureUse()).toEqual([
      { kind: 'data', count: 1, byteSize: size },
      { kind: 'files', count: 1, byteSize: size },
      { kind: 'models', count: 0, byteSize: 0 },
      { kind: 'results', count: 1, byteSize: size },
      { kind: 'history', count: 2, byteSize: 2 * size },
      { kind: 'trash', count: 1, byteSize: size },
    ]);
  });

  test('is counted as trash in a workspace that is in it', async () => {
    const database = await openDatabase();
    const workspaceId = await database.openWorkspace();
    const cells = [cell, buildDatasetCell('Marks', buildHash('a'))];
    await database.saveNotebook({ ...notebook, workspaceId, cells }, buildBlobs(['a']));
    const listKinds = async (): Promise<string[]> =>
      (await database.measureUse()).flatMap(({ kind, count }) => (count > 0 ? [kind] : []));
    expect(await listKinds()).toEqual(['data']);
    await database.changeWorkspace(workspaceId, { deletedAt: 5_000 });
    expect(await listKinds()).toEqual(['trash']);
  });
});
