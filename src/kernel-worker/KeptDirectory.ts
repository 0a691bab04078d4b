import type { BlobHash } from '../model/ids.ts';
import type { FilesChange, JobFile } from '../model/job-request.ts';
import { isFilePath } from '../model/file-edits.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { listFiles, readStamp, removeTree, type FileSystem } from './file-system.ts';

/** What a file on Python's disk was when it was last looked at. */
interface KnownFile {
  /** Null where a job wrote it and nobody has named it since. */
  blob: BlobHash | null;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** What of a directory is kept, and how. */
export interface KeptDirectoryPlan {
  readonly path: string;
  /** Whether what the page does not know of is removed before a job, as what another one has left behind. */
  readonly isExact: boolean;
  /** Whether a file, by its path in the directory, is kept elsewhere. */
  readonly isLeftAlone: (path: string) => boolean;
}

/** What has changed in a directory. */
export interface FoundChange {
  /** Null where nothing did that is kept. */
  readonly change: Omit<FilesChange, 'directory'> | null;
  /** Files that were too large, or too many, to be kept, and were not told of before. */
  readonly leftOut: readonly string[];
}

/** Files of a job beyond these are left out: the page keeps all of them. */
const limits = { files: 10_000, fileBytes: 250_000_000, allBytes: 1_000_000_000 } as const;

/** A directory on Python's disk: before a job it is made what the page says, afterwards it is told what changed. */
export class KeptDirectory {
  readonly #files: FileSystem;
  readonly #plan: KeptDirectoryPlan;
  readonly #known = new Map<string, KnownFile>();
  /** The stamps of files that were too large. */
  readonly #leftOut = new Map<string, string>();

  constructor(files: FileSystem, plan: KeptDirectoryPlan) {
    this.#files = files;
    this.#plan = plan;
  }

  /** Puts there what the job is to find; what is there already is left alone. */
  async bring(wanted: readonly JobFile[]): Promise<void> {
    const paths = new Set(wanted.map(({ path }) => path));
    // What could not be stored is told again after the next job, if it is still there.
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
    if (this.#plan.isExact) {
      for (const path of this.#list()) if (!paths.has(path)) this.#files.unlink(this.#resolve(path));
    }
    for (const file of wanted) if (!(await this.#has(file))) await this.#write(file);
  }

  /** What has changed since `bring`; the page names what is written before the next job. */
  collect(): FoundChange {
    const written: { path: string; data: Uint8Array<ArrayBuffer> }[] = [];
    const leftOut: string[] = [];
    const present = new Set(this.#list());
    let allBytes = 0;
    for (const path of present) {
      const stamp = readStamp(this.#files, this.#resolve(path));
      if (this.#known.get(path)?.stamp === stamp || this.#leftOut.get(path) === stamp) continue;
      const data = this.#read(path, allBytes, written.length);
      if (data) {
        allBytes += data.byteLength;
        written.push({ path, data });
        this.#known.set(path, { blob: null, stamp });
      } else {
        this.#leftOut.set(path, stamp);
        leftOut.push(path);
      }
    }
    const removed = [...this.#known.keys()].filter((path) => !present.has(path));
    for (const path of removed) this.#known.delete(path);
    return { change: written.length + removed.length > 0 ? { written, removed } : null, leftOut };
  }

  /** The paths of what is there and is kept; none where a script removed the directory itself. */
  #list(): string[] {
    const { path, isLeftAlone } = this.#plan;
    const { exists } = this.#files.analyzePath(path);
    if (!exists || !this.#files.isDir(this.#files.stat(path).mode)) return [];
    return listFiles(this.#files, path).filter((each) => !isLeftAlone(each));
  }

  #read(path: string, allBytes: number, fileCount: number): Uint8Array<ArrayBuffer> | null {
    const { size } = this.#files.stat(this.#resolve(path));
    const isTooMuch =
      size > limits.fileBytes || allBytes + size > limits.allBytes || fileCount >= limits.files;
    return isTooMuch || !isFilePath(path) ? null : this.#files.readFile(this.#resolve(path));
  }

  async #has({ path, blob }: JobFile): Promise<boolean> {
    const known = this.#known.get(path);
    if (!known || !this.#files.analyzePath(this.#resolve(path)).exists) return false;
    if (readStamp(this.#files, this.#resolve(path)) !== known.stamp) return false;
    if (known.blob === null) {
      const bytes: Uint8Array<ArrayBuffer> = this.#files.readFile(this.#resolve(path));
      if ((await hashBytes(bytes)) !== blob) return false;
      known.blob = blob;
    }
    return known.blob === blob;
  }

  async #write({ path, blob, content }: JobFile): Promise<void> {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const place = this.#resolve(path);
    this.#files.mkdirTree(place.slice(0, place.lastIndexOf('/')));
    if (this.#files.analyzePath(place).exists) removeTree(this.#files, place);
    this.#files.writeFile(place, bytes);
    this.#known.set(path, { blob, stamp: readStamp(this.#files, place) });
  }

  #resolve(path: string): string {
    return `${this.#plan.path}/${path}`;
  }
}
