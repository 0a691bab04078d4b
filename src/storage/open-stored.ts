import { toMessage } from '../shared/to-message.ts';
import { Database, type DatabaseEvents } from './Database.ts';
import { migrate, newestVersion } from './migrations.ts';
import { RawDatabase } from './salvage/RawDatabase.ts';
import { databaseName } from './schema.ts';

/** Why a database that is there cannot be opened. */
export interface OpenFailure {
  /** newer: a later version of the app made it; migration: it could not be brought to this version, and is as it was. */
  readonly kind: 'newer' | 'migration' | 'broken';
  /** The browser's words, without a point at their end. */
  readonly message: string;
  /** The version that is there; null where that is not told. */
  readonly foundVersion: number | null;
}

/** What came of opening what is stored. refused: the browser stores nothing for this page, and nothing is stored. */
export type OpenedStorage =
  | {
      readonly status: 'open';
      readonly database: Database;
      readonly backup: BackupOutcome;
      /** Nothing was there before. */
      readonly isNew: boolean;
    }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly failure: OpenFailure };

/** What became of the copy that is made before a database is brought to a newer version. */
export type BackupOutcome =
  | { readonly status: 'not-needed' }
  | { readonly status: 'made'; readonly losses: readonly string[] }
  | { readonly status: 'skipped'; readonly reason: string };

export interface OpeningOptions {
  readonly events: DatabaseEvents;
  readonly appVersion: string;
  /** Told how many bytes of the copy were written. */
  readonly onBackup: (doneBytes: number) => void;
  readonly name?: string;
  /** For tests. */
  readonly migrateWith?: typeof migrate;
}

/** Opens what is stored, after a copy of its records where it is to be brought to a newer version. Never rejects. */
export async function openStored({
  events,
  appVersion,
  onBackup,
  name = databaseName,
  migrateWith = migrate,
}: OpeningOptions): Promise<OpenedStorage> {
  const found = await findVersion(name);
  const isOlder = typeof found.version === 'number' && found.version < newestVersion;
  const backup: BackupOutcome = isOlder
    ? await makeBackup(name, appVersion, onBackup)
    : { status: 'not-needed' };
  const opened = await Database.tryOpen(events, name, migrateWith);
  if (opened.isOk) {
    const database = opened.value;
    const missing = database.listMissingStores();
    if (missing.length === 0) return { status: 'open', database, backup, isNew: found.version === null };
    database.close();
    const message = `it lacks what should be in it: ${missing.join(', ')}`;
    return { status: 'failed', failure: { kind: 'broken', message, foundVersion: newestVersion } };
  }
  const { errorName, message } = opened.problem;
  const isUnknown = found.version === 'unknown';
  const foundVersion = found.version === 'unknown' ? null : found.version;
  if (errorName === 'VersionError')
    return { status: 'failed', failure: { kind: 'newer', message, foundVersion } };
  const mayBeBroken = isUnknown && brokenErrors.has(errorName) && !(await isAllRefused());
  // Nothing is there that could be lost.
  if (foundVersion === null && !mayBeBroken) return { status: 'refused', reason: message };
  const kind = isOlder && !brokenErrors.has(errorName) ? 'migration' : 'broken';
  return { status: 'failed', failure: { kind, message, foundVersion } };
}

/** What browsers say where a database is there and cannot be read; they may not even tell then that it is there. */
const brokenErrors: ReadonlySet<string> = new Set(['UnknownError', 'DataError', 'NotReadableError']);

/** The version that is there: null where there is none, or where the browser refuses to say. */
async function findVersion(name: string): Promise<{ readonly version: number | 'unknown' | null }> {
  try {
    if (!('databases' in indexedDB)) {
      const raw = await RawDatabase.open(name);
      raw?.close();
      return { version: raw?.version ?? null };
    }
    const databases = await indexedDB.databases();
    return { version: databases.find((database) => database.name === name)?.version ?? null };
  } catch {
    return { version: 'unknown' };
  }
}

/** Whether the browser lets this page store nothing at all: of a database it says then no more than that it is unknown. */
async function isAllRefused(): Promise<boolean> {
  try {
    await caches.keys();
    return false;
  } catch {
    return true;
  }
}

async function makeBackup(
  name: string,
  appVersion: string,
  onProgress: (doneBytes: number) => void,
): Promise<BackupOutcome> {
  try {
    // Nobody has to download it for a visit that brings nothing up to date.
    const { salvage } = await import('./salvage/salvage.ts');
    const { signal } = new AbortController();
    const { losses } = await salvage(
      { type: 'write-backup', databaseName: name, appVersion },
      { signal, onProgress },
    );
    return { status: 'made', losses };
  } catch (error) {
    return { status: 'skipped', reason: toMessage(error) };
  }
}
