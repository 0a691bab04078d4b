import type { PyodideAPI } from 'pyodide';
import type { BlobHash } from '../model/ids.ts';
import type { FilesChange, JobFile } from '../model/job-request.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { listFiles, readStamp, removeTree, type FileSystem } from './file-system.ts';

/** What a file on Python's disk was when it was last looked at. */
interface KnownFile {
  /** Null where a job wrote it and nobody has named it since. */
  blob: BlobHash | null;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** Files of a job beyond these are left out: the page keeps all of them. */
const limits = { files: 10_000, fileBytes: 250_000_000, allBytes: 1_000_000_000 } as const;

/** The notebook's directory on Python's disk: before a job it is made what the page says, afterwards it is told what changed. */
export class NotebookDirectory {
  readonly #files: FileSystem;
  readonly #path: string;
  readonly #known = new Map<string, KnownFile>();

  constructor({ FS }: PyodideAPI, path: string) {
    this.#files = FS;
    this.#path = path;
  }

  /** Puts there what the job is to find, and nothing else; what is there already is left alone. */
  async bring(wanted: readonly JobFile[]): Promise<void> {
    const paths = new Set(wanted.map(({ path }) => path));
    for (const path of listFiles(this.#files, this.#path)) if (!paths.has(path)) this.#remove(path);
    for (const file of wanted) if (!(await this.#has(file))) await this.#write(file);
  }

  /** What has changed since `bring`; the page names what is written before the next job. */
  collect(): FilesChange | null {
    const written: { path: string; data: Uint8Array }[] = [];
    const leftOut: string[] = [];
    const present = new Set(listFiles(this.#files, this.#path));
    let allBytes = 0;
    for (const path of present) {
      const stamp = readStamp(this.#files, this.#resolve(path));
      if (this.#known.get(path)?.stamp === stamp) continue;
      const data = this.#read(path, allBytes, written.length);
      if (data) {
        allBytes += data.byteLength;
        written.push({ path, data });
        this.#known.set(path, { blob: null, stamp });
      } else leftOut.push(path);
    }
    const removed = [...this.#known.keys()].filter((path) => !present.has(path));
    for (const path of removed) this.#known.delete(path);
    return written.length + removed.length + leftOut.length > 0 ? { written, removed, leftOut } : null;
  }

  #read(path: string, allBytes: number, fileCount: number): Uint8Array | null {
    const { size } = this.#files.stat(this.#resolve(path));
    const isTooMuch =
      size > limits.fileBytes || allBytes + size > limits.allBytes || fileCount >= limits.files;
    return isTooMuch ? null : this.#files.readFile(this.#resolve(path));
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

  #remove(path: string): void {
    this.#files.unlink(this.#resolve(path));
    this.#known.delete(path);
  }

  #resolve(path: string): string {
    return `${this.#path}/${path}`;
  }
}
