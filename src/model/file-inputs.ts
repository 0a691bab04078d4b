import { getHandleKind, type InputHandle, type JsonSchema } from './handles.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookFile } from './scriptlet.ts';

/** Where Python finds the files of a notebook. */
export const filesFolder = '/notebook';

/** The path of a notebook's file as Python sees it. */
export function toFilePath({ path }: Pick<NotebookFile, 'path'>): string {
  return `${filesFolder}/${path}`;
}

/** The path within the notebook's files of a path as Python sees it; null where it leads elsewhere. */
export function toNotebookPath(path: string): string | null {
  return path.startsWith(`${filesFolder}/`) ? path.slice(filesFolder.length + 1) : null;
}

/** The text that a JSON text is; null where it is anything else, or no JSON. */
export function readJsonText(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The file of the notebook whose path a value is, as JSON; null where it is none. */
export function findNamedFile({ files }: Pick<Notebook, 'files'>, json: string): NotebookFile | null {
  const text = readJsonText(json);
  const path = text === null ? null : toNotebookPath(text);
  return files.find((file) => file.path === path) ?? null;
}

/** What a path is for, as OOMOL's hint for the widget says: `save` and `dir` are written to, `file` is read. */
export function getPathHint(schema: JsonSchema): 'file' | 'dir' | 'save' | null {
  switch (schema['ui:widget']) {
    case 'file':
      return 'file';
    case 'dir':
      return 'dir';
    case 'save':
      return 'save';
    default:
      return null;
  }
}

/**
 * Whether what an input takes may be a file that it reads: a value that names one changes with the content of that. A
 * plain text may, for which a file can be chosen; one that says that it is written to does not.
 */
export function readsFile(input: InputHandle): boolean {
  const kind = getHandleKind(input);
  const hint = getPathHint(input.schema);
  return (
    kind === 'binary' || hint === 'file' || (kind === 'json' && hint === null && takesText(input.schema))
  );
}

function takesText({ type }: JsonSchema): boolean {
  return type === 'string' || (Array.isArray(type) && type.includes('string'));
}
