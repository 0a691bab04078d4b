import { afterEach, describe, expect, it } from 'vitest';
import { openDB } from 'idb';
import { NotebookId, type BlobHash, type WorkspaceId } from '../../model/ids.ts';
import { listBlobs } from '../../model/job.ts';
import { listNotebookBlobs } from '../../model/notebook.ts';
import type { ImportChoice, ImportResult } from '../../model/workspace-import.ts';
import { allParts } from '../../model/workspace-parts.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import type { Database } from '../Database.ts';
import { MemoryStorage } from '../MemoryStorage.ts';
import { readLesson } from '../read-lesson.ts';
import { closeDatabases, openDatabase } from '../testing/databases.ts';
import { chooseRecords } from './choose-records.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import { startExportWorker } from './start-export-worker.ts';
import { startImportWorker } from './start-import-worker.ts';
import goldenUrl from './testing/format-1.cahier?url';
import { buildWorkspace, type BuiltWorkspace } from './testing/build-workspace.ts';
import { shapeOf } from './testing/id-shapes.ts';
import { readDatabase } from './testing/read-database.ts';
import { writeFile } from './testing/write-file.ts';
import { WorkspaceExporter } from './WorkspaceExporter.ts';
import { WorkspaceImporter, type ImportWatch, type ReadWorkspace } from './WorkspaceImporter.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

afterEach(closeDatabases);

function watch(partial: Partial<ImportWatch> = {}): ImportWatch {
  return { signal: new AbortController().signal, onProgress: () => undefined, ...partial };
}

const asNew: ImportChoice = { way: 'new', conflicts: [], title: 'Taken over' };
const replacing: ImportChoice = { ...asNew, way: 'replace' };
const merging: ImportChoice = { ...asNew, way: 'merge' };

async function open(database: Database, file: Blob, id?: WorkspaceId): Promise<ReadWorkspace> {
  const importer = new WorkspaceImporter(database, await database.openWorkspace(id), startImportWorker);
  return await importer.read(file, { name: 'sales.cahier', ...watch() });
}

async function take(database: Database, file: Blob, choice: ImportChoice): Promise<ImportResult> {
  const read = await open(database, file);
  const result = await read.store(choice, watch());
  read.dispose();
  return result;
}

async function exportFrom(database: Database, id: WorkspaceId): Promise<Blob> {
  const exporter = new WorkspaceExporter(database, id, startExportWorker);
  const { file, losses } = await exporter.write({
    ...watch(),
    picked: allParts,
    appVersion: '0.1.0',
    target: null,
  });
  expect(losses).toEqual([]);
  return file ?? new Blob();
}

async function readRecords(file: Blob): Promise<WorkspaceRecords> {
  const read = await readWorkspaceFile(file);
  if (!read.isOk) throw new Error(JSON.stringify(read.problem));
  return read.value.records;
}

async function hash(file: Blob): Promise<string> {
  return await hashBytes(await file.arrayBuffer());
}

/** As records come back from an import: no lesson is said to be one, and schedules run. */
function forgetImport(records: WorkspaceRecords): WorkspaceRecords {
  return {
    ...records,
    notebooks: records.notebooks.map(({ lesson: _lesson, ...notebook }) => notebook),
    schedules: records.schedules.map((schedule) => ({ ...schedule, paused: null })),
  };
}

