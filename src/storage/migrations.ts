/**
 * What brings a database from each version to the next: entry 0 makes version 1 out of nothing. Entries are
 * never changed once released; a new shape is a new entry, with a test that builds the version before by hand.
 */
const migrations: readonly ((database: IDBDatabase, transaction: IDBTransaction) => void)[] = [
  (database) => {
    database.createObjectStore('workspaces', { keyPath: 'id' });
    database.createObjectStore('notebooks', { keyPath: 'id' });
    const jobs = database.createObjectStore('jobs', { keyPath: 'id' });
    jobs.createIndex('by-notebook', 'notebookId');
    jobs.createIndex('by-cell', 'cellId');
    jobs.createIndex('by-blob', 'blobs', { multiEntry: true });
    database.createObjectStore('logs', { keyPath: 'jobId' });
    database.createObjectStore('blobs', { keyPath: 'hash' });
    database.createObjectStore('settings', { keyPath: 'name' });
  },
  // Notebooks name values too: the wheels that were added to them.
  (_database, transaction) => {
    transaction.objectStore('notebooks').createIndex('by-blob', 'blobs', { multiEntry: true });
  },
];

export const newestVersion = migrations.length;

/** Runs, in order, what lies between the version found and the newest. */
export function migrate(database: IDBDatabase, transaction: IDBTransaction, foundVersion: number): void {
  for (const step of migrations.slice(foundVersion)) step(database, transaction);
}
