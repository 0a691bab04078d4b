import { filesFolder } from '../../model/file-inputs.ts';
import { isFilePath } from '../../model/file-edits.ts';
import type { FileMap } from '../manifests/read-manifest.ts';
import { getPathWithin, joinPath } from '../paths.ts';
import { type ImportedFile, NotebookFiles } from './NotebookFiles.ts';

/** Where OOMOL puts the package of a flow on its own machine. */
const projectFolder = '/app/workspace';

/** The files of a flow's own package that its nodes name by where they lie in OOMOL. */
export class ProjectFiles {
  readonly #files: FileMap;
  readonly #root: string;
  readonly #kept = new NotebookFiles();

  /** `placed` are in the notebook already. */
  constructor(files: FileMap, root: string, placed: readonly ImportedFile[]) {
    this.#files = files;
    this.#root = root;
    for (const { path, content } of placed) this.#kept.add(path, content);
  }

  /** Takes a file, or all of a folder, into the notebook. Gives the path there; null where it is not among the files. */
  take(path: string): string | null {
    const within = getPathWithin(projectFolder, path);
    const wanted = within === null ? null : joinPath('', within);
    if (wanted === null || wanted === '') return null;
    const from = joinPath(this.#root, wanted) ?? wanted;
    const found = [...this.#files].flatMap(([file, content]) => {
      const below = file === from ? '' : getPathWithin(from, file);
      return below === null ? [] : [{ path: below === '' ? wanted : `${wanted}/${below}`, content }];
    });
    const isFree = found.every(
      (file) => isFilePath(file.path) && !this.#kept.isTaken(file.path, file.content),
    );
    if (found.length === 0 || !isFree) return null;
    for (const file of found) this.#kept.add(file.path, file.content);
    return `${filesFolder}/${wanted}`;
  }

  /** What is in the notebook now. */
  list(): readonly ImportedFile[] {
    return this.#kept.list();
  }
}
