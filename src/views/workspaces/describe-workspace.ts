import { trashTime } from '../../model/trash-time.ts';
import { standardWorkspaceTitle, type WorkspaceContents } from '../../model/workspace.ts';
import type { LeaveLosses, Workspaces } from '../../session/Workspaces.svelte.ts';
import { formatCount } from '../../ui/format.ts';

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** "3 notebooks" */
export function countNotebooks(count: number): string {
  if (count === 0) return 'No notebooks';
  return count === 1 ? '1 notebook' : `${formatCount(count)} notebooks`;
}

/** What is known of a workspace, in one line: "3 notebooks · Nov 22, 2026", when one was changed last; dots until it is known. */
export function describeContents(contents: WorkspaceContents | null): string {
  if (!contents) return '…';
  const { notebookCount, changedAt } = contents;
  const counted = countNotebooks(notebookCount);
  return changedAt === null ? counted : `${counted} · ${dateFormat.format(changedAt)}`;
}

/** Until when it can be brought back: "In the trash until Dec 22, 2026". */
export function describeTrashed(deletedAt: number): string {
  return `In the trash until ${dateFormat.format(deletedAt + trashTime)}`;
}

/** A sentence for each thing that goes when the page is loaded anew. */
export function describeLosses({ running, unsaved }: LeaveLosses): string[] {
  return [
    ...(running.length > 0 ? [`What runs in ${listTitles(running)} is stopped.`] : []),
    ...(unsaved.length > 0
      ? [
          `What was written last in ${listTitles(unsaved)} could not be stored, and is lost. Make room first to keep it.`,
        ]
      : []),
  ];
}

function listTitles(titles: readonly string[]): string {
  return new Intl.ListFormat('en').format(titles.map((title) => `“${title}”`));
}

/** What the browser calls the page; of the workspace it says something where there is something to tell apart. */
export function createPageTitle(
  notebookTitle: string | null,
  { title, others }: Pick<Workspaces, 'title' | 'others'>,
): string {
  const isTold = title !== standardWorkspaceTitle || others.length > 0;
  return [...(notebookTitle === null ? [] : [notebookTitle]), ...(isTold ? [title] : []), 'Cahier'].join(
    ' – ',
  );
}
