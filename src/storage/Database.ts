// Longer than most files: one short method after the other, all that is read of IndexedDB and written to it.
import { openDB, unwrap, type IDBPDatabase } from 'idb';
import {
  type BlobHash,
  type ImportId,
  type JobId,
  type NotebookId,
  type ProductionLineId,
  type ScheduleId,
  type SessionId,
  type WorkspaceId,
} from '../model/ids.ts';
import { createSigningKey, type SigningKey } from '../identity/signing-key.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { DataSchema, SchemaId } from '../model/data-schema.ts';
import type { ImportedFile } from '../model/imported-file.ts';
import { listCurrentJobs, type Job, type LogEntry } from '../model/job.ts';
import { changeKnown, noKnownModels, type KnownModels } from '../model/known-models.ts';
import type { ModelRename } from '../model/model-renames.ts';
import { standardNetworkPolicy, type NetworkPolicy } from '../model/network-policy.ts';
import { listNotebookBlobs, type Notebook } from '../model/notebook.ts';
import type { ProductionLine } from '../model/production-line.ts';
import type { Schedule } from '../model/schedule.ts';
import { changeProfileList, type Profile } from '../model/profile.ts';
import type { Session } from '../model/session.ts';
import type { KindUse } from '../model/storage-use.ts';
import { invariant } from '../shared/invariant.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { BlobRecords, readBlobRecord } from './BlobRecords.ts';
import { findNamed, namingStores } from './find-named.ts';
import { findProfiles, keepSigningKey, openProfileRecords, writeProfile } from './identity-records.ts';
import { migrate, newestVersion } from './migrations.ts';
import {
  ask,
  dropJob,
  dropNotebook,
  dropSession,
  dropUnused,
  jobStores,
  putBlobs,
  putJob,
  putSession,
  replaceSession,
  type Stores,
  type WriteTransaction,
} from './job-records.ts';
import {
  parseCheckpoint,
  parseDataSchema,
  parseImportedFile,
  parseJob,
  parseLog,
  parseNotebook,
  parseProductionLine,
  parseSchedule,
  parseSession,
  parseSigningKey,
  parseWorkspace,
} from './parse-records.ts';
import { ImportNews } from './ImportNews.ts';
import { ModelNews } from './ModelNews.ts';
import { modelStores, putModels, readModels, writeModels } from './model-records.ts';
import { removeWorkspace } from './remove-workspace.ts';
import {
  databaseName,
  storeNames,
  type BlobRecord,
  type CahierSchema,
  type NotebookRecord,
} from './schema.ts';
import { readSettings, toSettingKey } from './settings-records.ts';
import { sortFound } from './sort-found.ts';
import {
  buildWorkspace,
  changeEntry,
  choiceStores,
  chooseWorkspace,
  countContents,
  isOfWorkspace,
  listEntries,
} from './workspace-list.ts';
import { createSecretSalt } from '../model/secret-hash.ts';
import type { SettingName, Settings } from '../model/settings.ts';
import type { WorkspaceChange, WorkspaceContents, WorkspaceEntry } from '../model/workspace.ts';
import {
  changeStoredFiles,
  copyCheckpoint,
  copyJob,
  listReplacedJobs,
  type BlobToStore,
  type ChangeModels,
  type ChangeRecord,
  type ChangeProfiles,
  type CommittedModels,
  type Found,
  type FoundModels,
  type JobWithLog,
  type ModelsProblem,
  type ProfilesProblem,
  type NotebookCopy,
  type OnModelsChange,
  type RestoredSession,
  type Storage,
  type StorageProblem,
  type Written,
} from './Storage.ts';
import { toMessage } from '../shared/to-message.ts';
import { readRecords } from './workspace-file/read-records.ts';
import { readStoredState, stateStores } from './workspace-file/read-stored-state.ts';
import { StateChanged, storeImport, type PreparedImport } from './workspace-file/store-import.ts';
import type { StoredState } from './workspace-file/stored-state.ts';
import type { FoundRecords } from './workspace-file/workspace-records.ts';

/** Why an import is not stored; changed: by now something else is stored than what it was planned by. */
export type ImportProblem = StorageProblem | { readonly kind: 'changed'; readonly message: string };

