import type { EditResult } from './edits.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookFile } from './scriptlet.ts';

/** A file of a notebook as it is to be. */
export interface FileChange {
  readonly path: string;
  readonly file: NotebookFile | null;
}

export function changeFiles(notebook: Notebook, changes: readonly FileChange[]): EditResult | null {
  const files = new Map(notebook.files.map((file) => [file.path, file]));
  const inverses: FileChange[] = [];
  for (const { path, file } of changes) {
    const before = files.get(path) ?? null;
    if (before?.blob === file?.blob) continue;
    if (file) files.set(path, file);
    else files.delete(path);
    inverses.unshift({ path, file: before });
  }
  if (inverses.length === 0) return null;
  const sorted = [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  return { notebook: { ...notebook, files: sorted }, inverse: { type: 'change-files', files: inverses } };
}

/** A path below a directory: relative, with slashes, and no part of it is empty or leads elsewhere. */
export function isFilePath(path: string): boolean {
  return path.length <= longestPath && path.split('/').every((part) => !['', '.', '..'].includes(part));
}

const longestPath = 1_000;
