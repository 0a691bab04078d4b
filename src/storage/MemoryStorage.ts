// Longer than most files: each store of the database, in one short method after the other.
import {
  type BlobHash,
  type CellId,
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
import { listBlobs, listCurrentJobs, type Job, type LogEntry } from '../model/job.ts';
import { changeKnown, noKnownModels, type KnownModels } from '../model/known-models.ts';
import { renameInNotebook } from '../model/model-renames.ts';
import { standardNetworkPolicy, type NetworkPolicy } from '../model/network-policy.ts';
import { listDatasetBlobs, listNotebookBlobs, type Notebook } from '../model/notebook.ts';
import type { ProductionLine } from '../model/production-line.ts';
import type { Schedule } from '../model/schedule.ts';
import { changeProfileList, type Profile } from '../model/profile.ts';
import { listSessionBlobs, type Session } from '../model/session.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { createSecretSalt } from '../model/secret-hash.ts';
import { sumUse, type KindUse } from '../model/storage-use.ts';
import { standardSettings, type SettingName, type Settings } from '../model/settings.ts';
import {
  standardWorkspaceTitle,
  type WorkspaceChange,
  type WorkspaceContents,
  type WorkspaceEntry,
} from '../model/workspace.ts';
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
  type RestoredSession,
  type Storage,
  type StorageProblem,
  type Written,
} from './Storage.ts';
import { buildWorkspace, countContents, toEntry } from './workspace-list.ts';
import { carrySettings } from './workspace-file/carried-records.ts';
import type { FoundRecords, WorkspaceRecords } from './workspace-file/workspace-records.ts';

const written: Promise<Written> = Promise.resolve(succeed(null));

const oneAlone: StorageProblem = {
  kind: 'failed',
  message: 'this browser stores nothing beyond the one workspace that is open',
};

/** Keeps everything while the tab is open, where the browser refuses to keep it for longer. */
export class MemoryStorage implements Storage {
  readonly databaseName = null;
  #entry: WorkspaceEntry = toEntry(buildWorkspace(standardWorkspaceTitle));
  readonly #secretSalt = createSecretSalt();
  readonly #notebooks = new Map<NotebookId, Notebook>();
  readonly #jobs = new Map<JobId, JobWithLog>();
  readonly #sessions = new Map<SessionId, Session>();
  readonly #blobs = new Map<BlobHash, Blob>();
  readonly #checkpoints = new Map<CellId, Checkpoint>();
  readonly #schemas = new Map<SchemaId, DataSchema>();
  readonly #lines = new Map<ProductionLineId, ProductionLine>();
  readonly #schedules = new Map<ScheduleId, Schedule>();
  readonly #imports = new Map<ImportId, ImportedFile>();
  #models = noKnownModels;
  #profiles: readonly Profile[] = [];
  #signingKey: Promise<SigningKey> | null = null;
  #settings: Settings = { ...standardSettings };
  #networkPolicy = standardNetworkPolicy;

