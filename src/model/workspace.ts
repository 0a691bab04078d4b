import type { WorkspaceId } from './ids.ts';

/** A workspace among the others of this browser. Times are milliseconds since 1970. */
export interface WorkspaceEntry {
  readonly id: WorkspaceId;
  readonly title: string;
  readonly createdAt: number;
  /** When it was put into the trash; null while it is in use. */
  readonly deletedAt: number | null;
}

/** What of a workspace can be changed from the list of them. */
export type WorkspaceChange = Partial<Pick<WorkspaceEntry, 'title' | 'deletedAt'>>;

/** What a workspace holds, as far as the list of them tells it. */
export interface WorkspaceContents {
  /** Those that are not in the trash. */
  readonly notebookCount: number;
  /** When one of them was changed last, in milliseconds since 1970; null where there is none. */
  readonly changedAt: number | null;
}

export const emptyContents: WorkspaceContents = { notebookCount: 0, changedAt: null };

/** How the first workspace is called until somebody gives it a name. */
export const standardWorkspaceTitle = 'Workspace';

/** Most characters of a title. */
export const longestWorkspaceTitle = 200;

/** What is wrong with a title that was typed, as a sentence; null where nothing is. */
export function findWorkspaceTitleProblem(typed: string): string | null {
  const title = typed.trim();
  if (title === '') return 'Give the workspace a name.';
  return title.length > longestWorkspaceTitle
    ? `A name has ${longestWorkspaceTitle} characters at most.`
    : null;
}