export interface DatabaseEvents {
  /** An older version of the app, open in another tab, keeps the database from being brought up to date. */
  readonly onBlocked: () => void;
  /** Another tab wants to bring the database to a newer version: this one has let it go. */
  readonly onOutdated: () => void;
  /** The browser closed the database by itself. */
  readonly onLost: () => void;
}

/** The one class that touches IndexedDB. */
export class Database implements Storage {
  readonly #database: IDBPDatabase<CahierSchema>;
  readonly #pending = new Set<Promise<unknown>>();
  readonly #blobs: BlobRecords;
  #modelNews: ModelNews;
  /** The one that is open; null stands for all. */
  #workspaceId: WorkspaceId | null = null;
  readonly #importNews: ImportNews;

  private constructor(database: IDBPDatabase<CahierSchema>) {
    this.#database = database;
    this.#modelNews = new ModelNews(database.name);
    this.#importNews = new ImportNews(database.name);
    this.#blobs = new BlobRecords(database);
  }

  /** Opens the database, bringing it to the newest version; the problem says why it cannot be had. */
  static async open(events: DatabaseEvents, name = databaseName): Promise<Result<Database, string>> {
    const opened = await Database.tryOpen(events, name);
    return opened.isOk ? opened : fail(opened.problem.message);
  }

  /** As `open`; the problem names what the browser calls it, too. A database that cannot be brought up to date is as it was. */
  static async tryOpen(
    events: DatabaseEvents,
    name: string,
    migrateWith = migrate,
  ): Promise<Result<Database, { readonly errorName: string; readonly message: string }>> {
    let database: IDBPDatabase<CahierSchema> | null = null;
    let failure: unknown = null;
    try {
      database = await openDB<CahierSchema>(name, newestVersion, {
        upgrade: (found, foundVersion, _newVersion, transaction) => {
          try {
            migrateWith(unwrap(found), unwrap(transaction), foundVersion);
          } catch (error) {
            failure = error;
            transaction.done.catch(() => undefined);
            transaction.abort();
          }
        },
        blocking: () => {
          // First, so that what is not saved yet still can be.
          events.onOutdated();
          database?.close();
        },
        blocked: events.onBlocked,
        terminated: events.onLost,
      });
      return succeed(new Database(database));
    } catch (error) {
      const errorName = error instanceof Error || error instanceof DOMException ? error.name : '';
      return fail({ errorName, message: toMessage(failure ?? error) });
    }
  }

