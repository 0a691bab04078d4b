import type { Backup } from '../storage/salvage/BackupFolder.ts';
import type { Workspace } from './Workspace.svelte.ts';

const markName = 'cahier backup';

/** How a backup is called as a file: by its day, where it has one. */
export function nameBackup({ name }: Pick<Backup, 'name'>): string {
  const day = name.replace(/^\d{1,15}/, (time) => new Date(Number(time)).toISOString().slice(0, 10));
  return `cahier-backup-${day}`;
}

/** Shows what is in a backup, for somebody who decides what becomes of it. */
export async function openBackup(
  { room, incoming, notices }: Pick<Workspace, 'room' | 'incoming' | 'notices'>,
  backup: Pick<Backup, 'name'>,
): Promise<void> {
  const content = await room.readBackup(backup);
  if (content) incoming.openFile(new File([content], nameBackup(backup)));
  else notices.refuse('The copy is not there any more.');
}

/** Has this tab open a backup once it is loaded anew. Whether it will: a browser may let nothing be remembered. */
export function markBackup({ name }: Pick<Backup, 'name'>): boolean {
  try {
    sessionStorage.setItem(markName, name);
    return true;
  } catch {
    return false;
  }
}

/** The backup that was to be opened, once; null where there is none. */
export function takeMarkedBackup(): Pick<Backup, 'name'> | null {
  try {
    const name = sessionStorage.getItem(markName);
    sessionStorage.removeItem(markName);
    return name === null ? null : { name };
  } catch {
    return null;
  }
}
