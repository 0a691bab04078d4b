// Longer than most files: all that can be asked of a storage, with what each asks for and gives.
import {
  CellId,
  JobId,
  type BlobHash,
  type ImportId,
  type NotebookId,
  type ProductionLineId,
  type ScheduleId,
  type SessionId,
  type WorkspaceId,
} from '../model/ids.ts';
import type { SigningKey } from '../identity/signing-key.ts';
import { changeFiles, type FileChange } from '../model/file-edits.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { DataSchema, SchemaId } from '../model/data-schema.ts';
import type { ImportedFile } from '../model/imported-file.ts';
import { isDone, type Job, type LogEntry } from '../model/job.ts';
import type { SavedModel } from '../model/job-models.ts';
import type { KnownModels, ModelChanges } from '../model/known-models.ts';
import type { ModelRename } from '../model/model-renames.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { Notebook } from '../model/notebook.ts';
import type { Profile, ProfileChange } from '../model/profile.ts';
import type { StoredOutput } from '../model/outputs.ts';
import type { ProductionLine } from '../model/production-line.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Session } from '../model/session.ts';
import type { KindUse } from '../model/storage-use.ts';
import type { ModelSaving } from '../model/save-models.ts';
import type { Result } from '../shared/result.ts';
import type { SettingName, Settings } from '../model/settings.ts';
import type { WorkspaceChange, WorkspaceContents, WorkspaceEntry } from '../model/workspace.ts';
import type { FoundRecords } from './workspace-file/workspace-records.ts';

/** Why something could not be written: no room is left, or anything else, in words. */
export interface StorageProblem {
  readonly kind: 'full' | 'failed';
  readonly message: string;
}

export type Written = Result<null, StorageProblem>;

/** A value to keep under its hash. */
export interface BlobToStore {
  readonly hash: BlobHash;
  readonly content: Blob;
}

/** A job with all that was logged in it. */
export interface JobWithLog {
  readonly job: Job;
  readonly log: readonly LogEntry[];
  /** What the job changed of the notebook's files. One that is in the trash, or gone, keeps those that it has. */
  readonly fileChanges?: readonly FileChange[];
  /** Contents of files that the job replaced: they go with it where nothing else names them. */
  readonly lost?: readonly BlobHash[];
  /** The session that it belongs to, as it stands with it. */
  readonly session?: Session;
  /** The checkpoint of its cell, as it stands with it. */
  readonly checkpoint?: Checkpoint;
  /**
   * Decides what the job changes of models, by what is stored of them at that moment, and how its record names that; the
   * problem says why nothing of the job is to be stored.
   */
  readonly saveModels?: (known: KnownModels) => Result<ModelSaving, string>;
}

/** What a job that was stored has saved of models, and what is known of them since. */
export interface StoredModels {
  readonly saved: readonly SavedModel[];
  readonly known: KnownModels;
}

/** A job that was stored; null where it changes no models. One that was refused is not stored. */
export type CommittedModels = Result<StoredModels | null, ModelsProblem>;

/** Results of an earlier session that are put back: jobs of their own, whose logs are those of the others. */
export interface RestoredSession {
  readonly session: Session;
  readonly jobs: readonly { readonly job: Job; readonly logOf: JobId }[];
  /** Those that are others with these results, as they stand with them. */
  readonly checkpoints: readonly Checkpoint[];
}

/** A notebook and where its cells come from. */
export interface NotebookCopy {
  readonly notebook: Notebook;
  readonly sourceId: NotebookId;
  /** The id in the copy of each cell of the source. */
  readonly cellIds: ReadonlyMap<CellId, CellId>;
}