  /** The stores that it should have and has not, as it was damaged. */
  listMissingStores(): readonly string[] {
    return storeNames.filter((name) => !this.#database.objectStoreNames.contains(name));
  }

  async openWorkspace(wanted: WorkspaceId | null = null): Promise<WorkspaceId> {
    const transaction = this.#database.transaction(choiceStores, 'readwrite');
    const id = await chooseWorkspace(transaction, wanted);
    await transaction.done;
    this.#workspaceId = id;
    this.#modelNews.close();
    this.#modelNews = new ModelNews(`${this.#database.name} ${id}`);
    return id;
  }

  async listWorkspaces(): Promise<Found<WorkspaceEntry>> {
    return listEntries(await this.#database.getAll('workspaces'));
  }

  async countContents(): Promise<ReadonlyMap<string, WorkspaceContents>> {
    return countContents(await this.#database.getAll('notebooks'));
  }

  async addWorkspace(title: string): Promise<Result<WorkspaceEntry, StorageProblem>> {
    let created = buildWorkspace(title);
    const written = await this.#write(['workspaces'], async (transaction) => {
      const store = transaction.objectStore('workspaces');
      // It stands last, also where two are made at once or the clock was set back.
      const others = listEntries(await store.getAll()).values;
      const createdAt = Math.max(created.createdAt, ...others.map((other) => other.createdAt + 1));
      created = { ...created, createdAt };
      await store.put(created);
    });
    return written.isOk ? succeed({ ...created, deletedAt: null }) : written;
  }

  async changeWorkspace(
    id: WorkspaceId,
    change: WorkspaceChange,
  ): Promise<Result<WorkspaceEntry | null, StorageProblem>> {
    let changed: WorkspaceEntry | null = null;
    const written = await this.#write(['workspaces'], async (transaction) => {
      changed = await changeEntry(transaction, id, change);
    });
    return written.isOk ? succeed(changed) : written;
  }

  removeWorkspace(id: WorkspaceId): Promise<Written> {
    const stores = [...this.#database.objectStoreNames];
    return this.#write(stores, (transaction) => removeWorkspace(transaction, id));
  }

  async loadSecretSalt(id: WorkspaceId): Promise<string> {
    let salt = createSecretSalt();
    // One that cannot be kept serves as long as the tab does: what was made with it counts as changed later.
    await this.#write(['workspaces'], async (transaction) => {
      const store = transaction.objectStore('workspaces');
      const record = await store.get(id);
      invariant(record, 'the workspace is stored');
      const parsed = parseWorkspace(record);
      const kept = parsed.isOk ? parsed.value.secretSalt : null;
      if (kept) salt = kept;
      else await store.put({ ...record, secretSalt: salt });
    });
    return salt;
  }

  async loadNetworkPolicy(id: WorkspaceId): Promise<NetworkPolicy> {
    return readNetworkPolicy(await this.#database.get('workspaces', id));
  }

  async changeNetworkPolicy(
    id: WorkspaceId,
    change: (policy: NetworkPolicy) => NetworkPolicy,
  ): Promise<Result<NetworkPolicy, StorageProblem>> {
    let network = standardNetworkPolicy;
    const written = await this.#write(['workspaces'], async (transaction) => {
      const store = transaction.objectStore('workspaces');
      const record = await store.get(id);
      invariant(record, 'the workspace is stored');
      network = change(readNetworkPolicy(record));
      await store.put({ ...record, network });
    });
    return written.isOk ? succeed(network) : written;
  }

  get databaseName(): string {
    return this.#database.name;
  }

  loadRecords(id: WorkspaceId): Promise<FoundRecords> {
    return readRecords(this.#database, id);
  }

  /** What is stored now, as far as an import into this workspace has to do with it. */
  readState(id: WorkspaceId): Promise<StoredState> {
    return readStoredState(this.#database.transaction(stateStores), id);
  }

  /** Which of these values something of a workspace names. */
  findNamed(hashes: readonly BlobHash[], id: WorkspaceId): Promise<ReadonlySet<BlobHash>> {
    return findNamed(this.#database.transaction(namingStores), hashes, id);
  }

  /** Stores an import, all of it or nothing: in one transaction, which compares what is stored with what it was planned by. */
  async storeImport(prepared: PreparedImport): Promise<Result<null, ImportProblem>> {
    let hasChanged = false;
    await this.#blobs.canKeepBlobs();
    const stores = [...this.#database.objectStoreNames];
    const written = await this.#write(stores, async (transaction) => {
      try {
        await storeImport(transaction, prepared, this.#blobs);
      } catch (error) {
        hasChanged = error instanceof StateChanged;
        throw error;
      }
    });
    if (!written.isOk) return hasChanged ? fail({ kind: 'changed', message: '' }) : written;
    this.#modelNews.tell(prepared.plan.renames);
    this.#importNews.tell();
    return written;
  }

  async loadNotebooks(): Promise<Found<Notebook>> {
    return sortFound(this.#pickOwn(await this.#database.getAll('notebooks')), parseNotebook, 'notebook');
  }

  async loadNotebook(id: NotebookId): Promise<Notebook | null> {
    const parsed = parseNotebook(await this.#database.get('notebooks', id));
    return parsed.isOk && this.#isOwn(parsed.value) ? parsed.value : null;
  }

  saveNotebook(
    notebook: Notebook,
    blobs: readonly BlobToStore[] = [],
    schemas: readonly DataSchema[] = [],
    imported: ImportedFile | null = null,
  ): Promise<Written> {
    // Without any nothing is waited for: in a tab that is being closed it would not come.
    if (blobs.length === 0) return this.#putNotebook(notebook, [], schemas, imported);
    return this.#prepareBlobs(blobs, (records) => this.#putNotebook(notebook, records, schemas, imported));
  }

  addCopy(copy: NotebookCopy): Promise<Written> {
    return this.#write(jobStores, async (transaction) => {
      await transaction.objectStore('notebooks').put(toRecord(copy.notebook));
      const jobs = await transaction.objectStore('jobs').index('by-notebook').getAll(copy.sourceId);
      for (const job of listCurrentJobs(jobs)) {
        const copied = copyJob(job, copy);
        const log = await transaction.objectStore('logs').get(job.id);
        if (copied) await putJob(transaction, { job: copied, log: log?.entries ?? [] }, []);
      }
      const checkpoints = transaction.objectStore('checkpoints');
      for (const checkpoint of await checkpoints.index('by-notebook').getAll(copy.sourceId)) {
        const copied = copyCheckpoint(checkpoint, copy);
        if (copied) await checkpoints.put(copied);
      }
    });
  }

  dropStrayJobs(): Promise<Written> {
    return this.#write(jobStores, async (transaction) => {
      const records: readonly unknown[] = await transaction.objectStore('notebooks').getAll();
      const parsed = records.map(parseNotebook);
      // With a notebook that cannot be read, nobody knows which cells there are.
      if (parsed.some((notebook) => !notebook.isOk)) return;
      const cellIds = new Set(
        parsed.flatMap((notebook) => (notebook.isOk ? notebook.value.cells.map((cell) => cell.id) : [])),
      );
      for (const job of await transaction.objectStore('jobs').getAll()) {
        const isOfSession = (job.sessionId ?? null) !== null;
        if (!cellIds.has(job.cellId) && !isOfSession) await dropJob(transaction, job);
      }
      const checkpoints = transaction.objectStore('checkpoints');
      for (const cellId of await checkpoints.getAllKeys()) {
        if (!cellIds.has(cellId)) await checkpoints.delete(cellId);
      }
      await dropUnused(transaction, await transaction.objectStore('blobs').getAllKeys());
    });
  }

  removeNotebook(id: NotebookId): Promise<Written> {
    return this.#write(jobStores, (transaction) => dropNotebook(transaction, id));
  }

  async loadJobs(notebookId: NotebookId): Promise<Found<Job>> {
    return sortFound(
      await this.#database.getAllFromIndex('jobs', 'by-notebook', notebookId),
      parseJob,
      'job',
    );
  }

  async loadLog(jobId: JobId): Promise<readonly LogEntry[]> {
    const parsed = parseLog(await this.#database.get('logs', jobId));
    return parsed.isOk ? parsed.value : [];
  }

  async commitJob(entry: JobWithLog, blobs: readonly BlobToStore[]): Promise<CommittedModels> {
    let stored: CommittedModels = succeed(null);
    const written = await this.#prepareBlobs(blobs, (records) =>
      this.#write(jobStores, async (transaction) => {
        stored = await putModels(transaction, entry, this.#workspaceId);
        if (!stored.isOk) return;
        const job = { ...entry.job, savedModels: stored.value?.saved ?? entry.job.savedModels };
        // Nothing is dropped before all that may name it is put; until then nobody waits for an answer.
        const { session, checkpoint } = entry;
        const [earlier, unnamed] = await Promise.all([
          ask(() => transaction.objectStore('jobs').index('by-cell').getAll(entry.job.cellId)),
          session ? replaceSession(transaction, session) : [],
          checkpoint ? ask(() => transaction.objectStore('checkpoints').put(checkpoint)) : null,
          putJob(transaction, { job, log: entry.log }, records),
        ]);
        if (entry.fileChanges) await changeNotebookFiles(transaction, entry);
        for (const job of listReplacedJobs(earlier, entry.job)) await dropJob(transaction, job);
        await dropUnused(transaction, [...unnamed, ...(entry.lost ?? [])]);
      }),
    );
    if (written.isOk && stored.isOk && stored.value) this.#modelNews.tell([]);
    return written.isOk ? stored : written;
  }

  async loadSessions(notebookId: NotebookId): Promise<Found<Session>> {
    const records = await this.#database.getAllFromIndex('sessions', 'by-notebook', notebookId);
    const { values, problems } = sortFound(records, parseSession, 'session');
    return { values: [...values].sort((one, other) => other.startedAt - one.startedAt), problems };
  }

  async loadSessionJobs(id: SessionId): Promise<Found<Job>> {
    return sortFound(await this.#database.getAllFromIndex('jobs', 'by-session', id), parseJob, 'job');
  }

  saveSession(session: Session): Promise<Written> {
    return this.#write(jobStores, async (transaction) => {
      await putSession(transaction, session);
    });
  }

  addRestored({ session, jobs, checkpoints }: RestoredSession): Promise<Written> {
    return this.#write(jobStores, async (transaction) => {
      await putSession(transaction, session);
      for (const checkpoint of checkpoints) await transaction.objectStore('checkpoints').put(checkpoint);
      for (const { job, logOf } of jobs) {
        const log = await transaction.objectStore('logs').get(logOf);
        await putJob(transaction, { job, log: log?.entries ?? [] }, []);
      }
    });
  }

  removeSessions(ids: readonly SessionId[]): Promise<Written> {
    return this.#write(jobStores, async (transaction) => {
      const jobs = transaction.objectStore('jobs');
      const current = await listCurrentIds(transaction, ids);
      for (const id of ids) {
        for (const job of await jobs.index('by-session').getAll(id)) {
          if (current.has(job.id)) await jobs.put({ ...job, sessionId: null });
          else await dropJob(transaction, job);
        }
        await dropSession(transaction, id);
      }
    });
  }

  async loadCheckpoints(notebookId: NotebookId): Promise<Found<Checkpoint>> {
    const records = await this.#database.getAllFromIndex('checkpoints', 'by-notebook', notebookId);
    return sortFound(records, parseCheckpoint, 'checkpoint');
  }

  saveCheckpoint(checkpoint: Checkpoint): Promise<Written> {
    return this.#write(['checkpoints'], async (transaction) => {
      await transaction.objectStore('checkpoints').put(checkpoint);
    });
  }

  async loadSchemas(): Promise<Found<DataSchema>> {
    return sortFound(this.#pickOwn(await this.#database.getAll('schemas')), parseDataSchema, 'data schema');
  }

  saveSchema(schema: DataSchema): Promise<Written> {
    return this.#write(['schemas'], async (transaction) => {
      await transaction.objectStore('schemas').put(schema);
    });
  }

  removeSchema(id: SchemaId): Promise<Written> {
    return this.#write(['schemas'], async (transaction) => {
      await transaction.objectStore('schemas').delete(id);
    });
  }

  async loadModels(): Promise<FoundModels> {
    const transaction = this.#database.transaction(['models', 'modelVersions', 'modelGroups']);
    return await readModels(transaction, this.#workspaceId);
  }

  async changeModels(change: ChangeModels): Promise<Result<KnownModels, ModelsProblem>> {
    let changed: Result<KnownModels, ModelsProblem> = succeed(noKnownModels);
    let renames: readonly ModelRename[] = [];
    const written = await this.#write(modelStores, async (transaction) => {
      const { known } = await readModels(transaction, this.#workspaceId);
      const changes = change(known);
      if (!changes.isOk) {
        changed = fail({ kind: 'refused', message: changes.problem });
        return;
      }
      await writeModels(transaction, changes.value, known, this.#workspaceId);
      renames = changes.value.renames ?? [];
      changed = succeed(changeKnown(known, changes.value));
    });
    if (written.isOk && changed.isOk) this.#modelNews.tell(renames);
    return written.isOk ? changed : written;
  }

  async loadProductionLines(): Promise<Found<ProductionLine>> {
    const records = this.#pickOwn(await this.#database.getAll('productionLines'));
    return sortFound(records, parseProductionLine, 'production line');
  }

  changeProductionLine(
    id: ProductionLineId,
    change: ChangeRecord<ProductionLine>,
  ): Promise<Result<ProductionLine | null, StorageProblem>> {
    return this.#changeRecord(
      change,
      parseProductionLine,
      (transaction) => transaction.objectStore('productionLines').get(id),
      (transaction, line) =>
        line
          ? transaction.objectStore('productionLines').put(line)
          : transaction.objectStore('productionLines').delete(id),
    );
  }

  async loadSchedules(): Promise<Found<Schedule>> {
    return sortFound(this.#pickOwn(await this.#database.getAll('schedules')), parseSchedule, 'schedule');
  }

  changeSchedule(
    id: ScheduleId,
    change: ChangeRecord<Schedule>,
  ): Promise<Result<Schedule | null, StorageProblem>> {
    return this.#changeRecord(
      change,
      parseSchedule,
      (transaction) => transaction.objectStore('schedules').get(id),
      (transaction, schedule) =>
        schedule
          ? transaction.objectStore('schedules').put(schedule)
          : transaction.objectStore('schedules').delete(id),
    );
  }

  async loadImports(): Promise<Found<ImportedFile>> {
    return sortFound(this.#pickOwn(await this.#database.getAll('imports')), parseImportedFile, 'import');
  }

  async changeImport(
    id: ImportId,
    change: ChangeRecord<ImportedFile>,
  ): Promise<Result<ImportedFile | null, StorageProblem>> {
    const changed = await this.#changeRecord(
      change,
      parseImportedFile,
      (transaction) => transaction.objectStore('imports').get(id),
      (transaction, file) =>
        file ? transaction.objectStore('imports').put(file) : transaction.objectStore('imports').delete(id),
    );
    if (changed.isOk) this.#importNews.tell();
    return changed;
  }

  watchImports(onChange: () => void): () => void {
    return this.#importNews.watch(onChange);
  }

  async openProfiles(createFirst: (formerName: unknown) => Profile): Promise<Found<Profile>> {
    let found: Found<Profile> | null = null;
    const written = await this.#write(['profiles', 'settings'], async (transaction) => {
      found = await openProfileRecords(transaction, createFirst, this.#workspaceId);
    });
    // One that cannot be kept serves as long as the tab does.
    return written.isOk && found ? found : { values: [createFirst(undefined)], problems: [] };
  }

  async loadProfiles(): Promise<Found<Profile>> {
    return findProfiles(this.#pickOwn(await this.#database.getAll('profiles')));
  }

  async changeProfiles(change: ChangeProfiles): Promise<Result<readonly Profile[], ProfilesProblem>> {
    let changed: Result<readonly Profile[], ProfilesProblem> = succeed([]);
    const written = await this.#write(['profiles'], async (transaction) => {
      const { values } = findProfiles(this.#pickOwn(await transaction.objectStore('profiles').getAll()));
      const made = change(values);
      if (!made.isOk) {
        changed = fail({ kind: 'refused', message: made.problem });
        return;
      }
      await writeProfile(transaction, made.value);
      changed = succeed(changeProfileList(values, made.value));
    });
    return written.isOk ? changed : written;
  }

  async openSigningKey(id: WorkspaceId): Promise<Result<SigningKey, StorageProblem>> {
    const kept = parseSigningKey(await this.#database.get('signingKeys', id));
    if (kept.isOk) return kept;
    // Made before the transaction, which waits for nothing but its own requests.
    let key = await createSigningKey();
    const written = await this.#write(['signingKeys'], async (transaction) => {
      key = await keepSigningKey(transaction, id, key);
    });
    return written.isOk ? succeed(key) : written;
  }

  watchModels(onChange: OnModelsChange): () => void {
    return this.#modelNews.watch(onChange);
  }

  async readBlob(hash: BlobHash): Promise<Blob | null> {
    return readBlobRecord(await this.#database.get('blobs', hash));
  }

  async findMissing(hashes: readonly BlobHash[]): Promise<ReadonlySet<BlobHash>> {
    const missing = new Set<BlobHash>();
    const { store } = this.#database.transaction('blobs');
    for (const hash of hashes) if ((await store.getKey(hash)) === undefined) missing.add(hash);
    return missing;
  }

  async measureUse(): Promise<readonly KindUse[]> {
    const { measureUse } = await import('./measure-use.ts');
    return await measureUse(this.#database);
  }

  async loadSettings(): Promise<Settings> {
    return readSettings(await this.#database.getAll('settings'), this.#workspaceId);
  }

  saveSetting<Name extends SettingName>(
    name: Name,
    value: Settings[Name],
    of = this.#workspaceId,
  ): Promise<Written> {
    return this.#write(['settings'], async (transaction) => {
      await transaction.objectStore('settings').put({ name: toSettingKey(name, of), value });
    });
  }

  async pending(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  close(): void {
    this.#modelNews.close();
    this.#importNews.close();
    this.#database.close();
  }

  #isOwn(record: unknown): boolean {
    return isOfWorkspace(record, this.#workspaceId);
  }

  #pickOwn(records: readonly unknown[]): unknown[] {
    return records.filter((record) => this.#isOwn(record));
  }

  /** Changes one record in one transaction; what cannot be read is left as it is. */
  async #changeRecord<Value>(
    change: ChangeRecord<Value>,
    parse: (record: unknown) => Result<Value, string>,
    get: (transaction: WriteTransaction) => Promise<unknown>,
    put: (transaction: WriteTransaction, value: Value | null) => Promise<unknown>,
  ): Promise<Result<Value | null, StorageProblem>> {
    let changed: Value | null = null;
    const written = await this.#write(['productionLines', 'schedules', 'imports'], async (transaction) => {
      const record = await get(transaction);
      const stored = record === undefined ? succeed(null) : parse(record);
      if (!stored.isOk) throw new Error(`what is stored of it cannot be read: ${stored.problem}`);
      changed = change(stored.value);
      if (changed !== stored.value) await put(transaction, changed);
    });
    return written.isOk ? succeed(changed) : written;
  }

  #putNotebook(
    notebook: Notebook,
    records: readonly BlobRecord[],
    schemas: readonly DataSchema[],
    imported: ImportedFile | null,
  ): Promise<Written> {
    return this.#write(['notebooks', 'blobs', 'schemas', 'imports'], async (transaction) => {
      if (imported) await transaction.objectStore('imports').put(imported);
      if (records.length > 0) await putBlobs(transaction, records);
      for (const schema of schemas) await transaction.objectStore('schemas').put(schema);
      const putting = transaction.objectStore('notebooks').put(toRecord(notebook));
      // Committed without waiting for an answer: in a tab that is being closed none would come.
      transaction.commit();
      await putting;
      if (imported) this.#importNews.tell();
    });
  }

  /** Writes values in the form in which this browser keeps them. */
  #prepareBlobs(
    blobs: readonly BlobToStore[],
    write: (records: readonly BlobRecord[]) => Promise<Written>,
  ): Promise<Written> {
    const written = this.#blobs.toRecords(blobs).then(write, (error: unknown) => fail(toProblem(error)));
    this.#pending.add(written);
    return written.finally(() => this.#pending.delete(written));
  }

  /** Runs one transaction; `work` awaits nothing but the transaction's own requests. */
  #write(stores: Stores, work: (transaction: WriteTransaction) => Promise<void>): Promise<Written> {
    const writing = this.#runTransaction(stores, work);
    this.#pending.add(writing);
    void writing.finally(() => this.#pending.delete(writing));
    return writing;
  }

  async #runTransaction(
    stores: Stores,
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<Written> {
    try {
      const transaction = this.#database.transaction(stores, 'readwrite');
      // Its failure is met below: by the work that fails with it, or by `done` itself.
      transaction.done.catch(() => undefined);
      try {
        await work(transaction);
      } catch (error) {
        abort(transaction);
        throw error;
      }
      await transaction.done;
      return succeed(null);
    } catch (error) {
      return fail(toProblem(error));
    }
  }
}

