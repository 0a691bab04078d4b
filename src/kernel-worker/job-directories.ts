import type { PyodideAPI } from 'pyodide';
import { filesFolder } from '../model/file-inputs.ts';
import type { SessionId } from '../model/ids.ts';
import { listEntries, removeTree } from './file-system.ts';

/** Paths of the directories that a job finds. */
export interface JobDirectories {
  /** Shared by the jobs of a session. */
  readonly session: string;
  /** Of the session too, for what nobody needs afterwards. */
  readonly temporary: string;
  /** Of the notebook. */
  readonly package: string;
}

const sessionsPath = '/session';
const temporaryPath = '/tmp/session';
export const notebookPath = filesFolder;

/** Makes the directories of a session; those of other sessions go. */
export function makeDirectories({ FS }: PyodideAPI, sessionId: SessionId): JobDirectories {
  for (const parent of [sessionsPath, temporaryPath]) {
    FS.mkdirTree(parent);
    for (const name of listEntries(FS, parent)) if (name !== sessionId) removeTree(FS, `${parent}/${name}`);
  }
  const directories = {
    session: `${sessionsPath}/${sessionId}`,
    temporary: `${temporaryPath}/${sessionId}`,
    package: notebookPath,
  };
  for (const path of Object.values(directories)) FS.mkdirTree(path);
  return directories;
}
