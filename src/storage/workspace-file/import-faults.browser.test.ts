import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImportChoice } from '../../model/workspace-import.ts';
import { Database } from '../Database.ts';
import { closeDatabases, openDatabase } from '../testing/databases.ts';
import { OpenedFile, type ImportListener, type ReadNow } from './OpenedFile.ts';
import { buildWorkspace } from './testing/build-workspace.ts';
import { readAtOnce } from './testing/read-at-once.ts';
import { readDatabase } from './testing/read-database.ts';
import { writeFile } from './testing/write-file.ts';

afterEach(() => {
  vi.restoreAllMocks();
  closeDatabases();
});

const replacing: ImportChoice = { way: 'replace', conflicts: [], title: '' };

const ignoring: ImportListener = { onProgress: () => undefined, onFinishing: () => undefined };

const { signal: never } = new AbortController();

let file: Blob;

beforeAll(async () => {
  ({ file } = await writeFile(await buildWorkspace()));
});

interface Stage {
  readonly opened: OpenedFile;
  readonly databaseName: string;
  readonly read: () => Promise<Record<string, unknown>>;
}

/** A file that was read, and the database that it would take the place of, in which there is something. */
async function prepare(readNow: ReadNow = readAtOnce): Promise<Stage> {
  const database = await openDatabase();
  const { databaseName } = database;
  const workspaceId = await database.openWorkspace();
  const open = (): Promise<OpenedFile> =>
    OpenedFile.open(
      { type: 'read-file', file, name: 'a.cahier', databaseName, workspaceId, wanted: null },
      readNow,
      never,
      ignoring,
    );
  if (readNow === readAtOnce) await (await open()).store(replacing, never, ignoring);
  return { opened: await open(), databaseName, read: () => readDatabase(databaseName) };
}

type Request = (this: IDBObjectStore, ...given: unknown[]) => IDBRequest;

/** Has something done before the request of this number that changes a store; gives how many there were. */
function interfere(number: number, act: (store: IDBObjectStore) => void): { readonly count: () => number } {
  let count = 0;
  for (const name of ['put', 'delete'] as const) {
    const request = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)?.value as Request;
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...given: unknown[]
    ) {
      count += 1;
      if (count === number) act(this);
      return request.apply(this, given) as never;
    });
  }
  return { count: () => count };
}

describe('an import that fails', () => {
  it('changes nothing, wherever its transaction breaks, and can be tried again', async () => {
    const { opened, read } = await prepare();
    const ways: readonly [string, (store: IDBObjectStore, abort: () => void) => void, RegExp | string][] = [
      [
        'no room is left',
        () => {
          throw new DOMException('full', 'QuotaExceededError');
        },
        'This browser has not enough room for what is in the file, about 1 MB.',
      ],
      [
        'a record cannot be written',
        () => {
          throw new DOMException('it cannot be cloned', 'DataCloneError');
        },
        'Nothing was changed: it cannot be cloned',
      ],
      [
        'the browser ends it',
        ({ transaction }) => {
          transaction.abort();
        },
        /^Nothing was changed: /,
      ],
      [
        'it is cancelled',
        (_store, abort) => {
          abort();
        },
        'aborted',
      ],
    ];
    const counting = interfere(0, () => undefined);
    await opened.store({ ...replacing, way: 'new' }, never, ignoring);
    const putCount = counting.count();
    expect(putCount).toBeGreaterThan(15);
    const before = await read();
    for (const [, act, reason] of ways) {
      for (const part of [0, 0.3, 0.6, 0.9]) {
        vi.restoreAllMocks();
        const controller = new AbortController();
        interfere(1 + Math.floor(putCount * part), (store) => {
          act(store, () => {
            controller.abort();
          });
        });
        await expect(opened.store({ ...replacing, way: 'new' }, controller.signal, ignoring)).rejects.toThrow(
          reason,
        );
        vi.restoreAllMocks();
        expect(await read()).toEqual(before);
      }
    }
    expect((await opened.store({ ...replacing, way: 'new' }, never, ignoring)).losses).toEqual([]);
  });

  it('changes nothing of what it takes the place of, at whichever step it breaks', async () => {
    const { opened, read } = await prepare();
    // How values are kept is tried once.
    await opened.store({ ...replacing, way: 'new' }, never, ignoring);
    const before = await read();
    let step = 0;
    let isStored = false;
    while (!isStored) {
      step += 1;
      const counting = interfere(step, ({ transaction }) => {
        transaction.abort();
      });
      isStored = await opened.store(replacing, never, ignoring).then(
        () => true,
        () => false,
      );
      vi.restoreAllMocks();
      if (isStored) expect(counting.count()).toBe(step - 1);
      else expect(await read()).toEqual(before);
    }
    expect(step).toBeGreaterThan(40);
    const after = await read();
    const trashed = (name: string): readonly (readonly [string, boolean])[] =>
      (after[name] as { readonly id: string; readonly deletedAt: number | null }[]).map(
        ({ id, deletedAt }) => [id, deletedAt !== null] as const,
      );
    expect(
      trashed('notebooks')
        .map(([, isTrashed]) => isTrashed)
        .sort(),
    ).toEqual([false, false, true]);
    const [model] = trashed('models').filter(([, isTrashed]) => isTrashed);
    const versions = after['modelVersions'] as { readonly modelId: string; readonly number: number }[];
    expect(versions.filter(({ modelId }) => modelId === model?.[0]).map(({ number }) => number)).toEqual([2]);
  });

  it('changes nothing where the file cannot be read any more', async () => {
    const readNow = (): ArrayBuffer => {
      throw new DOMException('it was changed on disk', 'NotReadableError');
    };
    const { opened, read } = await prepare(readNow);
    const before = await read();
    await expect(opened.store(replacing, never, ignoring)).rejects.toThrow(
      'Nothing was changed: it was changed on disk',
    );
    expect(await read()).toEqual(before);
  });

  it('is planned anew where something else was stored meanwhile', async () => {
    const { opened, databaseName } = await prepare();
    const elsewhere = await openDatabase(databaseName);
    const store = Object.getOwnPropertyDescriptor(Database.prototype, 'storeImport')
      ?.value as Database['storeImport'];
    const storing = vi.spyOn(Database.prototype, 'storeImport').mockImplementationOnce(async function (
      this: Database,
      prepared,
    ) {
      await elsewhere.addWorkspace('Made in another tab');
      return await store.call(this, prepared);
    });
    const { losses } = await opened.store({ ...replacing, way: 'new' }, never, ignoring);
    expect([losses, storing.mock.calls.length]).toEqual([[], 2]);
  });
});
