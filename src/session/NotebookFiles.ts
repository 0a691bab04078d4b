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

/** Changes to files of a notebook, and the contents to store with them. */
export interface ChangedFiles {
  readonly changes: readonly FileChange[];
  readonly blobs: readonly BlobToStore[];
}

interface NamedFile {
  readonly file: NotebookFile;
  readonly content: Blob;
}

/** Larger files do not fit into Python's memory beside anything else. */
const largestFile = 250_000_000;

/** The files that are kept with an open notebook, and that its jobs find in their directory. */
export class NotebookFiles {
  readonly #services: FilesServices;
  /** Contents that were read or added, of files that are there or can be brought back. */
  readonly #contents = new Map<BlobHash, Blob>();
  /** What a person removed or replaced can be brought back as long as the notebook is open; what a job did cannot. */
  readonly #returning = new Set<BlobHash>();

  constructor(services: FilesServices) {
    this.#services = services;
  }

  /**
   * Adds files under their names, and offers to bring back those in whose place they came. Returns what is wrong with
   * those that were not added, a sentence each.
   */
  async add(files: readonly File[]): Promise<string[]> {
    const problems: string[] = [];
    const named: NamedFile[] = [];
    for (const file of files) {
      try {
        named.push(await this.#read(file));
      } catch (error) {
        problems.push(`${file.name} was not added: ${toMessage(error)}`);
      }
    }
    const problem = await this.#change(named);
    return problem === null ? problems : [...problems, problem];
  }

  /**
   * Adds a file of a session under its path; one of that path is replaced. Returns why it was not added, as a sentence;
   * null when it was.
   */
  async copy({ path, blob, byteSize }: NotebookFile, content: Blob): Promise<string | null> {
    if (this.#services.getNotebook().files.some((file) => file.path === path && file.blob === blob))
      return null;
    return await this.#change([{ file: { path, blob, byteSize }, content }]);
  }

  async #change(named: readonly NamedFile[]): Promise<string | null> {
    const changes = named.map(({ file }): FileChange => ({ path: file.path, file }));
    const before = this.#services.getNotebook().files;
    for (const { blob } of listReplaced(before, changes)) this.#returning.add(blob);
    for (const { file, content } of named) this.#contents.set(file.blob, content);
    const inverse = this.#services.edit({ type: 'change-files', files: changes });
    const written = await this.#services.save(this.#listContents(changes));
    if (written.isOk) {
      this.#tellReplaced(before, changes);
      return null;
    }
    if (inverse) this.#services.takeBack(inverse);
    return `The files could not be stored (${written.problem.message}). Make room and add them again.`;
  }

  remove({ path, blob }: NotebookFile): void {
    this.#returning.add(blob);
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

  /** What a job finds that is given these files. Rejects with a sentence for the reader. */
  async prepareJob(files: readonly NotebookFile[]): Promise<JobFile[]> {
    return await Promise.all(
      files.map(async (file) => ({ ...file, directory: 'notebook', content: await this.read(file) })),
    );
  }

  /** Takes in what a job did to the files. Rejects where one could not be taken. */
  async take({ written, removed }: Pick<FilesChange, 'written' | 'removed'>): Promise<ChangedFiles> {
    const changes: FileChange[] = removed.map((path) => ({ path, file: null }));
    const blobs: BlobToStore[] = [];
    for (const { path, data } of written) {
      const { file, content } = await this.#name(path, data);
      changes.push({ path, file });
      blobs.push({ hash: file.blob, content });
    }
    return { changes, blobs };
  }

  /** The contents that nobody can bring back once a job has made these changes. */
  listLost(changes: readonly FileChange[]): BlobHash[] {
    const replaced = listReplaced(this.#services.getNotebook().files, changes);
    return replaced.map(({ blob }) => blob).filter((blob) => !this.#returning.has(blob));
  }

  /** To be told of every edit that was made: a file that came back may be gone from the storage. */
  noteEdit(edit: Edit): void {
    if (edit.type !== 'change-files') return;
    const contents = this.#listContents(edit.files);
    if (contents.length > 0) void this.#services.save(contents);
    const named = new Set(this.#services.getNotebook().files.map(({ blob }) => blob));
    for (const blob of this.#contents.keys())
      if (!named.has(blob) && !this.#returning.has(blob)) this.#contents.delete(blob);
  }

  #tellReplaced(before: readonly NotebookFile[], changes: readonly FileChange[]): void {
    const replaced = listReplaced(before, changes);
    const [first] = replaced;
    if (!first) return;
    const what = replaced.length === 1 ? `The file ${first.path} was` : `${replaced.length} files were`;
    const files = replaced.map((file): FileChange => ({ path: file.path, file }));
    this.#services.offerUndo(`${what} replaced.`, { type: 'change-files', files });
  }

  async #read(file: File): Promise<NamedFile> {
    if (!isFilePath(file.name)) throw new Error('its name leads out of the directory.');
    if (file.size > largestFile) throw new Error('it is larger than 250 MB, which Python could not hold.');
    return await this.#name(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  async #name(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<NamedFile> {
    const { byteLength: byteSize } = bytes;
    const { hash, content } = await makeBlob(this.#services.tables, bytes);
    return { file: { path, blob: hash, byteSize }, content };
  }

  #listContents(changes: readonly FileChange[]): BlobToStore[] {
    return changes.flatMap(({ file }): BlobToStore[] => {
      const content = file && this.#contents.get(file.blob);
      return content ? [{ hash: file.blob, content }] : [];
    });
  }
}

/** Those of the files that are gone after the changes, or others. */
function listReplaced(before: readonly NotebookFile[], changes: readonly FileChange[]): NotebookFile[] {
  return before.filter(({ path, blob }) =>
    changes.some((change) => change.path === path && change.file?.blob !== blob),
  );
}
