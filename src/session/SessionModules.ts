import type { SessionId } from '../model/ids.ts';
import type { NotebookFile } from '../model/scriptlet.ts';

/** One Python, as long as it runs the jobs of one session: it loads each module once. */
export interface LoadingPython {
  readonly sessionId: SessionId;
  readonly kernelId: string | null;
}

/** What the notebook's Python files were when a session loaded them, as edits take effect in the next. */
export class SessionModules {
  #python: LoadingPython | null = null;
  readonly #loaded = new Map<string, NotebookFile>();

  /** The modules that a job used, by their paths; `files` are those that it found. */
  take(python: LoadingPython, paths: readonly string[], files: readonly NotebookFile[]): NotebookFile[] {
    const { sessionId, kernelId } = python;
    if (this.#python?.sessionId !== sessionId || this.#python.kernelId !== kernelId) this.#loaded.clear();
    this.#python = python;
    const known = new Map(files.map((file) => [file.path, file]));
    return paths.flatMap((path) => {
      const file = this.#loaded.get(path) ?? known.get(path);
      if (file) this.#loaded.set(path, file);
      return file ? [file] : [];
    });
  }
}