/** The copy of a job for the copy of its cell; null when that has none. */
export function copyJob(job: Job, { notebook, cellIds }: NotebookCopy): Job | null {
  const cellId = cellIds.get(job.cellId);
  if (!cellId) return null;
  const ranBlocks = job.ranBlocks.map((block) => ({
    ...block,
    cellId: cellIds.get(block.cellId) ?? block.cellId,
  }));
  const downstream = job.downstream.map((seen) => ({
    ...seen,
    inputs: seen.inputs.map((input) => ({ ...input, cellId: cellIds.get(input.cellId) ?? input.cellId })),
  }));
  const outcome = isDone(job)
    ? { ...job.outcome, outputs: copyTargets(job.outcome.outputs, cellIds) }
    : job.outcome;
  return {
    ...job,
    id: JobId.create(),
    notebookId: notebook.id,
    cellId,
    ranBlocks,
    downstream,
    sessionId: null,
    outcome,
  };
}

/** Cells of no flow are known to scripts by their ids. */
function copyTargets(
  outputs: readonly StoredOutput[],
  cellIds: ReadonlyMap<CellId, CellId>,
): readonly StoredOutput[] {
  return outputs.map((output) =>
    output.targets
      ? {
          ...output,
          targets: output.targets.map((target) => ({
            ...target,
            nodeId: cellIds.get(CellId.from(target.nodeId)) ?? target.nodeId,
          })),
        }
      : output,
  );
}

/** The copy of a checkpoint for the copy of its cell; null when that has none. */
export function copyCheckpoint(
  checkpoint: Checkpoint,
  { notebook, cellIds }: NotebookCopy,
): Checkpoint | null {
  const cellId = cellIds.get(checkpoint.cellId);
  if (!cellId) return null;
  const [{ value, at }] = checkpoint.history;
  return { ...checkpoint, cellId, notebookId: notebook.id, history: [{ value, at, origin: null }] };
}

/** Records that were found, and a sentence for each that could not be understood and was left where it is. */
export interface Found<Value> {
  readonly values: readonly Value[];
  readonly problems: readonly string[];
}

/** What was found of models; the problems as those of `Found`. */
export interface FoundModels {
  readonly known: KnownModels;
  readonly problems: readonly string[];
}

/** Gives what is to be changed of what is stored; the problem is a sentence that says why nothing is. */
export type ChangeModels = (known: KnownModels) => Result<ModelChanges, string>;

/** Why models stay as they are: the change was refused, or could not be written. */
export type ModelsProblem = StorageProblem | { readonly kind: 'refused'; readonly message: string };

/** Told of a change to models, with what got another name by it. */
export type OnModelsChange = (renames: readonly ModelRename[]) => void;
/** Gives what a record is to be in the place of what it is; null where there is none, or is to be none. */
export type ChangeRecord<Value> = (stored: Value | null) => Value | null;

/** Gives what is to be changed of the profiles that are stored; the problem is a sentence that says why nothing is. */
export type ChangeProfiles = (profiles: readonly Profile[]) => Result<ProfileChange, string>;

/** Why profiles stay as they are: the change was refused, or could not be written. */
export type ProfilesProblem = StorageProblem | { readonly kind: 'refused'; readonly message: string };

