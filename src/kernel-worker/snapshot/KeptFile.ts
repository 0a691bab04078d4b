/** A file that is kept for later visits, whose content is read from the disk piece by piece. */
export interface KeptFile {
  /** In bytes. */
  readonly size: number;
  /** Whether reading a piece takes no longer than the disk does; else what is needed is best asked for ahead. */
  readonly isDirect: boolean;
  readonly read: (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** Fills the target before it returns. Throws where the file ends before. */
  readonly readNow: (offset: number, target: Uint8Array<ArrayBuffer>) => void;
  /** To be called when it is not read any more; where it is direct, nobody can write it until then. */
  readonly close: () => void;
}

/** A part of a browser's interface that TypeScript does not know of yet. */
interface SharedHandleOptions {
  readonly mode: 'read-only';
}

/**
 * Opens a file for reading along with others, where the browser can do that: it is several times faster than through a
 * blob. Null where it cannot. https://fs.spec.whatwg.org/#api-filesystemfilehandle-createsyncaccesshandle
 */
export async function openHandle(handle: FileSystemFileHandle): Promise<KeptFile | null> {
  // Others would take no notice of the mode, and lock the file.
  if (!('createSyncAccessHandle' in handle) || !('mode' in FileSystemSyncAccessHandle.prototype)) return null;
  const create: (options: SharedHandleOptions) => Promise<FileSystemSyncAccessHandle> =
    handle.createSyncAccessHandle.bind(handle);
  const access = await create({ mode: 'read-only' });
  // Taken along: a hardened worker has no such methods any more.
  const readInto = access.read.bind(access);
  const close = access.close.bind(access);
  const size = access.getSize();
  const readNow = (offset: number, target: Uint8Array<ArrayBuffer>): void => {
    const count = readInto(target, { at: offset });
    if (count !== target.byteLength) throw new Error('it is cut off');
  };
  return {
    size,
    isDirect: true,
    read(offset, length) {
      const target = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      readNow(offset, target);
      return Promise.resolve(target);
    },
    readNow,
    close,
  };
}

export function openBlob(blob: Blob): KeptFile {
  return {
    size: blob.size,
    isDirect: false,
    async read(offset, length) {
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    readNow(offset, target) {
      const part = blob.slice(offset, offset + target.byteLength);
      const content = new Uint8Array(new FileReaderSync().readAsArrayBuffer(part));
      if (content.byteLength !== target.byteLength) throw new Error('it is cut off');
      target.set(content);
    },
    close: () => undefined,
  };
}
