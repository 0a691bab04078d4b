import { addKinds } from './parse-old-jobs.ts';
import { addKeptThings } from './parse-old-sessions.ts';

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
  // Jobs say what they took and showed, of which kind their cell was and what they put out.
  (_database, transaction) => {
    changeRecords(transaction.objectStore('jobs'), addKinds);
  },
  // Jobs belong to sessions; one that was done before there were any belongs to none.
  (database, transaction) => {
    database.createObjectStore('sessions', { keyPath: 'id' }).createIndex('by-notebook', 'notebookId');
    transaction.objectStore('jobs').createIndex('by-session', 'sessionId');
  },
  // Sessions keep what is in their directories, and say what of packages they had and who ran them.
  (_database, transaction) => {
    const sessions = transaction.objectStore('sessions');
    sessions.createIndex('by-blob', 'blobs', { multiEntry: true });
    changeRecords(sessions, addKeptThings);
  },
  // Statements have data schemas and checkpoints.
  (database) => {
    database.createObjectStore('checkpoints', { keyPath: 'cellId' }).createIndex('by-notebook', 'notebookId');
    database.createObjectStore('schemas', { keyPath: 'id' });
  },
  // Jobs save models and run as somebody, by hand or by a schedule.
  (database) => {
    database.createObjectStore('models', { keyPath: 'id' });
    const versions = database.createObjectStore('modelVersions', { keyPath: ['modelId', 'number'] });
    versions.createIndex('by-model', 'modelId');
    versions.createIndex('by-blob', 'blob');
    database.createObjectStore('modelGroups', { keyPath: 'id' });
    database.createObjectStore('profiles', { keyPath: 'id' });
    database.createObjectStore('signingKeys', { keyPath: 'workspaceId' });
    database.createObjectStore('productionLines', { keyPath: 'id' });
    database.createObjectStore('schedules', { keyPath: 'id' });
  },
  // Of each workspace file that was imported, whether what came with it may run.
  (database) => {
    database.createObjectStore('imports', { keyPath: 'id' });
  },
];

export const newestVersion = migrations.length;

/** Runs, in order, what lies between the version found and the one wanted. */
export function migrate(
  database: IDBDatabase,
  transaction: IDBTransaction,
  foundVersion: number,
  wantedVersion = newestVersion,
): void {
  for (const step of migrations.slice(foundVersion, wantedVersion)) step(database, transaction);
}

/** Changes each record of a store; one that `change` gives null for stays as it is. */
function changeRecords(store: IDBObjectStore, change: (record: unknown) => object | null): void {
  const request = store.openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    const changed = change(cursor.value);
    if (changed) cursor.update(changed);
    cursor.continue();
  };
}
