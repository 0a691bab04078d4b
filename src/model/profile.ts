import type { ProfileId, WorkspaceId } from './ids.ts';

/** Somebody as whom jobs run. Times are milliseconds since 1970. */
export interface Profile {
  readonly id: ProfileId;
  readonly workspaceId: WorkspaceId;
  /** No other profile of the workspace has it. */
  readonly username: string;
  readonly displayName: string;
  readonly createdAt: number;
  readonly changedAt: number;
}
