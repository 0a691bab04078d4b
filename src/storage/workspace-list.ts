import { WorkspaceId } from '../model/ids.ts';
import {
  emptyContents,
  longestWorkspaceTitle,
  standardWorkspaceTitle,
  type WorkspaceChange,
  type WorkspaceContents,
  type WorkspaceEntry,
} from '../model/workspace.ts';
import type { Stores, WriteTransaction } from './job-records.ts';
import { parseSettings, parseWorkspace } from './parse-records.ts';
import type { WorkspaceRecord } from './schema.ts';
import { sortFound } from './sort-found.ts';
import type { Found } from './Storage.ts';

/** What of the records can be understood, oldest first; those in the trash as well. */
export function listEntries(records: readonly unknown[]): Found<WorkspaceEntry> {
  const { values, problems } = sortFound(records, parseWorkspace, 'workspace');
  const entries = values.map(toEntry);
  return { values: entries.sort((one, other) => one.createdAt - other.createdAt), problems };
}

/** The stores that `chooseWorkspace` needs. */
export const choiceStores: Stores = ['workspaces', 'settings'];

/**
 * The workspace to be opened: the wanted one, else the one that was opened last, else the oldest, unless it is in the trash
 * or cannot be read. Where there is none, one is made: two tabs that ask at once get the same.
 */
export async function chooseWorkspace(
  transaction: WriteTransaction,
  wanted: WorkspaceId | null,
): Promise<WorkspaceId> {
  const store = transaction.objectStore('workspaces');
  const { values } = listEntries(await store.getAll());
  const inUse = values.filter(({ deletedAt }) => deletedAt === null);
  const { openWorkspace } = parseSettings({
    openWorkspace: (await transaction.objectStore('settings').get('openWorkspace'))?.value,
  });
  const find = (id: string | null): WorkspaceEntry | undefined => inUse.find((entry) => entry.id === id);
  const chosen = find(wanted) ?? find(openWorkspace) ?? inUse[0];
  if (chosen) return chosen.id;
  const created = buildWorkspace(standardWorkspaceTitle);
  await store.put(created);
  return created.id;
}

export function buildWorkspace(title: string): WorkspaceRecord {
  return { id: WorkspaceId.create(), title, createdAt: Date.now() };
}

/** What is stored of it then; null where it is gone. Fails where it cannot be read. */
export async function changeEntry(
  transaction: WriteTransaction,
  id: WorkspaceId,
  change: WorkspaceChange,
): Promise<WorkspaceEntry | null> {
  const store = transaction.objectStore('workspaces');
  const record = await store.get(id);
  if (record === undefined) return null;
  const parsed = parseWorkspace(record);
  if (!parsed.isOk) throw new Error(`what is stored of it cannot be read: ${parsed.problem}`);
  const changed = { ...record, ...change };
  await store.put(changed);
  return toEntry(changed);
}

/** What each workspace holds, by the records of notebooks as they are: they are not looked at any further. */
export function countContents(notebooks: readonly unknown[]): Map<string, WorkspaceContents> {
  const counted = new Map<string, WorkspaceContents>();
  for (const notebook of notebooks) {
    const id = readText(notebook, 'workspaceId');
    if (id === null || readNumber(notebook, 'deletedAt') !== null) continue;
    const { notebookCount, changedAt } = counted.get(id) ?? emptyContents;
    const times = [changedAt, readNumber(notebook, 'changedAt')].filter((time) => time !== null);
    counted.set(id, {
      notebookCount: notebookCount + 1,
      changedAt: times.length > 0 ? Math.max(...times) : null,
    });
  }
  return counted;
}

/** Whether a record may be of this workspace: one that does not say of which it is may be of each. Null stands for all. */
export function isOfWorkspace(record: unknown, id: WorkspaceId | null): boolean {
  const named = readText(record, 'workspaceId');
  return id === null || named === null || named === id;
}

/** Whether a record says that it is of this workspace. */
export function namesWorkspace(record: unknown, id: WorkspaceId): boolean {
  return readText(record, 'workspaceId') === id;
}

/** With a title that can be shown: a file that came in may have any. */
export function toEntry({ id, title, createdAt, deletedAt = null }: WorkspaceRecord): WorkspaceEntry {
  const shown = title.trim().slice(0, longestWorkspaceTitle);
  return { id, title: shown === '' ? standardWorkspaceTitle : shown, createdAt, deletedAt };
}

function readText(record: unknown, name: string): string | null {
  const value = readField(record, name);
  return typeof value === 'string' ? value : null;
}

function readNumber(record: unknown, name: string): number | null {
  const value = readField(record, name);
  return typeof value === 'number' ? value : null;
}

function readField(record: unknown, name: string): unknown {
  return typeof record === 'object' && record !== null ? Reflect.get(record, name) : undefined;
}