describe('the import of a workspace file', () => {
  it('makes a workspace of its own of it, with results, logs and values', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const database = await openDatabase();
    const read = await open(database, file);
    const { items, ...summary } = read.summary;
    expect([...new Set(items.map(({ state }) => state))]).toEqual(['new']);
    expect(summary).toEqual({
      title: 'Workspace',
      appVersion: '0.1.0',
      picked: allParts,
      byteSize: expect.any(Number) as number,
      counts: { cells: 6, jobs: 2, sessions: 2, versions: 1, datasets: 1, checkpoints: 1 },
      hosts: [],
      absent: { notPicked: 0, lost: [] },
      problems: [],
    });
    const told: number[] = [];
    const result = await read.store(asNew, watch({ onProgress: (doneBytes) => told.push(doneBytes) }));
    expect(result).toEqual({
      importId: expect.any(String) as string,
      workspaceId: 'workspace',
      notebookId: 'notebook',
      trashedIds: [],
      losses: [],
    });
    expect(told.length).toBeGreaterThan(1);
    await database.openWorkspace(result.workspaceId);
    const { records, problems } = await database.loadRecords(result.workspaceId);
    expect(problems).toEqual([]);
    const { workspace, settings, ...expected } = chooseRecords(built.records, allParts);
    const { workspace: stored, settings: own, ...found } = chooseRecords(records, allParts);
    expect(forgetImport({ workspace, settings, ...found })).toEqual({ workspace, settings, ...expected });
    expect([stored.title, own]).toEqual(['Taken over', settings]);
    expect(records.notebooks.map(({ importId, lesson }) => [importId, lesson?.source])).toEqual([
      [result.importId, { kind: 'file', name: 'sales.cahier' }],
    ]);
    for (const [id, log] of built.logs) expect(await database.loadLog(id)).toEqual(log);
    const values = [...built.blobs].map(async ([hash, content]) => {
      const value = await database.readBlob(hash);
      expect([await value?.text(), value?.type]).toEqual([await content.text(), content.type]);
    });
    await Promise.all(values);
    expect((await database.loadImports()).values).toEqual([
      {
        id: result.importId,
        workspaceId: 'workspace',
        name: 'sales.cahier',
        importedAt: expect.any(Number) as number,
        isTrusted: false,
      },
    ]);
  });

  it('reads the file of version 1 whole', async () => {
    const file = await (await fetch(goldenUrl)).blob();
    const database = await openDatabase();
    const { workspaceId } = await take(database, file, asNew);
    const again = await readRecords(await exportFrom(database, workspaceId));
    const { workspace, ...records } = await readRecords(file);
    expect(forgetImport(again)).toEqual({
      ...records,
      workspace: { ...again.workspace, id: workspace.id },
    });
  });

  it('gives the very same bytes back where a workspace is put back into an empty browser', async () => {
    const built = await buildWorkspace();
    const first = await openDatabase();
    const { workspaceId } = await take(first, (await writeFile(built)).file, asNew);
    const file = await exportFrom(first, workspaceId);
    const second = await openDatabase();
    await putWorkspace(second, workspaceId);
    await second.openWorkspace(workspaceId);
    await take(second, file, replacing);
    expect(await hash(await exportFrom(second, workspaceId))).toBe(await hash(file));
  });

  it('gives a workspace beside itself that differs in ids alone', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const database = await openDatabase();
    const one = await take(database, file, asNew);
    const other = await take(database, file, asNew);
    const [first, second] = await Promise.all(
      [one, other].map(async ({ workspaceId }) => await readRecords(await exportFrom(database, workspaceId))),
    );
    if (!first || !second) throw new Error('there are two');
    // The originals of lessons name cells, too.
    const forget = ({
      workspace: _workspace,
      settings: _settings,
      ...records
    }: WorkspaceRecords): object => ({
      ...records,
      notebooks: records.notebooks.map(({ lesson: _lesson, ...notebook }) => notebook),
    });
    expect(shapeOf(forget(second))).toEqual(shapeOf(forget(first)));
    expect(JSON.stringify(second)).not.toContain('"notebookId":"notebook"');
  });

  it('changes nothing where all of it is here', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const database = await openDatabase();
    const { workspaceId } = await take(database, file, asNew);
    const own = await exportFrom(database, workspaceId);
    const read = await open(database, own, workspaceId);
    expect([...new Set(read.summary.items.map(({ state }) => state))]).toEqual(['same']);
    await read.store(merging, watch());
    expect(await hash(await exportFrom(database, workspaceId))).toBe(await hash(own));
  });

  it('puts what it takes the place of into the trash, with results, logs, values and the way back of a lesson', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const database = await openDatabase();
    const id = await database.openWorkspace();
    await take(database, file, merging);
    const [mine] = (await database.loadNotebooks()).values;
    if (!mine) throw new Error('there is a notebook');
    await database.saveNotebook({ ...mine, title: 'Mine' });
    const before = await database.loadRecords(id);
    const conflicts = [{ kind: 'notebook', id: mine.id, choice: 'take' }] as const;
    const { trashedIds } = await take(database, file, { ...merging, conflicts });
    const { records } = await database.loadRecords(id);
    const trashed = records.notebooks.find(({ deletedAt }) => deletedAt !== null);
    if (!trashed?.lesson) throw new Error('it is in the trash, and a lesson');
    expect([trashed.title, trashed.importId, trashedIds]).toEqual(['Mine', mine.importId, [trashed.id]]);
    const isOwn = ({ notebookId }: { readonly notebookId: NotebookId }): boolean => notebookId === trashed.id;
    const [jobs, sessions, checkpoints] = [
      records.jobs.filter(isOwn),
      records.sessions.filter(isOwn),
      records.checkpoints.filter(isOwn),
    ];
    const all = before.records;
    expect(shapeOf({ cells: trashed.cells, jobs, sessions, checkpoints })).toEqual(
      shapeOf({ cells: mine.cells, jobs: all.jobs, sessions: all.sessions, checkpoints: all.checkpoints }),
    );
    const logs = await Promise.all(jobs.map(async ({ id: jobId }) => await database.loadLog(jobId)));
    expect(logs).toEqual(expect.arrayContaining([...built.logs.values()]));
    const hashes = [...listNotebookBlobs(trashed), ...jobs.flatMap(listBlobs)];
    expect(await database.findMissing(hashes)).toEqual(new Set());
    const { original } = trashed.lesson;
    const content = await readLesson(original, await database.readBlob(original));
    if (!content.isOk) throw new Error(content.problem);
    expect(content.value.cells.map((cell) => cell.id)).toEqual(trashed.cells.map((cell) => cell.id));
    expect(records.notebooks.find(({ id: notebookId }) => notebookId === mine.id)).toMatchObject({
      title: 'Sales, März',
      deletedAt: null,
    });
  });

  it('mends what is damaged here, and names what is missing in the file', async () => {
    const built = await buildWorkspace();
    const [damaged, gone, lost] = built.blobs.keys();
    if (!damaged || !gone || !lost) throw new Error('there are three');
    const name = 'to be mended';
    const database = await openDatabase(name);
    await take(database, (await writeFile(built)).file, asNew);
    await putValue(name, damaged, new Blob(['other bytes']));
    await putValue(name, gone, 'no value at all');
    const { file } = await writeFile(without(built, lost));
    await take(database, file, asNew);
    expect(await (await database.readBlob(damaged))?.text()).toBe(await built.blobs.get(damaged)?.text());
    expect(await (await database.readBlob(gone))?.text()).toBe(await built.blobs.get(gone)?.text());
    const elsewhere = await openDatabase();
    const { losses } = await take(elsewhere, file, asNew);
    expect(losses).toEqual([
      'The report of “Sales” in “Sales, März” is not in the file: it was missing where the file was made.',
    ]);
    expect((await elsewhere.loadJobs(NotebookId.from('notebook'))).values).toHaveLength(2);
  });

  it('leads to no value of another workspace that the file only names, and to those of its own', async () => {
    const built = await buildWorkspace();
    const [, , lost] = built.blobs.keys();
    if (!lost) throw new Error('there are three');
    const { file } = await writeFile(without(built, lost));
    const database = await openDatabase();
    const own = await take(database, (await writeFile(built)).file, asNew);
    for (const choice of [asNew, merging]) {
      const { workspaceId, losses } = await take(database, file, choice);
      expect(workspaceId).not.toBe(own.workspaceId);
      expect(losses).toEqual([expect.stringContaining('is not in the file: it was missing')]);
      const { records } = await database.loadRecords(workspaceId);
      expect(JSON.stringify(records)).not.toContain(lost);
      const lesson = records.notebooks.find((notebook) => notebook.lesson)?.lesson;
      const original = lesson && (await database.readBlob(lesson.original));
      expect(await original?.text()).not.toContain(lost);
    }
    await database.openWorkspace(own.workspaceId);
    const read = await open(database, file, own.workspaceId);
    // It says what the file lacks, and finds it in the workspace that it came from.
    expect(read.summary.absent).toEqual({ notPicked: 0, lost: [expect.any(String)] });
    const again = await read.store(replacing, watch());
    expect(again.losses).toEqual([]);
    const { records } = await database.loadRecords(own.workspaceId);
    expect(JSON.stringify(records.notebooks.filter(({ deletedAt }) => deletedAt === null))).toContain(lost);
  });

  it('says that the workspace has changed since, and changes nothing', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const database = await openDatabase();
    const id = await database.openWorkspace();
    await take(database, file, merging);
    const read = await open(database, file);
    const [notebook] = (await database.loadNotebooks()).values;
    if (!notebook) throw new Error('there is a notebook');
    await database.saveNotebook({ ...notebook, title: 'Another', changedAt: notebook.changedAt + 1 });
    const before = await readDatabase(database.databaseName);
    for (const way of ['merge', 'replace'] as const) {
      await expect(read.store({ ...asNew, way }, watch())).rejects.toThrow(
        'Something in this workspace has changed since the file was looked at',
      );
    }
    expect(await readDatabase(database.databaseName)).toEqual(before);
    const { workspaceId } = await read.store(asNew, watch());
    expect(workspaceId).not.toBe(id);
  });

  it('gives its reason for a file that it does not take', async () => {
    const database = await openDatabase();
    await expect(open(database, new Blob(['no zip']))).rejects.toThrow('it is no zip, or it is cut off');
  });

  it('says where nothing can be kept', async () => {
    const storage = new MemoryStorage();
    const importer = new WorkspaceImporter(storage, await storage.openWorkspace(), startImportWorker);
    await expect(importer.read(new Blob([]), { name: 'a', ...watch() })).rejects.toThrow(
      'This browser keeps nothing for longer than the page is open',
    );
  });

  it('is given up where that is asked for, while it is read and while it is stored', async () => {
    const built = await buildWorkspace();
    const noise = crypto.getRandomValues(new Uint8Array(65_536));
    const { file } = await writeFile(built);
    const database = await openDatabase();
    await database.openWorkspace();
    const before = await readDatabase(database.databaseName);
    const large = new Blob([file, ...Array<BlobPart>(400).fill(noise)]);
    const reading = new AbortController();
    const importer = new WorkspaceImporter(database, await database.openWorkspace(), startImportWorker);
    const cancelled = importer.read(large, { name: 'a', ...watch({ signal: reading.signal }) });
    reading.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    const storing = new AbortController();
    const read = await open(database, file);
    const stored = read.store(asNew, {
      signal: storing.signal,
      onProgress: () => {
        storing.abort();
      },
    });
    await expect(stored).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readDatabase(database.databaseName)).toEqual(before);
    // The file is still open.
    expect((await read.store(asNew, watch())).losses).toEqual([]);
  });
});

/** A workspace in which a value is not there any more. */
function without(built: BuiltWorkspace, lost: BlobHash): BuiltWorkspace {
  const { reader } = built;
  return {
    ...built,
    reader: {
      ...reader,
      readBlob: (hash) => (hash === lost ? Promise.resolve(null) : reader.readBlob(hash)),
    },
  };
}

async function putValue(name: string, hash: BlobHash, content: unknown): Promise<void> {
  const database = await openDB(name);
  await database.put('blobs', { hash, content });
  database.close();
}

async function putWorkspace(database: Database, id: WorkspaceId): Promise<void> {
  const opened = await openDB(database.databaseName);
  await opened.put('workspaces', { id, title: 'Empty', createdAt: 1 });
  opened.close();
}
