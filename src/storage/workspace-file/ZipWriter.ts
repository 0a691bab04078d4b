import { deflateSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** Takes bytes in their order. Rejects with what keeps it from it. */
export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

/** Bytes that are packed at once. */
const pieceBytes = 262_144;
/** Compressing more takes many times as long for a few per cent. */
const level = 1;
/** The one time that all files have, as a zip cannot say that there is none; in the clock of whoever looks. */
const fixedTime = new Date(1980, 0, 1);
const sampleBytes = 16_384;

/** Writes a zip file by file: equal files give equal bytes, and no file is whole in memory. */
export class ZipWriter {
  readonly #write: WriteBytes;
  readonly #zip: Zip;
  #waiting: Uint8Array<ArrayBuffer>[] = [];

  constructor(write: WriteBytes) {
    this.#write = write;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#waiting.push(bytes);
    });
  }

  /** Adds a file; `onBytes` is told of each piece. */
  async add(path: string, content: Blob, onBytes: (count: number) => void): Promise<void> {
    const isPacked = await canBePacked(content);
    const entry = isPacked ? new ZipDeflate(path, { level }) : new ZipPassThrough(path);
    entry.mtime = fixedTime;
    this.#zip.add(entry);
    let start = 0;
    do {
      const piece = new Uint8Array(await content.slice(start, start + pieceBytes).arrayBuffer());
      start += pieceBytes;
      entry.push(piece, start >= content.size);
      await this.#flush();
      onBytes(piece.byteLength);
    } while (start < content.size);
  }

  /** Writes the directory; nothing can be added then. */
  async finish(): Promise<void> {
    this.#zip.end();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) await this.#write(bytes);
  }
}

/** Whether packing is worth its time, by a few places: what is packed already, such as an image, is kept as it is. */
async function canBePacked(content: Blob): Promise<boolean> {
  const starts = [0, Math.floor((content.size - sampleBytes) / 2), content.size - sampleBytes];
  const places =
    content.size > 3 * sampleBytes
      ? starts.map((start) => content.slice(start, start + sampleBytes))
      : [content];
  const sample = new Uint8Array(await new Blob(places).arrayBuffer());
  return deflateSync(sample, { level }).byteLength < sample.byteLength * 0.95;
}