  openWorkspace(): Promise<WorkspaceId> {
    return Promise.resolve(this.#entry.id);
  }

  /** There is one, as nothing that is kept here outlasts the page, which another workspace would need. */
  listWorkspaces(): Promise<Found<WorkspaceEntry>> {
    return Promise.resolve({ values: [this.#entry], problems: [] });
  }

  countContents(): Promise<ReadonlyMap<string, WorkspaceContents>> {
    const contents = countContents([...this.#notebooks.values()]);
    return Promise.resolve(contents);
  }

  addWorkspace(): Promise<Result<WorkspaceEntry, StorageProblem>> {
    return Promise.resolve(fail(oneAlone));
  }

  changeWorkspace(
    _id: WorkspaceId,
    { title = this.#entry.title }: WorkspaceChange,
  ): Promise<Result<WorkspaceEntry, StorageProblem>> {
    this.#entry = { ...this.#entry, title };
    return Promise.resolve(succeed(this.#entry));
  }

  removeWorkspace(): Promise<Written> {
    return Promise.resolve(fail(oneAlone));
  }

  loadSecretSalt(): Promise<string> {
    return Promise.resolve(this.#secretSalt);
  }

  loadNetworkPolicy(): Promise<NetworkPolicy> {
    return Promise.resolve(this.#networkPolicy);
  }

  changeNetworkPolicy(
    _id: WorkspaceId,
    change: (policy: NetworkPolicy) => NetworkPolicy,
  ): Promise<Result<NetworkPolicy, StorageProblem>> {
    this.#networkPolicy = change(this.#networkPolicy);
    return Promise.resolve(succeed(this.#networkPolicy));
  }

  loadRecords(id: WorkspaceId): Promise<FoundRecords> {
    const { title, createdAt } = this.#entry;
    const records: WorkspaceRecords = {
      workspace: { id, title, createdAt, network: this.#networkPolicy },
      settings: carrySettings(this.#settings),
      profiles: this.#profiles,
      schemas: [...this.#schemas.values()],
      ...this.#models,
      lines: [...this.#lines.values()],
      schedules: [...this.#schedules.values()],
      notebooks: [...this.#notebooks.values()],
      checkpoints: [...this.#checkpoints.values()],
      sessions: [...this.#sessions.values()],
      jobs: this.#listJobs(),
    };
    return Promise.resolve({ records, problems: [] });
  }

  loadNotebooks(): Promise<Found<Notebook>> {
    return Promise.resolve({ values: [...this.#notebooks.values()], problems: [] });
  }

  loadNotebook(id: NotebookId): Promise<Notebook | null> {
    return Promise.resolve(this.#notebooks.get(id) ?? null);
  }

  saveNotebook(
    notebook: Notebook,
    blobs: readonly BlobToStore[] = [],
    schemas: readonly DataSchema[] = [],
    imported: ImportedFile | null = null,
  ): Promise<Written> {
    if (imported) this.#imports.set(imported.id, imported);
    for (const schema of schemas) this.#schemas.set(schema.id, schema);
    for (const { hash, content } of blobs) this.#blobs.set(hash, content);
    this.#notebooks.set(notebook.id, notebook);
    return written;
  }

  addCopy(copy: NotebookCopy): Promise<Written> {
    const source = this.#listJobs().filter((job) => job.notebookId === copy.sourceId);
    for (const job of listCurrentJobs(source)) {
      const copied = copyJob(job, copy);
      if (copied) this.#jobs.set(copied.id, { job: copied, log: this.#jobs.get(job.id)?.log ?? [] });
    }
    for (const checkpoint of this.#listCheckpoints(copy.sourceId)) {
      const copied = copyCheckpoint(checkpoint, copy);
      if (copied) this.#checkpoints.set(copied.cellId, copied);
    }
    return this.saveNotebook(copy.notebook);
  }

  dropStrayJobs(): Promise<Written> {
    const cellIds = new Set(
      [...this.#notebooks.values()].flatMap((notebook) => notebook.cells.map((cell) => cell.id)),
    );
    this.#dropJobs(this.#listJobs().filter((job) => !cellIds.has(job.cellId) && job.sessionId === null));
    for (const cellId of this.#checkpoints.keys()) if (!cellIds.has(cellId)) this.#checkpoints.delete(cellId);
    return written;
  }

  removeNotebook(id: NotebookId): Promise<Written> {
    this.#notebooks.delete(id);
    for (const session of this.#sessions.values())
      if (session.notebookId === id) this.#sessions.delete(session.id);
    this.#dropJobs(this.#listJobs().filter((job) => job.notebookId === id));
    for (const { cellId } of this.#listCheckpoints(id)) this.#checkpoints.delete(cellId);
    return written;
  }

  loadJobs(notebookId: NotebookId): Promise<Found<Job>> {
    const values = this.#listJobs().filter((job) => job.notebookId === notebookId);
    return Promise.resolve({ values, problems: [] });
  }

  loadLog(jobId: JobId): Promise<readonly LogEntry[]> {
    return Promise.resolve(this.#jobs.get(jobId)?.log ?? []);
  }

  commitJob(entry: JobWithLog, blobs: readonly BlobToStore[]): Promise<CommittedModels> {
    const saving = entry.saveModels?.(this.#models) ?? null;
    if (saving && !saving.isOk) {
      return Promise.resolve(fail({ kind: 'refused', message: saving.problem }));
    }
    const saved = saving?.value.saved ?? entry.job.savedModels;
    for (const { hash, content } of blobs) this.#blobs.set(hash, content);
    if (saving) this.#models = changeKnown(this.#models, saving.value.changes);
    this.#jobs.set(entry.job.id, { ...entry, job: { ...entry.job, savedModels: saved } });
    const notebook = changeStoredFiles(this.#notebooks.get(entry.job.notebookId), entry);
    if (notebook) this.#notebooks.set(notebook.id, notebook);
    if (entry.session) this.#sessions.set(entry.session.id, entry.session);
    if (entry.checkpoint) this.#checkpoints.set(entry.checkpoint.cellId, entry.checkpoint);
    this.#dropJobs(listReplacedJobs(this.#listJobsOfCell(entry.job.cellId), entry.job));
    return Promise.resolve(succeed(saving && { saved, known: this.#models }));
  }

  loadSessions(notebookId: NotebookId): Promise<Found<Session>> {
    const values = [...this.#sessions.values()]
      .filter((session) => session.notebookId === notebookId)
      .sort((one, other) => other.startedAt - one.startedAt);
    return Promise.resolve({ values, problems: [] });
  }

  loadSessionJobs(id: SessionId): Promise<Found<Job>> {
    return Promise.resolve({ values: this.#listJobs().filter((job) => job.sessionId === id), problems: [] });
  }

  saveSession(session: Session): Promise<Written> {
    this.#sessions.set(session.id, session);
    return written;
  }

  addRestored({ session, jobs, checkpoints }: RestoredSession): Promise<Written> {
    for (const checkpoint of checkpoints) this.#checkpoints.set(checkpoint.cellId, checkpoint);
    for (const { job, logOf } of jobs) this.#jobs.set(job.id, { job, log: this.#jobs.get(logOf)?.log ?? [] });
    return this.saveSession(session);
  }

  removeSessions(ids: readonly SessionId[]): Promise<Written> {
    const current = new Set(listCurrentJobs(this.#listJobs()));
    const ofSessions = this.#listJobs().filter(
      ({ sessionId }) => sessionId !== null && ids.includes(sessionId),
    );
    for (const id of ids) this.#sessions.delete(id);
    for (const job of ofSessions.filter((each) => current.has(each))) {
      this.#jobs.set(job.id, { job: { ...job, sessionId: null }, log: this.#jobs.get(job.id)?.log ?? [] });
    }
    this.#dropJobs(ofSessions.filter((job) => !current.has(job)));
    return written;
  }

  loadCheckpoints(notebookId: NotebookId): Promise<Found<Checkpoint>> {
    return Promise.resolve({ values: this.#listCheckpoints(notebookId), problems: [] });
  }

  saveCheckpoint(checkpoint: Checkpoint): Promise<Written> {
    this.#checkpoints.set(checkpoint.cellId, checkpoint);
    return written;
  }

  loadSchemas(): Promise<Found<DataSchema>> {
    return Promise.resolve({ values: [...this.#schemas.values()], problems: [] });
  }

  saveSchema(schema: DataSchema): Promise<Written> {
    this.#schemas.set(schema.id, schema);
    return written;
  }

  removeSchema(id: SchemaId): Promise<Written> {
    this.#schemas.delete(id);
    return written;
  }

  loadModels(): Promise<FoundModels> {
    return Promise.resolve({ known: this.#models, problems: [] });
  }

  changeModels(change: ChangeModels): Promise<Result<KnownModels, ModelsProblem>> {
    const changes = change(this.#models);
    if (!changes.isOk) return Promise.resolve(fail({ kind: 'refused', message: changes.problem }));
    this.#models = changeKnown(this.#models, changes.value);
    for (const notebook of this.#notebooks.values()) {
      const renamed = renameInNotebook(notebook, changes.value.renames ?? []);
      if (renamed) this.#notebooks.set(renamed.id, renamed);
    }
    // Pickles that only they named go.
    this.#dropJobs([]);
    return Promise.resolve(succeed(this.#models));
  }

  loadProductionLines(): Promise<Found<ProductionLine>> {
    return Promise.resolve({ values: [...this.#lines.values()], problems: [] });
  }

  changeProductionLine(
    id: ProductionLineId,
    change: ChangeRecord<ProductionLine>,
  ): Promise<Result<ProductionLine | null, StorageProblem>> {
    return Promise.resolve(succeed(changeRecord(this.#lines, id, change)));
  }

  loadSchedules(): Promise<Found<Schedule>> {
    return Promise.resolve({ values: [...this.#schedules.values()], problems: [] });
  }

  changeSchedule(
    id: ScheduleId,
    change: ChangeRecord<Schedule>,
  ): Promise<Result<Schedule | null, StorageProblem>> {
    return Promise.resolve(succeed(changeRecord(this.#schedules, id, change)));
  }

  loadImports(): Promise<Found<ImportedFile>> {
    return Promise.resolve({ values: [...this.#imports.values()], problems: [] });
  }

  changeImport(
    id: ImportId,
    change: ChangeRecord<ImportedFile>,
  ): Promise<Result<ImportedFile | null, StorageProblem>> {
    return Promise.resolve(succeed(changeRecord(this.#imports, id, change)));
  }

  /** As `watchModels`. */
  watchImports(): () => void {
    return () => undefined;
  }

  openProfiles(createFirst: (formerName: unknown) => Profile): Promise<Found<Profile>> {
    if (this.#profiles.length === 0) this.#profiles = [createFirst(undefined)];
    return this.loadProfiles();
  }

  loadProfiles(): Promise<Found<Profile>> {
    return Promise.resolve({ values: this.#profiles, problems: [] });
  }

  changeProfiles(change: ChangeProfiles): Promise<Result<readonly Profile[], ProfilesProblem>> {
    const made = change(this.#profiles);
    if (!made.isOk) return Promise.resolve(fail({ kind: 'refused', message: made.problem }));
    this.#profiles = changeProfileList(this.#profiles, made.value);
    return Promise.resolve(succeed(this.#profiles));
  }

  async openSigningKey(): Promise<Result<SigningKey, StorageProblem>> {
    this.#signingKey ??= createSigningKey();
    return succeed(await this.#signingKey);
  }

  /** No other tab sees what is kept here. */
  watchModels(): () => void {
    return () => undefined;
  }

  readBlob(hash: BlobHash): Promise<Blob | null> {
    return Promise.resolve(this.#blobs.get(hash) ?? null);
  }

  findMissing(hashes: readonly BlobHash[]): Promise<ReadonlySet<BlobHash>> {
    return Promise.resolve(new Set(hashes.filter((hash) => !this.#blobs.has(hash))));
  }

  measureUse(): Promise<readonly KindUse[]> {
    const sizes = new Map([...this.#blobs].map(([hash, { size }]) => [hash, size]));
    const notebooks = [...this.#notebooks.values()];
    const named = new Map([
      ['data', notebooks.flatMap(listDatasetBlobs)],
      ['files', notebooks.flatMap(listNotebookBlobs)],
      ['results', [...this.#blobs.keys()]],
    ] as const);
    return Promise.resolve(sumUse(sizes, named));
  }

  loadSettings(): Promise<Settings> {
    return Promise.resolve(this.#settings);
  }

  saveSetting<Name extends SettingName>(name: Name, value: Settings[Name]): Promise<Written> {
    this.#settings = { ...this.#settings, [name]: value };
    return written;
  }

  pending(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#blobs.clear();
  }

  #listJobs(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  #listCheckpoints(notebookId: NotebookId): Checkpoint[] {
    return [...this.#checkpoints.values()].filter((checkpoint) => checkpoint.notebookId === notebookId);
  }

  #listJobsOfCell(cellId: CellId): Job[] {
    return this.#listJobs().filter((job) => job.cellId === cellId);
  }

  #dropJobs(jobs: readonly Job[]): void {
    for (const job of jobs) this.#jobs.delete(job.id);
    const used = new Set([
      ...this.#listJobs().flatMap(listBlobs),
      ...[...this.#sessions.values()].flatMap(listSessionBlobs),
      ...[...this.#notebooks.values()].flatMap(listNotebookBlobs),
      ...this.#models.versions.map(({ blob }) => blob),
    ]);
    for (const hash of this.#blobs.keys()) if (!used.has(hash)) this.#blobs.delete(hash);
  }
}

function changeRecord<Id, Value>(records: Map<Id, Value>, id: Id, change: ChangeRecord<Value>): Value | null {
  const changed = change(records.get(id) ?? null);
  if (changed === null) records.delete(id);
  else records.set(id, changed);
  return changed;
}
