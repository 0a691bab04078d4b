import { deleteDB, openDB, unwrap, type IDBPDatabase } from 'idb';
import { toMessage } from '../../shared/to-message.ts';
import { Database } from '../Database.ts';
import { ask } from '../job-records.ts';
import { migrate } from '../migrations.ts';
import type { CahierSchema, WorkspaceRecord } from '../schema.ts';
import { removeLeftOver, scratchPrefix } from './scratch-names.ts';

/** A record, and what it is called in a sentence. */
export interface NamedRecord {
  readonly name: string;
  readonly value: unknown;
}

/**
 * A database beside that of the app, for as long as records of an older version are read: they are put as they were, and
 * brought to the newest version by the very migrations that every database is. Who uses one holds its lock, so that what a
 * closed tab has left is known.
 */
export class ScratchDatabase {
  readonly #database: IDBPDatabase;
  readonly #releaseLock: () => void;

  private constructor(database: IDBPDatabase, releaseLock: () => void) {
    this.#database = database;
    this.#releaseLock = releaseLock;
  }

  /** One of this version, with nothing in it. What others have left is removed first. */
  static async create(version: number): Promise<ScratchDatabase> {
    await removeLeftOver();
    const name = `${scratchPrefix}${crypto.randomUUID()}`;
    const releaseLock = await takeLock(name);
    try {
      const database = await openDB(name, version, {
        upgrade: (opened, _foundVersion, _newVersion, transaction) => {
          migrate(unwrap(opened), unwrap(transaction), 0, version);
        },
      });
      return new ScratchDatabase(database, releaseLock);
    } catch (error) {
      releaseLock();
      throw error;
    }
  }

  has(storeName: string): boolean {
    return this.#database.objectStoreNames.contains(storeName);
  }

  /** Puts records as they are: gives a sentence for each that is none of this store. Rejects where there is no room. */
  async put(storeName: string, records: readonly NamedRecord[]): Promise<readonly string[]> {
    const transaction = this.#database.transaction(storeName, 'readwrite', { durability: 'relaxed' });
    const refusals = await Promise.all(
      records.map(async ({ name, value }) => {
        try {
          await ask(() => transaction.store.put(value));
          return [];
        } catch (error) {
          return [`${name} cannot be read: ${toMessage(error)}`];
        }
      }),
    );
    await transaction.done;
    return refusals.flat();
  }

  /** Opens it at the newest version, as every database is opened. Nothing can be put then. */
  async openNewest(): Promise<Database> {
    const { name } = this.#database;
    this.#database.close();
    const ignore = (): void => undefined;
    const opened = await Database.open({ onBlocked: ignore, onOutdated: ignore, onLost: ignore }, name);
    if (!opened.isOk) throw new Error(`The records cannot be brought up to date: ${opened.problem}.`);
    return opened.value;
  }

  /** Puts workspaces whose records were lost, so that what belongs to them can be read, once it is of the newest version. */
  async addWorkspaces(records: readonly WorkspaceRecord[]): Promise<void> {
    const database = await openDB<CahierSchema>(this.#database.name);
    try {
      for (const record of records) await database.put('workspaces', record);
    } finally {
      database.close();
    }
  }

  async remove(): Promise<void> {
    this.#database.close();
    await deleteDB(this.#database.name);
    this.#releaseLock();
  }
}

/** Settles once it is held; what is given lets it go. */
function takeLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const hold = (): Promise<void> =>
      new Promise((release) => {
        resolve(release);
      });
    navigator.locks.request(name, hold).catch(reject);
  });
}
