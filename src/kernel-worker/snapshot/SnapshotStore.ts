import { snapshotFolder } from '../../protocol/kept-names.ts';
import { openBlob, openHandle, type KeptFile } from './KeptFile.ts';

/** Where files are kept for later visits, by name. */
export interface SnapshotStore {
  /** The file, to be read piece by piece; null where there is none, or where somebody is writing it. */
  readonly open: (name: string) => Promise<KeptFile | null>;
  /** Writes a file from parts, of which the first one makes it whole. Nothing stays of one that fails. */
  readonly write: (name: string, parts: readonly Uint8Array<ArrayBuffer>[]) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly list: () => Promise<readonly string[]>;
  /** When the file was written, in milliseconds since 1970; 0 where that is not told. */
  readonly readTime: (name: string) => Promise<number>;
}

/**
 * The browser's private file system, else its cache, else null: then nothing is kept. To be opened before the worker is
 * hardened; what is opened goes on reading.
 */
export async function openSnapshotStore(
  siteUrl: string,
  folderName = snapshotFolder,
): Promise<SnapshotStore | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    if ('createSyncAccessHandle' in FileSystemFileHandle.prototype) return createFileStore(folder);
  } catch {
    // Some browsers refuse it in private windows, others do not have it.
  }
  try {
    return createCacheStore(await caches.open(folderName), siteUrl);
  } catch {
    return null;
  }
}

function createFileStore(folder: FileSystemDirectoryHandle): SnapshotStore {
  const remove = async (name: string): Promise<void> => {
    try {
      await folder.removeEntry(name);
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) throw error;
    }
  };
  return {
    async open(name) {
      try {
        const handle = await folder.getFileHandle(name);
        return (await openHandle(handle)) ?? openBlob(await handle.getFile());
      } catch (error) {
        if (isNamed(error, 'NotFoundError') || isNamed(error, 'NoModificationAllowedError')) return null;
        throw error;
      }
    },
    async write(name, parts) {
      const handle = await folder.getFileHandle(name, { create: true });
      const file = await handle.createSyncAccessHandle();
      try {
        writeParts(file, parts);
      } catch (error) {
        await remove(name);
        throw error;
      }
    },
    remove,
    async list() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
    async readTime(name) {
      const handle = await folder.getFileHandle(name);
      return (await handle.getFile()).lastModified;
    },
  };
}

/** The first part goes last: a file that was not written to its end has nothing where it begins. */
function writeParts(file: FileSystemSyncAccessHandle, parts: readonly Uint8Array<ArrayBuffer>[]): void {
  try {
    file.truncate(0);
    const [first, ...others] = parts;
    let position = first?.byteLength ?? 0;
    for (const part of others) {
      writeWhole(file, part, position);
      position += part.byteLength;
    }
    file.flush();
    if (first) writeWhole(file, first, 0);
    file.flush();
  } finally {
    file.close();
  }
}

function writeWhole(file: FileSystemSyncAccessHandle, part: Uint8Array<ArrayBuffer>, position: number): void {
  const written = file.write(part, { at: position });
  if (written !== part.byteLength)
    throw new Error(`only ${written} of ${part.byteLength} bytes were written`);
}

function createCacheStore(cache: Cache, siteUrl: string): SnapshotStore {
  const prefix = new URL('-/snapshots/', siteUrl).href;
  return {
    async open(name) {
      const response = await cache.match(prefix + name);
      return response ? openBlob(await response.blob()) : null;
    },
    async write(name, parts) {
      await cache.put(prefix + name, new Response(new Blob([...parts])));
    },
    async remove(name) {
      await cache.delete(prefix + name);
    },
    async list() {
      const requests = await cache.keys();
      return requests.flatMap(({ url }) => (url.startsWith(prefix) ? [url.slice(prefix.length)] : []));
    },
    readTime: () => Promise.resolve(0),
  };
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
