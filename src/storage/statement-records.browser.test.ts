import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { setCheckpoint, type Checkpoint } from '../model/checkpoint.ts';
import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import { CellId, JobId, NotebookId, SessionId, WorkspaceId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import { buildCell, buildJob, buildNotebook, buildSession } from '../model/testing/builders.ts';
import { Database } from './Database.ts';

const notebook = buildNotebook(['cell']);
const cell = buildCell('cell');
const place = { cellId: cell.id, notebookId: notebook.id, column: 'id' };
const origin = { jobId: JobId.from('job'), sessionId: SessionId.from('session') };
const schema: DataSchema = {
  id: SchemaId.from('orders'),
  workspaceId: WorkspaceId.from('workspace'),
  name: 'Orders',
  description: 'From the shop',
  fields: [{ name: 'id', type: 'integer', isNullable: false, description: '' }],
  createdAt: 1,
  changedAt: 2,
};
let name = '';
let database: Database | null = null;

async function open(): Promise<Database> {
  name = `statements ${crypto.randomUUID()}`;
  const events = { onBlocked: () => undefined, onOutdated: () => undefined, onLost: () => undefined };
  const result = await Database.open(events, name);
  if (!result.isOk) throw new Error(result.problem);
  database = result.value;
  return database;
}

function build(text: string, at: number, before: Checkpoint | null = null): Checkpoint {
  return setCheckpoint(before, place, { value: { type: 'integer', text }, at, origin });
}

afterEach(() => {
  database?.close();
});

describe('checkpoints in the database', () => {
  it('are kept with the job whose last row they are', async () => {
    const storage = await open();
    const checkpoint = build('9007199254740993', 1);
    await storage.commitJob({ job: buildJob(cell, 1_000), log: [], checkpoint }, []);
    expect(await storage.loadCheckpoints(notebook.id)).toEqual({ values: [checkpoint], problems: [] });
    const edited = setCheckpoint(checkpoint, place, { value: null, at: 2, origin: null });
    await storage.saveCheckpoint(edited);
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([edited]);
  });

  it('stay as they were when the job cannot be stored whole', async () => {
    const storage = await open();
    const checkpoint = build('1', 1);
    await storage.saveCheckpoint(checkpoint);
    const job = { ...buildJob(cell, 1_000), source: (() => undefined) as unknown as string };
    const written = await storage.commitJob({ job, log: [], checkpoint: build('2', 2, checkpoint) }, []);
    expect(written.isOk).toBe(false);
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([checkpoint]);
  });

  it('are stored with results that are put back, or neither is', async () => {
    const storage = await open();
    const checkpoint = build('2', 2);
    await storage.saveCheckpoint(checkpoint);
    const job = { ...buildJob(cell, 3_000), sessionId: origin.sessionId };
    const session = buildSession(3_000, { id: origin.sessionId, jobIds: [job.id] });
    const restore = (put: Job, ...checkpoints: Checkpoint[]) =>
      storage.addRestored({ session, jobs: [{ job: put, logOf: put.id }], checkpoints });
    const broken = { ...job, source: (() => undefined) as unknown as string };
    expect((await restore(broken, build('1', 3, checkpoint))).isOk).toBe(false);
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([checkpoint]);
    expect((await restore(job, build('1', 3, checkpoint))).isOk).toBe(true);
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([build('1', 3, checkpoint)]);
  });

  it('go with their notebook, and with their cell at the next start', async () => {
    const storage = await open();
    await storage.saveNotebook(notebook);
    await storage.saveCheckpoint(build('1', 1));
    const stray = { ...build('2', 1), cellId: CellId.from('gone') };
    await storage.saveCheckpoint(stray);
    await storage.dropStrayJobs();
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([build('1', 1)]);
    await storage.removeNotebook(notebook.id);
    expect((await storage.loadCheckpoints(notebook.id)).values).toEqual([]);
  });

  it('are copied with their notebook, without the jobs that they come from', async () => {
    const storage = await open();
    await storage.saveNotebook(notebook);
    await storage.saveCheckpoint(build('2', 2, build('1', 1)));
    const copy = { ...notebook, id: NotebookId.from('copy'), cells: [buildCell('copied')] };
    const cellIds = new Map([[cell.id, CellId.from('copied')]]);
    await storage.addCopy({ notebook: copy, sourceId: notebook.id, cellIds });
    expect((await storage.loadCheckpoints(copy.id)).values).toEqual([
      {
        cellId: 'copied',
        notebookId: 'copy',
        column: 'id',
        history: [{ value: { type: 'integer', text: '2' }, at: 2, origin: null }],
      },
    ]);
  });

  it('are left where they are when they cannot be read', async () => {
    const storage = await open();
    const raw = await openDB(name);
    await raw.put('checkpoints', { ...build('1', 1), history: [] });
    raw.close();
    const { values, problems } = await storage.loadCheckpoints(notebook.id);
    expect(values).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('A stored checkpoint cannot be read')]);
  });
});

describe('data schemas in the database', () => {
  it('are kept as they were saved last, until they are removed', async () => {
    const storage = await open();
    await storage.saveSchema(schema);
    const changed = { ...schema, name: 'Orders of 2026', fields: [] };
    await storage.saveSchema(changed);
    expect(await storage.loadSchemas()).toEqual({ values: [changed], problems: [] });
    await storage.removeSchema(schema.id);
    expect(await storage.loadSchemas()).toEqual({ values: [], problems: [] });
  });
});
