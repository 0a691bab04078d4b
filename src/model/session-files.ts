import type { BlobHash, SessionId } from './ids.ts';
import type { FilesChange } from './job-request.ts';

export const sessionDirectories = ['session', 'temporary'] as const;

/** session: what `session_dir` names; temporary: what `tmp_dir` does. */
export type SessionDirectory = (typeof sessionDirectories)[number];

/** Where Python finds these directories, those of each session in one that is called by its id. */
export const sessionPaths: Readonly<Record<SessionDirectory, string>> = {
  session: '/session',
  temporary: '/tmp/session',
};

/** A file that the jobs of a session left in one of its directories. */
export interface SessionFile {
  readonly directory: SessionDirectory;
  /** Relative, with slashes; no part of it is empty, "." or "..". */
  readonly path: string;
  readonly blob: BlobHash;
  readonly byteSize: number;
}

/** A file of an earlier session that a job may read where it lay then; what the job does to it is not kept. */
export interface LentFile extends SessionFile {
  readonly sessionId: SessionId;
  readonly content: Blob;
}

/** The files of a session after a job changed some; `written` are those of the change, by what they are kept under. */
export function changeSessionFiles(
  files: readonly SessionFile[],
  { directory, removed }: Pick<FilesChange, 'removed'> & { readonly directory: SessionDirectory },
  written: readonly SessionFile[],
): SessionFile[] {
  const gone = new Set([...removed, ...written.map(({ path }) => path)]);
  const left = files.filter((file) => file.directory !== directory || !gone.has(file.path));
  return [...left, ...written].sort(compareFiles);
}

function compareFiles(one: SessionFile, other: SessionFile): number {
  if (one.directory !== other.directory) return one.directory === 'session' ? -1 : 1;
  return one.path < other.path ? -1 : 1;
}