function readNetworkPolicy(record: unknown): NetworkPolicy {
  const parsed = parseWorkspace(record);
  return (parsed.isOk ? parsed.value.network : undefined) ?? standardNetworkPolicy;
}

/** The jobs whose results cells show, of all notebooks that the sessions belong to. */
async function listCurrentIds(
  transaction: WriteTransaction,
  sessionIds: readonly SessionId[],
): Promise<ReadonlySet<JobId>> {
  const jobs = transaction.objectStore('jobs');
  const notebookIds = new Set<NotebookId>();
  for (const id of sessionIds) {
    for (const { notebookId } of await jobs.index('by-session').getAll(id)) notebookIds.add(notebookId);
  }
  const ids = new Set<JobId>();
  for (const notebookId of notebookIds) {
    for (const job of listCurrentJobs(await jobs.index('by-notebook').getAll(notebookId))) ids.add(job.id);
  }
  return ids;
}

/** In what is stored now: what was written in the notebook while the job ran stays. */
async function changeNotebookFiles(transaction: WriteTransaction, entry: JobWithLog): Promise<void> {
  const store = transaction.objectStore('notebooks');
  const parsed = parseNotebook(await store.get(entry.job.notebookId));
  const changed = changeStoredFiles(parsed.isOk ? parsed.value : undefined, entry);
  if (changed) await store.put(toRecord(changed));
}

function toRecord(notebook: Notebook): NotebookRecord {
  return { ...notebook, blobs: listNotebookBlobs(notebook) };
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It was over already: the failure that led here is the one to tell.
  }
}

function toProblem(error: unknown): StorageProblem {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return { kind: isFull ? 'full' : 'failed', message: toMessage(error) };
}
