import type {
  BlobHash,
  CellId,
  JobId,
  ModelGroupId,
  ModelId,
  NotebookId,
  ProfileId,
  SessionId,
  WorkspaceId,
} from './ids.ts';
import type { Imported } from './imported-file.ts';
import type { InstalledPackage } from './job-request.ts';

/** A Python object that scripts save and load by a name, in versions. Times are milliseconds since 1970. */
export interface TrainedModel {
  readonly id: ModelId;
  readonly workspaceId: WorkspaceId;
  /** No other model of the workspace that is not in the trash has it. */
  readonly name: string;
  readonly notes: string;
  /** The greatest number that a version of it was ever given; none is given twice. */
  readonly lastNumber: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** When it was put into the trash; null while it is in use. */
  readonly deletedAt: number | null;
}

/** What a version was made from. */
export type VersionSource =
  /** A version of a model, with the name that the model had. */
  | { readonly kind: 'model'; readonly modelId: ModelId; readonly name: string; readonly number: number }
  | { readonly kind: 'file'; readonly path: string };

/** Where a version comes from. */
export type VersionOrigin =
  | {
      readonly type: 'job';
      readonly notebookId: NotebookId;
      readonly notebookTitle: string;
      readonly cellId: CellId;
      readonly cellTitle: string;
      readonly sessionId: SessionId;
      readonly jobId: JobId;
      readonly sources: readonly VersionSource[];
    }
  /** An older version, by its number, that was made the newest again. */
  | { readonly type: 'rollback'; readonly number: number };

/** One state of a model. It is never changed, its notes aside, nor written over. */
export interface ModelVersion extends Imported {
  readonly modelId: ModelId;
  /** Counts from 1. */
  readonly number: number;
  readonly createdAt: number;
  readonly origin: VersionOrigin;
  /** On whose behalf it was saved; null where nobody is known. */
  readonly profile: { readonly id: ProfileId; readonly username: string } | null;
  /** The object's class, as "package.module.Class". */
  readonly typeName: string;
  readonly pythonVersion: string;
  /** Those that it needs to be loaded. */
  readonly packages: readonly InstalledPackage[];
  readonly notes: string;
  /** The pickle. */
  readonly blob: BlobHash;
  readonly byteSize: number;
  /** When it was put into the trash; null while it is in use. */
  readonly deletedAt: number | null;
}

/** Models that are loaded together. */
export interface ModelGroup {
  readonly id: ModelGroupId;
  readonly workspaceId: WorkspaceId;
  /** No other group of the workspace has it. */
  readonly name: string;
  /** Each once, in the order in which they came; some may be in the trash. */
  readonly modelIds: readonly ModelId[];
  readonly createdAt: number;
  readonly changedAt: number;
}
