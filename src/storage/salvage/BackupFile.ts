/** What a worker writes a file of the browser's private file system with. */
interface SyncFile {
  readonly write: (bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }) => number;
  readonly truncate: (size: number) => void;
  readonly flush: () => void;
  readonly close: () => void;
}

type SyncHandle = FileSystemFileHandle & { readonly createSyncAccessHandle: () => Promise<SyncFile> };

/** A file of the browser's private file system that is written from its beginning to its end, in a worker. */
export class BackupFile {
  readonly #file: SyncFile;
  #byteSize = 0;

  private constructor(file: SyncFile) {
    this.#file = file;
    file.truncate(0);
  }

  static async open(handle: FileSystemFileHandle): Promise<BackupFile> {
    if (!isSync(handle)) throw new Error('the browser lets no file be written');
    return new BackupFile(await handle.createSyncAccessHandle());
  }

  get byteSize(): number {
    return this.#byteSize;
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    const count = this.#file.write(bytes, { at: this.#byteSize });
    if (count !== bytes.byteLength) throw new Error('there is not enough room');
    this.#byteSize += count;
  }

  close(): void {
    this.#file.flush();
    this.#file.close();
  }
}

function isSync(handle: FileSystemFileHandle): handle is SyncHandle {
  return 'createSyncAccessHandle' in handle;
}