/** Where everything that a person makes is kept. */
export interface Storage {
  /**
   * Chooses the workspace whose records are given and changed from then on; until then, those of all are. It is the wanted
   * one, else the one that was switched to last, else the oldest, made at the first visit: none that is in the trash, gone, or
   * cannot be read.
   */
  readonly openWorkspace: (wanted?: WorkspaceId | null) => Promise<WorkspaceId>;
  /** All workspaces of this browser, oldest first; those in the trash as well. */
  readonly listWorkspaces: () => Promise<Found<WorkspaceEntry>>;
  /** What each workspace holds, by ids; one without a notebook is not among them. */
  readonly countContents: () => Promise<ReadonlyMap<string, WorkspaceContents>>;
  /** Makes an empty workspace beside the others, which is not opened by that. */
  readonly addWorkspace: (title: string) => Promise<Result<WorkspaceEntry, StorageProblem>>;
  /** Gives what is stored of it then; null where it is gone. */
  readonly changeWorkspace: (
    id: WorkspaceId,
    change: WorkspaceChange,
  ) => Promise<Result<WorkspaceEntry | null, StorageProblem>>;
  /** Removes a workspace for good that is in the trash, with all that is in it and the values that nothing else names. */
  readonly removeWorkspace: (id: WorkspaceId) => Promise<Written>;
  /** What the hashes of its secrets are made with, made when it is first asked for; no export holds it. */
  readonly loadSecretSalt: (id: WorkspaceId) => Promise<string>;
  /** Which hosts the workspace's scripts may reach; the standard policy until it was changed. */
  readonly loadNetworkPolicy: (id: WorkspaceId) => Promise<NetworkPolicy>;
  /** Changes the policy as it stands now, which another tab may have changed too; gives the new one. */
  readonly changeNetworkPolicy: (
    id: WorkspaceId,
    change: (policy: NetworkPolicy) => NetworkPolicy,
  ) => Promise<Result<NetworkPolicy, StorageProblem>>;
  /** The name of the database, by which a worker opens it too; null where nothing is kept in one. */
  readonly databaseName: string | null;
  /** All records of a workspace but logs and values, as they stand at one moment; no keys are among them. */
  readonly loadRecords: (id: WorkspaceId) => Promise<FoundRecords>;
  readonly loadNotebooks: () => Promise<Found<Notebook>>;
  /** Null where it is not there, or cannot be read. */
  readonly loadNotebook: (id: NotebookId) => Promise<Notebook | null>;
  /**
   * Saves a notebook, and with it values, data schemas and the import that it names and that are not stored yet: all, or
   * nothing.
   */
  readonly saveNotebook: (
    notebook: Notebook,
    blobs?: readonly BlobToStore[],
    schemas?: readonly DataSchema[],
    imported?: ImportedFile | null,
  ) => Promise<Written>;
  /** Adds a copy of a notebook along with copies of its cells' jobs, which name the same values. */
  readonly addCopy: (copy: NotebookCopy) => Promise<Written>;
  /** Removes a notebook for good, with its jobs and the values that nothing else names. */
  readonly removeNotebook: (id: NotebookId) => Promise<Written>;
  readonly loadJobs: (notebookId: NotebookId) => Promise<Found<Job>>;
  readonly loadLog: (jobId: JobId) => Promise<readonly LogEntry[]>;
  /**
   * Keeps a job that has ended: record, log and values together, or nothing. Of the cell's earlier jobs those that
   * belong to a session stay with it. Of the others the newest that was done stays where this one was not. What it changes of
   * models goes with it, whatever other tabs do.
   */
  readonly commitJob: (job: JobWithLog, blobs: readonly BlobToStore[]) => Promise<CommittedModels>;
  /** The sessions of a notebook, newest first. */
  readonly loadSessions: (notebookId: NotebookId) => Promise<Found<Session>>;
  readonly loadSessionJobs: (id: SessionId) => Promise<Found<Job>>;
  readonly saveSession: (session: Session) => Promise<Written>;
  readonly addRestored: (restored: RestoredSession) => Promise<Written>;
  /**
   * Removes sessions with their jobs; those that hold the results of cells, in whichever tab they were run, are kept and
   * belong to none then.
   */
  readonly removeSessions: (ids: readonly SessionId[]) => Promise<Written>;
  /**
   * Lets the jobs of cells go that are in no notebook of any workspace any more, the values that only they named, and those of wheels
   * that were removed from their notebook. A tab that is open may still know how to bring them back.
   */
  readonly dropStrayJobs: () => Promise<Written>;
  readonly loadCheckpoints: (notebookId: NotebookId) => Promise<Found<Checkpoint>>;
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<Written>;
  /** As all that follow, those of the workspace that is open. */
  readonly loadSchemas: () => Promise<Found<DataSchema>>;
  readonly saveSchema: (schema: DataSchema) => Promise<Written>;
  readonly removeSchema: (id: SchemaId) => Promise<Written>;
  /** What is stored of models, and a sentence for each record that could not be understood and was left where it is. */
  readonly loadModels: () => Promise<FoundModels>;
  /**
   * Changes what is stored of models by what is there at that moment, whatever other tabs do; gives what is there then. A
   * change that is refused says why. All notebooks that are stored follow new names with it.
   */
  readonly changeModels: (change: ChangeModels) => Promise<Result<KnownModels, ModelsProblem>>;
  readonly loadProductionLines: () => Promise<Found<ProductionLine>>;
  /** Adds, changes or removes one by what is stored at that moment, whatever other tabs do; gives what is there then. */
  readonly changeProductionLine: (
    id: ProductionLineId,
    change: ChangeRecord<ProductionLine>,
  ) => Promise<Result<ProductionLine | null, StorageProblem>>;
  readonly loadSchedules: () => Promise<Found<Schedule>>;
  /** As `changeProductionLine`. */
  readonly changeSchedule: (
    id: ScheduleId,
    change: ChangeRecord<Schedule>,
  ) => Promise<Result<Schedule | null, StorageProblem>>;
  /** The workspace files that were imported, of all workspaces. */
  readonly loadImports: () => Promise<Found<ImportedFile>>;
  /** As `changeProductionLine`. */
  readonly changeImport: (
    id: ImportId,
    change: ChangeRecord<ImportedFile>,
  ) => Promise<Result<ImportedFile | null, StorageProblem>>;
  /** Tells that another tab changed an import; returns what ends that. */
  readonly watchImports: (onChange: () => void) => () => void;
  /**
   * The profiles, oldest first. Where there is none, the first is made, in all tabs together; it is told what runs stood
   * under before there were any.
   */
  readonly openProfiles: (createFirst: (formerName: unknown) => Profile) => Promise<Found<Profile>>;
  readonly loadProfiles: () => Promise<Found<Profile>>;
  /** Changes the profiles by what is there at that moment, whatever other tabs do; gives what is there then. */
  readonly changeProfiles: (change: ChangeProfiles) => Promise<Result<readonly Profile[], ProfilesProblem>>;
  /** What a workspace signs its tokens with; made when it is first asked for, by all tabs together. */
  readonly openSigningKey: (id: WorkspaceId) => Promise<Result<SigningKey, StorageProblem>>;
  /** Tells of each change to models that another tab stores; returns what ends that. */
  readonly watchModels: (onChange: OnModelsChange) => () => void;
  /** Null when the value is not there. */
  readonly readBlob: (hash: BlobHash) => Promise<Blob | null>;
  /** Which of these values are not there. */
  readonly findMissing: (hashes: readonly BlobHash[]) => Promise<ReadonlySet<BlobHash>>;
  /** What takes room, by kinds; in all workspaces. */
  readonly measureUse: () => Promise<readonly KindUse[]>;
  readonly loadSettings: () => Promise<Settings>;
  /** Of the settings that each workspace has for itself it is that of `of`, else of the one that is open. */
  readonly saveSetting: <Name extends SettingName>(
    name: Name,
    value: Settings[Name],
    of?: WorkspaceId,
  ) => Promise<Written>;
  /** Settles when everything asked for so far is written. */
  readonly pending: () => Promise<void>;
  readonly close: () => void;
}

/** A notebook as it is stored with what a job changed of its files; null where it stays as it is. */
export function changeStoredFiles(
  stored: Notebook | undefined,
  { fileChanges }: Pick<JobWithLog, 'fileChanges'>,
): Notebook | null {
  if (!stored || !fileChanges || stored.deletedAt !== null) return null;
  return changeFiles(stored, fileChanges)?.notebook ?? null;
}

/** The earlier jobs of a cell that a new one replaces: those of sessions stay. */
export function listReplacedJobs<Earlier extends Job>(earlier: readonly Earlier[], added: Job): Earlier[] {
  const others = earlier.filter((job) => job.id !== added.id && job.sessionId === null);
  if (added.outcome.status === 'done') return others;
  const newestDone = others
    .filter((job) => job.outcome.status === 'done')
    .reduce<Earlier | null>(
      (newest, job) => (newest && newest.finishedAt > job.finishedAt ? newest : job),
      null,
    );
  return others.filter((job) => job !== newestDone);
}
