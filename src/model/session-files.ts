import type { BlobHash } from './ids.ts';
import type { FilesChange } from './job-request.ts';

export const sessionDirectories = ['session', 'temporary'] as const;

/** session: what `session_dir` names; temporary: what `tmp_dir` does. */
export type SessionDirectory = (typeof sessionDirectories)[number];

/** A file that the jobs of a session left in one of its directories. */
export interface SessionFile {
  readonly directory: SessionDirectory;
  /** Relative, with slashes; no part of it is empty, "." or "..". */
  readonly path: string;
  readonly blob: BlobHash;
  readonly byteSize: number;
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
