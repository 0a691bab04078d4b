/** So many bytes are handed on at once: each hand-over takes its time. */
const partBytes = 4_000_000;

/** Where a file is written to: the reader's own, or one in parts that the browser keeps. Nothing is twice in memory. */
export class ExportTarget {
  readonly #writable: FileSystemWritableFileStream | null;
  readonly #parts: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  #byteSize = 0;

  private constructor(writable: FileSystemWritableFileStream | null) {
    this.#writable = writable;
  }

  static async open(handle: FileSystemFileHandle | null): Promise<ExportTarget> {
    return new ExportTarget(handle && (await handle.createWritable()));
  }

  get byteSize(): number {
    return this.#byteSize;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes >= partBytes) await this.#handOn();
  }

  /** The file; null where it is the reader's own, which holds it now. */
  async finish(): Promise<Blob | null> {
    await this.#handOn();
    if (!this.#writable) return new Blob(this.#parts, { type: 'application/zip' });
    await this.#writable.close();
    return null;
  }

  /** Leaves the reader's file as it was. */
  async abandon(): Promise<void> {
    await this.#writable?.abort();
  }

  async #handOn(): Promise<void> {
    const part = new Blob(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#byteSize += part.size;
    if (this.#writable) await this.#writable.write(part);
    else this.#parts.push(part);
  }
}
