import { afterEach, describe, expect, it } from 'vitest';
import { NotebookId, WorkspaceId } from '../../model/ids.ts';
import type { ImportChoice } from '../../model/workspace-import.ts';
import { allParts } from '../../model/workspace-parts.ts';
import type { Database } from '../Database.ts';
import { closeDatabases, openDatabase } from '../testing/databases.ts';
import { chooseRecords } from './choose-records.ts';
import { startImportWorker } from './start-import-worker.ts';
import { buildWorkspace } from './testing/build-workspace.ts';
import { writeFile } from './testing/write-file.ts';
import { WorkspaceImporter, type ImportWatch, type ReadWorkspace } from './WorkspaceImporter.ts';

afterEach(closeDatabases);

function watch(partial: Partial<ImportWatch> = {}): ImportWatch {
  return { signal: new AbortController().signal, onProgress: () => undefined, ...partial };
}

const asNew: ImportChoice = { way: 'new', conflicts: [], title: 'Taken over' };

async function open(database: Database, file: Blob): Promise<ReadWorkspace> {
  const importer = new WorkspaceImporter(database, await database.openWorkspace(), startImportWorker);
  return await importer.read(file, { name: 'sales.cahier', ...watch() });
}

describe('the import of a workspace file', () => {
  it('makes a workspace of its own of it, with results, logs and values', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const database = await openDatabase();
    const read = await open(database, file);
    expect(read.summary.items.map(({ kind, state }) => [kind, state])).toMatchInlineSnapshot(`
      [
        [
          "notebook",
          "new",
        ],
        [
          "schema",
          "new",
        ],
        [
          "model",
          "new",
        ],
        [
          "model-group",
          "new",
        ],
        [
          "profile",
          "new",
        ],
        [
          "profile",
          "new",
        ],
        [
          "production-line",
          "new",
        ],
        [
          "schedule",
          "new",
        ],
      ]
    `);
    const result = await read.store(asNew, watch());
    expect(result.workspaceId).toBe(WorkspaceId.from('workspace'));
    expect(result.notebookId).toBe(NotebookId.from('notebook'));
    expect(result.losses).toEqual([]);
    const { records, problems } = await database.loadRecords(result.workspaceId);
    expect(problems).toEqual([]);
    const expected = chooseRecords(built.records, allParts);
    expect(chooseRecords(records, allParts).jobs).toEqual(expected.jobs);
  });
});
