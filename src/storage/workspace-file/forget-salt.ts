import type { WorkspaceInfo } from './workspace-records.ts';

/** What is known of a workspace without what its secrets are hashed with, which no file holds. */
export function forgetSalt({ id, title, createdAt, network }: WorkspaceInfo): WorkspaceInfo {
  return { id, title, createdAt, ...(network && { network }) };
}
