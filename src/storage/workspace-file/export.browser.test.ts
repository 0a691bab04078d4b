import { afterEach, describe, expect, it, vi } from 'vitest';
import { BlobHash, WorkspaceId, type NotebookId } from '../../model/ids.ts';
import type { Job } from '../../model/job.ts';
import { buildCell, buildJob, buildNotebook } from '../../model/testing/builders.ts';
import { allParts, measureParts } from '../../model/workspace-parts.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import type { Database } from '../Database.ts';
import { MemoryStorage } from '../MemoryStorage.ts';
import type { BlobToStore, Storage } from '../Storage.ts';
import { closeDatabases, openDatabase } from '../testing/databases.ts';
import { readWorkspaceFile, type WorkspaceContent } from './read-workspace-file.ts';
import { startExportWorker } from './start-export-worker.ts';
import { WorkspaceExporter, type WritingOrder } from './WorkspaceExporter.ts';

afterEach(closeDatabases);

async function makeBlob(content: Blob): Promise<BlobToStore> {
  return { hash: BlobHash.from(await hashBytes(await content.arrayBuffer())), content };
}

interface Stored {
  readonly id: WorkspaceId;
  readonly notebookId: NotebookId;
  readonly blob: BlobToStore;
  readonly job: Job;
}

/** A notebook with a file and a job that printed something. */
async function fill(
  storage: Storage,
  content = new Blob(['some data'], { type: 'text/plain' }),
): Promise<Stored> {
  const id = await storage.openWorkspace();
  const blob = await makeBlob(content);
  const cell = buildCell('Train');
  const notebook = buildNotebook([], {
    workspaceId: id,
    cells: [cell],
    files: [{ path: 'data.txt', blob: blob.hash, byteSize: content.size }],
  });
  await storage.saveNotebook(notebook, [blob]);
  const job = buildJob(cell, 5_000, { logBytes: 6 });
  await storage.commitJob({ job, log: [{ time: 5_000, stream: 'stdout', text: 'hello\n' }] }, []);
  await storage.loadSecretSalt(id);
  await storage.openSigningKey(id);
  return { id, notebookId: notebook.id, blob, job };
}

function order(partial: Partial<WritingOrder> = {}): WritingOrder {
  return {
    picked: allParts,
    appVersion: '0.1.0',
    target: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...partial,
  };
}

async function read(file: Blob | null): Promise<WorkspaceContent> {
  const content = await readWorkspaceFile(file ?? new Blob([]));
  if (!content.isOk) throw new Error(JSON.stringify(content.problem));
  return content.value;
}

describe('the export of a workspace', () => {
  it.each<[string, () => Promise<Database | MemoryStorage>]>([
    ['in the browser’s database', () => openDatabase()],
    ['that lasts as long as its page', () => Promise.resolve(new MemoryStorage())],
  ])('writes one %s, with its logs and values', async (_where, open) => {
    const storage = await open();
    const { id, blob, job, notebookId } = await fill(storage);
    const exporter = new WorkspaceExporter(storage, id, startExportWorker);
    const { file, byteSize, losses } = await exporter.write(order());
    expect([byteSize, losses]).toEqual([file?.size, []]);
    const { records, readLog, readValue } = await read(file);
    expect(records.notebooks).toEqual([await storage.loadNotebook(notebookId)]);
    expect(records.jobs).toEqual([job]);
    expect(await readLog(job.id)).toEqual([{ time: 5_000, stream: 'stdout', text: 'hello\n' }]);
    const value = await readValue(blob.hash);
    expect([await value?.text(), value?.type]).toEqual(['some data', 'text/plain']);
    const again = await exporter.write(order());
    expect(await hashBytes(await (again.file ?? new Blob()).arrayBuffer())).toBe(
      await hashBytes(await (file ?? new Blob()).arrayBuffer()),
    );
  });

  it('is measured first, by its parts', async () => {
    const storage = await openDatabase();
    const { id, blob } = await fill(storage, new Blob(['x'.repeat(100_000)]));
    const sizes = await new WorkspaceExporter(storage, id, startExportWorker).measure(
      new AbortController().signal,
    );
    const whole = measureParts(sizes, allParts);
    const dataBytes = whole - measureParts(sizes, { ...allParts, data: false });
    expect(dataBytes).toBeGreaterThanOrEqual(blob.content.size);
    expect(dataBytes).toBeLessThan(blob.content.size + 1_000);
    expect(measureParts(sizes, { ...allParts, results: false })).toBeLessThan(whole);
  });

  it('writes what was asked to be saved at the same moment', async () => {
    const storage = await openDatabase();
    const { id, notebookId } = await fill(storage);
    const notebook = await storage.loadNotebook(notebookId);
    void storage.saveNotebook({ ...(notebook ?? buildNotebook([])), title: 'Typed just now' });
    const { file } = await new WorkspaceExporter(storage, id, startExportWorker).write(order());
    expect((await read(file)).records.notebooks.map(({ title }) => title)).toEqual(['Typed just now']);
  });

  it('names what is missing, and takes the rest along', async () => {
    const storage = new MemoryStorage();
    const { id } = await fill(storage);
    vi.spyOn(storage, 'readBlob').mockResolvedValue(null);
    const { file, losses } = await new WorkspaceExporter(storage, id, startExportWorker).write(order());
    expect(losses).toEqual(['The file data.txt of “Notebook” is not in this browser’s storage any more.']);
    expect((await read(file)).records.jobs).toHaveLength(1);
  });

  it('goes piece by piece into the file of the reader, with word of how far it is', async () => {
    const storage = await openDatabase();
    const noise = crypto.getRandomValues(new Uint8Array(65_536));
    const { id } = await fill(storage, new Blob(Array<BlobPart>(400).fill(noise)));
    const target = await openOwnFile('export');
    const told: number[] = [];
    const { file, byteSize } = await new WorkspaceExporter(storage, id, startExportWorker).write(
      order({ target, onProgress: (doneBytes) => told.push(doneBytes) }),
    );
    const written = await target.getFile();
    expect([file, byteSize]).toEqual([null, written.size]);
    expect(told.length).toBeGreaterThan(50);
    expect((await read(written)).records.notebooks).toHaveLength(1);
  });

  it('leaves the file of the reader as it was where it is cancelled', async () => {
    const storage = await openDatabase();
    const { id } = await fill(storage, new Blob(Array<BlobPart>(400).fill('x'.repeat(100_000))));
    const target = await openOwnFile('cancelled');
    const writing = await target.createWritable();
    await writing.write('what was there');
    await writing.close();
    const controller = new AbortController();
    const exporter = new WorkspaceExporter(storage, id, startExportWorker);
    const onProgress = (): void => {
      controller.abort();
    };
    const cancelled = exporter.write(order({ target, signal: controller.signal, onProgress }));
    await expect(cancelled).rejects.toThrow('The export was cancelled.');
    expect(await (await target.getFile()).text()).toBe('what was there');
  });

  it('says why where the workspace cannot be read', async () => {
    const storage = await openDatabase();
    const exporter = new WorkspaceExporter(storage, WorkspaceId.from('of nobody'), startExportWorker);
    await expect(exporter.write(order())).rejects.toThrow('the workspace that is open is stored');
  });
});

/** A file that stands for one that a reader chose. */
async function openOwnFile(name: string): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  return await root.getFileHandle(name, { create: true });
}
