import type { DBSchema, StoreNames } from 'idb';
import type { SigningKey } from '../identity/signing-key.ts';
import type {
  BlobHash,
  CellId,
  ImportId,
  JobId,
  ModelGroupId,
  ModelId,
  NotebookId,
  ProductionLineId,
  ProfileId,
  ScheduleId,
  SessionId,
  WorkspaceId,
} from '../model/ids.ts';
import type { ImportedFile } from '../model/imported-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { DataSchema, SchemaId } from '../model/data-schema.ts';
import type { Job, LogEntry } from '../model/job.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { Notebook } from '../model/notebook.ts';
import type { ProductionLine } from '../model/production-line.ts';
import type { Profile } from '../model/profile.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Session } from '../model/session.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from '../model/trained-model.ts';
import type { SettingKey } from './settings-records.ts';

/** NEVER CHANGE THIS NAME: what everybody has stored would be left behind. A new shape is a migration. */
export const databaseName = 'cahier';

export interface WorkspaceRecord {
  readonly id: WorkspaceId;
  readonly title: string;
  readonly createdAt: number;
  /** When it was put into the trash; null, or absent, while it is in use. */
  readonly deletedAt?: number | null;
  /** Absent until it is first changed. */
  readonly network?: NetworkPolicy;
  /** Absent until it is first asked for; null where it cannot be read. */
  readonly secretSalt?: string | null;
}

/** A notebook with the hashes that it names, for the index that finds out whether a value is still in use. */
export interface NotebookRecord extends Notebook {
  /** Absent in what version 1 wrote. */
  readonly blobs?: readonly BlobHash[];
}

/** A big value, kept once however many records name it, and for as long as one does. */
export interface BlobRecord {
  readonly hash: BlobHash;
  /** Its bytes, where the browser keeps no blobs. */
  readonly content: Blob | ArrayBuffer;
  /** That of the blob; there beside bytes. */
  readonly mediaType?: string;
}

/** A job with the hashes that it names, for the index that finds out whether a value is still in use. */
export interface JobRecord extends Job {
  readonly blobs: readonly BlobHash[];
}

/** A session with the hashes that it names itself, for the same index. */
export interface SessionRecord extends Session {
  readonly blobs: readonly BlobHash[];
}

export interface LogRecord {
  readonly jobId: JobId;
  readonly entries: readonly LogEntry[];
}

/** What a workspace signs tokens with. */
export interface SigningKeyRecord extends SigningKey {
  readonly workspaceId: WorkspaceId;
}

/** The setting that held the name of who runs something before there were profiles. */
export const formerNameSetting = 'personName';

export interface SettingRecord {
  readonly name: SettingKey;
  readonly value: unknown;
}

/** The stores of the newest version of the database. */
export interface CahierSchema extends DBSchema {
  workspaces: { key: WorkspaceId; value: WorkspaceRecord };
  notebooks: { key: NotebookId; value: NotebookRecord; indexes: { 'by-blob': BlobHash } };
  jobs: {
    key: JobId;
    value: JobRecord;
    indexes: { 'by-notebook': NotebookId; 'by-cell': CellId; 'by-blob': BlobHash; 'by-session': SessionId };
  };
  sessions: {
    key: SessionId;
    value: SessionRecord;
    indexes: { 'by-notebook': NotebookId; 'by-blob': BlobHash };
  };
  logs: { key: JobId; value: LogRecord };
  blobs: { key: BlobHash; value: BlobRecord };
  checkpoints: { key: CellId; value: Checkpoint; indexes: { 'by-notebook': NotebookId } };
  schemas: { key: SchemaId; value: DataSchema };
  models: { key: ModelId; value: TrainedModel };
  modelVersions: {
    key: [ModelId, number];
    value: ModelVersion;
    indexes: { 'by-model': ModelId; 'by-blob': BlobHash };
  };
  modelGroups: { key: ModelGroupId; value: ModelGroup };
  profiles: { key: ProfileId; value: Profile };
  productionLines: { key: ProductionLineId; value: ProductionLine };
  schedules: { key: ScheduleId; value: Schedule };
  imports: { key: ImportId; value: ImportedFile };
  signingKeys: { key: WorkspaceId; value: SigningKeyRecord };
  settings: { key: SettingKey; value: SettingRecord };
}

/** All stores of the newest version: a database that lacks one of them was damaged. */
export const storeNames: readonly StoreNames<CahierSchema>[] = [
  'workspaces',
  'notebooks',
  'jobs',
  'sessions',
  'logs',
  'blobs',
  'checkpoints',
  'schemas',
  'models',
  'modelVersions',
  'modelGroups',
  'profiles',
  'productionLines',
  'schedules',
  'imports',
  'signingKeys',
  'settings',
];
