import { BackupFile } from './BackupFile.ts';

/** A copy of the records of a database, made before it was brought to a newer version. */
export interface Backup {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** That of the database when it was made. */
  readonly databaseVersion: number;
  readonly byteSize: number;
}

/** So many are kept. */
const mostBackups = 2;

const folderName = 'cahier-backups';
const namePattern = /^(\d{1,15})-version-(\d{1,6})\.zip$/;

/** The backups of a database, in the browser's private file system. */
export class BackupFolder {
  readonly #folder: FileSystemDirectoryHandle;

  private constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** Rejects where the browser has no such file system, or refuses it. */
  static async open(databaseName: string): Promise<BackupFolder> {
    const root = await navigator.storage.getDirectory();
    const backups = await root.getDirectoryHandle(folderName, { create: true });
    return new BackupFolder(
      await backups.getDirectoryHandle(encodeURIComponent(databaseName), { create: true }),
    );
  }

  /** Those that are whole, newest first. */
  async list(): Promise<Backup[]> {
    const found: Backup[] = [];
    for (const name of await this.#listNames()) {
      const [, madeAt, databaseVersion] = namePattern.exec(name) ?? [];
      const file = await this.read(name);
      if (madeAt === undefined || databaseVersion === undefined || !file || !(await isWhole(file))) continue;
      const backup = { name, madeAt: Number(madeAt), databaseVersion: Number(databaseVersion) };
      found.push({ ...backup, byteSize: file.size });
    }
    return found.sort((one, other) => other.madeAt - one.madeAt);
  }

  /** Null where it is gone. */
  async read(name: string): Promise<File | null> {
    try {
      return await (await this.#folder.getFileHandle(name)).getFile();
    } catch {
      return null;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#folder.removeEntry(name);
  }

  /** A new backup, which is none until it is written to its end. */
  async create(now: number, databaseVersion: number): Promise<{ name: string; file: BackupFile }> {
    const name = `${now}-version-${databaseVersion}.zip`;
    return { name, file: await BackupFile.open(await this.#folder.getFileHandle(name, { create: true })) };
  }

  /** Lets go of what was not written to its end, and of all but the newest, whatever the clock said when each was made. */
  async trim(justMade: string): Promise<void> {
    const others = (await this.list()).map(({ name }) => name).filter((name) => name !== justMade);
    const kept = new Set([justMade, ...others.slice(0, mostBackups - 1)]);
    for (const name of await this.#listNames()) if (!kept.has(name)) await this.remove(name);
  }

  async #listNames(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names;
  }
}

/** How long the last record of a zip is where it has no comment, and how it begins. */
const endBytes = 22;
const endMark = [0x50, 0x4b, 0x05, 0x06];

/** Whether a zip was written to its end: what says where its files are stands there. */
async function isWhole(file: Blob): Promise<boolean> {
  const end = new Uint8Array(await file.slice(Math.max(0, file.size - endBytes)).arrayBuffer());
  return endMark.every((byte, index) => end[index] === byte);
}
