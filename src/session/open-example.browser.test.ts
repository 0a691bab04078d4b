import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { FakeImportWorker } from '../data/import/testing/FakeImportWorker.ts';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
// Loaded before a test's time runs.
import '../examples/build-example.ts';
import { examples, type OfferedExample } from '../examples/list-examples.ts';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import type { Storage } from '../storage/Storage.ts';
import { closeDatabases, openDatabase } from '../storage/testing/databases.ts';
import { Notices } from './Notices.svelte.ts';
import { aloneAtOnce } from './testing/time.ts';
import { Workspace } from './Workspace.svelte.ts';
import { nothingIncoming } from './testing/nothing-incoming.ts';

afterEach(() => {
  vi.restoreAllMocks();
  closeDatabases();
});

async function openWorkspace(storage: Storage): Promise<Workspace> {
  return await Workspace.open({
    storage,
    notices: new Notices(),
    tables: new TableEngine(() => new FakeTableWorker()),
    importer: new ImportEngine(() => new FakeImportWorker()),
    createKernel: () => new FakeKernel(),
    distributionUrl: 'https://cdn.example/full/',
    ...aloneAtOnce,
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming: nothingIncoming,
  });
}

/** The titles of notebooks and the names of data schemas. */
async function listStored(storage: Storage): Promise<string[]> {
  const [notebooks, schemas] = [await storage.loadNotebooks(), await storage.loadSchemas()];
  return [...notebooks.values.map(({ title }) => title), ...schemas.values.map(({ name }) => name)].sort();
}

function listShown({ notebooks, schemas }: Workspace): string[] {
  return [...notebooks.map(({ title }) => title), ...schemas.schemas.map(({ name }) => name)].sort();
}

/** Lets the browser have no room for records of a store, which it may say at once or only later. */
function refuse(store: string, isAtOnce: boolean): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
    if (this.name !== store) return put.call(this, value);
    if (isAtOnce) throw new DOMException('no room', 'QuotaExceededError');
    // A request that fails later: there is a record of this key already.
    const request = put.call(this, value);
    this.add(value);
    return request;
  });
}

const incremental = examples.find(({ title }) => title.startsWith('Incremental load')) as OfferedExample;

describe('an example that there is no room for', () => {
  it.each([
    ['notebooks', true],
    ['notebooks', false],
    ['schemas', true],
    ['schemas', false],
    ['blobs', true],
  ] as const)('leaves nothing behind where %s are refused (at once: %s)', async (store, isAtOnce) => {
    const storage = await openDatabase();
    const workspace = await openWorkspace(storage);
    await storage.pending();
    refuse(store, isAtOnce);
    const problem = await workspace.openExample(incremental);
    vi.restoreAllMocks();
    expect(problem).toMatch(
      /^“Incremental load with a checkpoint” could not be opened, as .* Nothing of it was kept\. /,
    );
    if (isAtOnce) expect(problem).toContain('this browser has no room left for it');
    expect([await listStored(storage), listShown(workspace)]).toEqual([
      ['My first notebook'],
      ['My first notebook'],
    ]);
    expect(await workspace.openExample(incremental)).toBeNull();
    const all = ['Incremental load with a checkpoint', 'Meter reading', 'My first notebook'];
    expect([await listStored(storage), listShown(workspace)]).toEqual([all, all]);
  });
});
