import { holdsSecrets, writeBlocks } from '../model/blocks.ts';
import type { BlobHash } from '../model/ids.ts';
import type { JobFile } from '../model/job-request.ts';
import type { Notebook } from '../model/notebook.ts';

/** What a script runs other scriptlets by. */
const name = 'run_block';

/**
 * The scriptlets of a notebook as its jobs are given them. Their secrets are among that only where the script, or a
 * Python file that it could import, names `run_block`.
 */
export class BlockTexts {
  #last: { readonly cells: Notebook['cells']; readonly withSecrets: boolean; readonly text: string } | null =
    null;
  /** Of contents of Python files whether they name it. */
  readonly #isNamed = new Map<BlobHash, boolean>();

  /** `files` are those that the job finds. */
  async write(notebook: Notebook, source: string, files: readonly JobFile[]): Promise<string> {
    const withSecrets =
      holdsSecrets(notebook) && (source.includes(name) || (await this.#isNamedInAny(files)));
    const { cells } = notebook;
    if (this.#last?.cells !== cells || this.#last.withSecrets !== withSecrets)
      this.#last = { cells, withSecrets, text: writeBlocks(notebook, withSecrets) };
    return this.#last.text;
  }

  async #isNamedInAny(files: readonly JobFile[]): Promise<boolean> {
    for (const { path, blob, content } of files) {
      if (!path.endsWith('.py')) continue;
      const isNamed = this.#isNamed.get(blob) ?? (await contains(content));
      this.#isNamed.set(blob, isNamed);
      if (isNamed) return true;
    }
    return false;
  }
}

/** A file that cannot be read fails the job when it is brought to Python. */
async function contains(content: Blob): Promise<boolean> {
  return await content.text().then(
    (text) => text.includes(name),
    () => false,
  );
}
