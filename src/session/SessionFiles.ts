import type { TableEngine } from '../data/TableEngine.ts';
import type { BlobHash, SessionId } from '../model/ids.ts';
import type { FilesChange, JobFile } from '../model/job-request.ts';
import {
  changeSessionFiles,
  type LentFile,
  type SessionDirectory,
  type SessionFile,
} from '../model/session-files.ts';
import type { BlobToStore, Storage } from '../storage/Storage.ts';
import { makeBlob } from './make-blob.ts';

/** What a job did to the files of a session's directory. */
export interface SessionFilesChange extends FilesChange {
  readonly directory: SessionDirectory;
}

/** Contents of the files that the jobs of sessions leave, on their way to the storage and back. */
export class SessionFiles {
  readonly #storage: Pick<Storage, 'readBlob'>;
  readonly #tables: Pick<TableEngine, 'storeBytes'>;
  /** What is being stored. */
  readonly #contents = new Map<BlobHash, Blob>();

  constructor(storage: Pick<Storage, 'readBlob'>, tables: Pick<TableEngine, 'storeBytes'>) {
    this.#storage = storage;
    this.#tables = tables;
  }

  /** Rejects with a sentence for the reader. */
  async read({ path, blob }: SessionFile): Promise<Blob> {
    const content = this.#contents.get(blob) ?? (await this.#storage.readBlob(blob));
    if (!content) {
      throw new Error(
        `The file ${path} is missing from this browser's storage. Run what made it again, in a new session.`,
      );
    }
    return content;
  }

  /** What the next job of the session finds. Rejects with a sentence for the reader. */
  async prepareJob(files: readonly SessionFile[]): Promise<JobFile[]> {
    return await Promise.all(files.map(async (file) => ({ ...file, content: await this.read(file) })));
  }

  /** What a job of another session finds of these. Rejects with a sentence for the reader. */
  async lend(sessionId: SessionId, files: readonly SessionFile[]): Promise<LentFile[]> {
    return await Promise.all(
      files.map(async (file) => ({ ...file, sessionId, content: await this.read(file) })),
    );
  }

  /** The files of a session after a job changed some, and the contents to store. Rejects where one could not be taken. */
  async take(
    files: readonly SessionFile[],
    changes: readonly SessionFilesChange[],
  ): Promise<{ files: readonly SessionFile[]; blobs: readonly BlobToStore[] }> {
    let changed = files;
    const blobs: BlobToStore[] = [];
    for (const change of changes) {
      const written: SessionFile[] = [];
      for (const { path, data } of change.written) {
        const byteSize = data.byteLength;
        const blob = await makeBlob(this.#tables, data);
        blobs.push(blob);
        written.push({ directory: change.directory, path, blob: blob.hash, byteSize });
      }
      changed = changeSessionFiles(changed, change, written);
    }
    for (const { hash, content } of blobs) this.#contents.set(hash, content);
    return { files: changed, blobs };
  }

  /** What was taken is stored, or never will be. */
  release(blobs: readonly BlobToStore[]): void {
    for (const { hash } of blobs) this.#contents.delete(hash);
  }
}
