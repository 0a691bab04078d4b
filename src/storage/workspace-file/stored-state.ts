import type { BlobHash, JobId, NotebookId, SessionId, WorkspaceId } from '../../model/ids.ts';
import type { IdKind } from './IdRenaming.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** What a notebook has beside its own record. */
export interface StoredResults {
  readonly notebookId: NotebookId;
  readonly jobIds: readonly JobId[];
  readonly sessionIds: readonly SessionId[];
}

/** Records of the workspace that a file is imported beside, or in the place of. */
export type HereRecords = Pick<
  WorkspaceRecords,
  | 'workspace'
  | 'profiles'
  | 'schemas'
  | 'models'
  | 'versions'
  | 'groups'
  | 'lines'
  | 'schedules'
  | 'notebooks'
  | 'checkpoints'
> & {
  readonly results: readonly StoredResults[];
};

/** What is stored at one moment, as far as an import has to do with it; plain data that can be compared. */
export interface StoredState {
  readonly here: HereRecords;
  /** Of all workspaces. */
  readonly workspaceIds: readonly WorkspaceId[];
  /** The ids that are taken in all workspaces, also by records that cannot be read. Those of cycles and runs are not looked at. */
  readonly taken: Readonly<Record<Exclude<IdKind, 'cycles' | 'run'>, readonly string[]>>;
  /** Of the values that are stored. */
  readonly hashes: readonly BlobHash[];
}
