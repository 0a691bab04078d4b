import { filesFolder } from '../model/file-inputs.ts';
import type { SessionId } from '../model/ids.ts';
import { sessionPaths } from '../model/session-files.ts';
import { listEntries, removeTree, type FileSystem } from './file-system.ts';

/** Paths of the directories that a job finds. */
export interface JobDirectories {
  /** Shared by the jobs of a session. */
  readonly session: string;
  /** Of the session too, for what is on its way to something else. */
  readonly temporary: string;
  /** Of the notebook. */
  readonly package: string;
}

export const notebookPath = filesFolder;

/** Makes the directories of a session; those of other sessions go. */
export function makeDirectories(files: FileSystem, sessionId: SessionId): JobDirectories {
  for (const parent of Object.values(sessionPaths)) {
    files.mkdirTree(parent);
    for (const name of listEntries(files, parent))
      if (name !== sessionId) removeTree(files, `${parent}/${name}`);
  }
  const directories = {
    session: `${sessionPaths.session}/${sessionId}`,
    temporary: `${sessionPaths.temporary}/${sessionId}`,
    package: notebookPath,
  };
  for (const path of Object.values(directories)) files.mkdirTree(path);
  return directories;
}
