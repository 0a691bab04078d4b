import { deflateSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** Takes bytes in their order. Rejects with what keeps it from it. */
export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

/** A file where it lies, or in memory. */
type Content = Blob | Uint8Array<ArrayBuffer>;

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

  /** Adds a file, of which what is in memory already is not read again; `onBytes` is told of each piece. */
  async add(path: string, content: Content, onBytes: (count: number) => void): Promise<void> {
    const isPacked = await canBePacked(content);
    const entry = isPacked ? new ZipDeflate(path, { level }) : new ZipPassThrough(path);
    entry.mtime = fixedTime;
    this.#zip.add(entry);
    const byteSize = measure(content);
    let start = 0;
    do {
      const piece = await readPiece(content, start, start + pieceBytes);
      start += pieceBytes;
      entry.push(piece, start >= byteSize);
      await this.#flush();
      onBytes(piece.byteLength);
    } while (start < byteSize);
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

function measure(content: Content): number {
  return content instanceof Blob ? content.size : content.byteLength;
}

async function readPiece(content: Content, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!(content instanceof Blob)) return content.subarray(start, end);
  return new Uint8Array(await content.slice(start, end).arrayBuffer());
}

/** Whether packing is worth its time, by a few places: what is packed already, such as an image, is kept as it is. */
async function canBePacked(content: Content): Promise<boolean> {
  const byteSize = measure(content);
  const starts = [0, Math.floor((byteSize - sampleBytes) / 2), byteSize - sampleBytes];
  const places =
    byteSize > 3 * sampleBytes
      ? await Promise.all(starts.map((start) => readPiece(content, start, start + sampleBytes)))
      : [await readPiece(content, 0, byteSize)];
  const sample = new Uint8Array(await new Blob(places).arrayBuffer());
  return deflateSync(sample, { level }).byteLength < sample.byteLength * 0.95;
}
