import type { TableEngine } from '../data/TableEngine.ts';
import type { Edit } from '../model/edits.ts';
import { isFilePath, type FileChange } from '../model/file-edits.ts';
import type { BlobHash } from '../model/ids.ts';
import type { FilesChange, JobFile } from '../model/job-request.ts';
import type { Notebook } from '../model/notebook.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, Storage, Written } from '../storage/Storage.ts';
import { makeBlob } from './make-blob.ts';

/** What the files of an open notebook work with. */
export interface FilesServices {
  readonly storage: Pick<Storage, 'readBlob'>;
  readonly tables: Pick<TableEngine, 'storeBytes'>;
  readonly getNotebook: () => Notebook;
  /** Makes an edit that can be undone; returns the edit that takes it back. */
  readonly edit: (edit: Edit) => Edit | null;
  readonly takeBack: (inverse: Edit) => void;
  /** Saves the notebook as it stands, with the contents of files. */
  readonly save: (blobs: readonly BlobToStore[]) => Promise<Written>;
  /** Offers to take a removal back. */
  readonly offerUndo: (text: string, inverse: Edit) => void;
}

/** What a job did to the files of a notebook, as the edit that does the same here, and the contents to store. */
export interface ChangedFiles {
  readonly edit: Edit;
  readonly blobs: readonly BlobToStore[];
}

/** Larger files do not fit into Python's memory beside anything else. */
const largestFile = 250_000_000;

/** The files that are kept with an open notebook, and that its jobs find in their directory. */
export class NotebookFiles {
  readonly #services: FilesServices;
  /** Contents that were read or added, also of files that were removed: they can be brought back. */
  readonly #contents = new Map<BlobHash, Blob>();

  constructor(services: FilesServices) {
    this.#services = services;
  }

  /**
   * Adds files under their names, and offers to bring back those in whose place they came. Returns what is wrong with
   * those that were not added, a sentence each.
   */
  async add(files: readonly File[]): Promise<string[]> {
    const problems: string[] = [];
    const changes: FileChange[] = [];
    for (const file of files) {
      try {
        changes.push(await this.#read(file));
      } catch (error) {
        problems.push(`${file.name} was not added: ${toMessage(error)}`);
      }
    }
    const problem = await this.#change(changes);
    return problem === null ? problems : [...problems, problem];
  }

  /**
   * Adds a file of a session under its path; one of that path is replaced. Returns why it was not added, as a sentence;
   * null when it was.
   */
  async copy({ path, blob, byteSize }: NotebookFile, content: Blob): Promise<string | null> {
    if (this.#services.getNotebook().files.some((file) => file.path === path && file.blob === blob))
      return null;
    this.#contents.set(blob, content);
    return await this.#change([{ path, file: { path, blob, byteSize } }]);
  }

  async #change(changes: readonly FileChange[]): Promise<string | null> {
    const before = this.#services.getNotebook().files;
    const inverse = this.#services.edit({ type: 'change-files', files: changes });
    const written = await this.#services.save(this.#listContents(changes));
    if (written.isOk) {
      this.#tellReplaced(before, changes);
      return null;
    }
    if (inverse) this.#services.takeBack(inverse);
    return `The files could not be stored (${written.problem.message}). Make room and add them again.`;
  }

  remove({ path }: NotebookFile): void {
    const inverse = this.#services.edit({ type: 'change-files', files: [{ path, file: null }] });
    if (inverse) this.#services.offerUndo(`The file ${path} was removed.`, inverse);
  }

  /** Rejects with a sentence for the reader. */
  async read({ path, blob }: NotebookFile): Promise<Blob> {
    const known = this.#contents.get(blob) ?? (await this.#services.storage.readBlob(blob));
    if (!known) throw new Error(`The file ${path} is missing from this browser's storage. Add it again.`);
    this.#contents.set(blob, known);
    return known;
  }

  /** What the next job finds. Rejects with a sentence for the reader. */
  async prepareJob(): Promise<JobFile[]> {
    const { files } = this.#services.getNotebook();
    return await Promise.all(
      files.map(async (file) => ({ ...file, directory: 'notebook', content: await this.read(file) })),
    );
  }

  /** Takes in what a job did to the files. Rejects where one could not be taken. */
  async take({ written, removed }: Pick<FilesChange, 'written' | 'removed'>): Promise<ChangedFiles> {
    const changes: FileChange[] = removed.map((path) => ({ path, file: null }));
    for (const { path, data } of written) changes.push(await this.#name(path, data));
    return { edit: { type: 'change-files', files: changes }, blobs: this.#listContents(changes) };
  }

  /** To be told of every edit that was made: a file that came back may be gone from the storage. */
  noteEdit(edit: Edit): void {
    const contents = edit.type === 'change-files' ? this.#listContents(edit.files) : [];
    if (contents.length > 0) void this.#services.save(contents);
  }

  #tellReplaced(before: readonly NotebookFile[], changes: readonly FileChange[]): void {
    const replaced = before.filter(({ path, blob }) =>
      changes.some(({ file }) => file?.path === path && file.blob !== blob),
    );
    const [first] = replaced;
    if (!first) return;
    const what = replaced.length === 1 ? `The file ${first.path} was` : `${replaced.length} files were`;
    const files = replaced.map((file): FileChange => ({ path: file.path, file }));
    this.#services.offerUndo(`${what} replaced.`, { type: 'change-files', files });
  }

  async #read(file: File): Promise<FileChange> {
    if (!isFilePath(file.name)) throw new Error('its name leads out of the directory.');
    if (file.size > largestFile) throw new Error('it is larger than 250 MB, which Python could not hold.');
    return await this.#name(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  async #name(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileChange> {
    const { byteLength: byteSize } = bytes;
    const { hash, content } = await makeBlob(this.#services.tables, bytes);
    this.#contents.set(hash, content);
    return { path, file: { path, blob: hash, byteSize } };
  }

  #listContents(changes: readonly FileChange[]): BlobToStore[] {
    return changes.flatMap(({ file }): BlobToStore[] => {
      const content = file && this.#contents.get(file.blob);
      return content ? [{ hash: file.blob, content }] : [];
    });
  }
}
