import { isWorkspaceFile } from '../../session/is-workspace-file.ts';
import { mayHoldTable } from './import-words.ts';

/** More files are not looked for: a folder may hold a whole disk. */
export const mostDropped = 1000;

/** Files that were dropped, those in folders among them. */
export interface DroppedFiles {
  /** Workspace files, which are imported one at a time, with nothing else. */
  readonly workspaces: readonly File[];
  /** Those whose names say that they may hold a table. */
  readonly files: readonly File[];
  /** The names of the others, and of what could not be read. */
  readonly others: readonly string[];
  /** There may be more, which were not looked for. */
  readonly isCut: boolean;
}

const mayBePacked = /\.(cahier|zip|html?)$/i;

/** Whether something that is dragged holds files. */
export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** What was dropped. To be called in the event itself: the browser lets go of it afterwards. */
export async function readDropped(transfer: DataTransfer | null): Promise<DroppedFiles> {
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: File[] = entries.length > 0 ? [] : [...(transfer?.files ?? [])];
  const unreadable: string[] = [];
  for (const entry of entries) await collect(entry, found, unreadable);
  const workspaces: File[] = [];
  for (const file of found) {
    // A single file is looked at whatever it is called: what it holds says more.
    if ((found.length === 1 || mayBePacked.test(file.name)) && (await isWorkspaceFile(file))) {
      workspaces.push(file);
    }
  }
  const rest = found.filter((file) => !workspaces.includes(file));
  if (found.length === 1 && unreadable.length === 0)
    return { workspaces, files: rest, others: [], isCut: false };
  return {
    workspaces,
    files: rest.filter(({ name }) => mayHoldTable(name)),
    others: [...rest.filter(({ name }) => !mayHoldTable(name)).map(({ name }) => name), ...unreadable],
    isCut: found.length >= mostDropped,
  };
}

/** Why workspace files that were dropped are not imported, as a sentence; null where it is one by itself. */
export function findDropProblem({ workspaces, files, others }: DroppedFiles): string | null {
  const [first] = workspaces;
  if (!first || workspaces.length + files.length + others.length === 1) return null;
  return workspaces.length > 1
    ? `${workspaces.length} workspaces were dropped at once, “${first.name}” among them. Nothing was imported: drop them one after the other.`
    : `“${first.name}” is a whole workspace, and other files were dropped with it. Nothing was imported: drop the workspace by itself, then the others.`;
}

/** Adds the files of an entry to those that were found; one that the browser cannot read adds its name to the others. */
async function collect(entry: FileSystemEntry, found: File[], unreadable: string[]): Promise<void> {
  try {
    await collectReadable(entry, found, unreadable);
  } catch {
    unreadable.push(entry.name);
  }
}

async function collectReadable(entry: FileSystemEntry, found: File[], unreadable: string[]): Promise<void> {
  if (found.length >= mostDropped) return;
  if (isFile(entry)) {
    found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
  } else if (isDirectory(entry)) {
    const reader = entry.createReader();
    // It tells a hundred at a time, and none when there are no more.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const inner of some) await collect(inner, found, unreadable);
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
