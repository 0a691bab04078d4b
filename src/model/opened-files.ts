import type { FileChange } from './file-edits.ts';
import type { BlobHash } from './ids.ts';
import type { NotebookFile } from './scriptlet.ts';

/** A file of the notebook that a job opened by its name; null where there was none. */
export interface OpenedFile {
  readonly path: string;
  readonly blob: BlobHash | null;
}

/** The opened files as the job left them: what it wrote itself is no change to it. */
export function describeOpenedFiles(
  paths: readonly string[],
  files: readonly NotebookFile[],
  ownChanges: readonly FileChange[],
): OpenedFile[] {
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  for (const { path, file } of ownChanges) {
    if (file) blobs.set(path, file.blob);
    else blobs.delete(path);
  }
  return paths.map((path) => ({ path, blob: blobs.get(path) ?? null }));
}
