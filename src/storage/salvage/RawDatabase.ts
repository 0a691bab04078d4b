/** A record as it stands in a store; the reason why it cannot be read. */
export type RawRecord =
  { readonly key: string; readonly value: unknown } | { readonly key: string; readonly reason: string };

/** So many records are read at once: those of logs are large. */
const batchSize = 50;

/**
 * A database as it is, whichever version it has: nothing in it is checked, brought up to date or changed, and what cannot be
 * read keeps nobody from the rest.
 */
export class RawDatabase {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // Whoever wants to bring it to a newer version, or delete it, comes first.
    database.onversionchange = () => {
      database.close();
    };
  }

  /** Null where there is none of this name. Rejects where it cannot be opened. */
  static async open(name: string): Promise<RawDatabase | null> {
    const request = indexedDB.open(name);
    let isNew = false;
    request.onupgradeneeded = () => {
      // Nothing was there: what was begun is taken back, and nothing is there.
      isNew = true;
      request.transaction?.abort();
    };
    try {
      return new RawDatabase(await settle(request));
    } catch (error) {
      if (isNew) return null;
      throw error;
    }
  }

  get name(): string {
    return this.#database.name;
  }

  get version(): number {
    return this.#database.version;
  }

  get storeNames(): readonly string[] {
    return [...this.#database.objectStoreNames];
  }

  /** All records of a store in the order of their keys, some at a time; ends with `reason` where no more can be read. */
  async *readStore(name: string): AsyncGenerator<readonly RawRecord[], string | null> {
    let range: IDBKeyRange | null = null;
    for (;;) {
      let records: readonly RawRecord[];
      try {
        const store = this.#database.transaction(name).objectStore(name);
        const keys: readonly IDBValidKey[] = await settle(store.getAllKeys(range, batchSize));
        const last = keys.at(-1);
        if (last === undefined) return null;
        range = IDBKeyRange.lowerBound(last, true);
        records = await Promise.all(keys.map((key) => readRecord(store, key)));
      } catch (error) {
        return describe(error);
      }
      yield records;
    }
  }

  /** One record; null where it is not there. Rejects where it cannot be read. */
  async read(storeName: string, key: IDBValidKey): Promise<unknown> {
    const value: unknown = await settle(
      this.#database.transaction(storeName).objectStore(storeName).get(key),
    );
    return value ?? null;
  }

  close(): void {
    this.#database.close();
  }
}

async function readRecord(store: IDBObjectStore, key: IDBValidKey): Promise<RawRecord> {
  const name = typeof key === 'string' ? key : JSON.stringify(key);
  try {
    const value: unknown = await settle(store.get(key));
    return { key: name, value };
  } catch (error) {
    return { key: name, reason: describe(error) };
  }
}

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = (event) => {
      // The rest of the transaction goes on.
      event.preventDefault();
      reject(request.error ?? new Error('the browser gives no reason'));
    };
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
