import { inflateSync } from 'fflate';
import {
  findZipDirectory,
  longestZipEnd,
  readZipDirectory,
  type ZipEntry,
  type ZipLimits,
} from '../../model/wheels/zip-directory.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

/** Packed bytes that are unpacked at once. */
const pieceBytes = 65_536;
/** Bytes of a stored file that are read at once. */
const storedBytes = 1_000_000;
const longestPath = 300;
/** Deflate makes no more of a byte. */
const greatestRatio = 1_032;
/** What a file takes beside its bytes and its name: its header, and its place in the directory. */
const headerBytes = 30;

/** So many bytes are handed to the browser at once: each hand-over takes its time. */
const partBytes = 4_000_000;

/** Told of the next bytes of a file, which are its own. */
type OnPiece = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Reads the files of a zip, whoever made it, from where they lie: nothing is whole in memory but its directory. */
export class ZipReader {
  readonly #file: Blob;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  /** Where the next file begins, or the directory, behind each: no two share bytes. */
  readonly #ends: ReadonlyMap<ZipEntry, number>;

  private constructor(file: Blob, entries: readonly ZipEntry[], directoryStart: number) {
    this.#file = file;
    this.#entries = new Map(entries.map((entry) => [entry.path, entry]));
    const inOrder = [...entries].sort((one, other) => one.headerOffset - other.headerOffset);
    this.#ends = new Map(
      inOrder.map((entry, index) => [entry, inOrder[index + 1]?.headerOffset ?? directoryStart]),
    );
  }

  /** The problem is the end of a sentence: "it is cut off". */
  static async open(file: Blob, limits: ZipLimits): Promise<Result<ZipReader, string>> {
    const lastBytes = await readBytes(file, Math.max(0, file.size - longestZipEnd), file.size);
    const start = findZipDirectory(lastBytes);
    if (start === null || start > file.size) return fail('it is no zip, or it is cut off');
    if (file.size - start > limits.files * (longestPath + 100)) return fail('its directory is too large');
    const read = readZipDirectory(await readBytes(file, start, file.size), limits, start);
    if (!read.isOk) return read;
    const long = read.value.find(({ path }) => path.length > longestPath);
    if (long) return fail(`it has a name of more than ${longestPath} characters`);
    const swollen = read.value.find(
      ({ packedBytes, unpackedBytes }) => unpackedBytes > (packedBytes + 1) * greatestRatio,
    );
    if (swollen) return fail(`its file ${swollen.path} says that it holds more than it can`);
    return succeed(new ZipReader(file, read.value, start));
  }

  /** All files, in the order of the directory. */
  get entries(): readonly ZipEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Reads a file. The problem is the end of a sentence: "it is damaged". Never gives more bytes than are declared. Rejects
   * with an `AbortError` once the signal is aborted.
   */
  async read(path: string, onPiece: OnPiece, signal?: AbortSignal): Promise<Result<null, string>> {
    const entry = this.#entries.get(path);
    if (!entry) return fail('it is not there');
    const packed = await this.#locate(entry);
    if (!packed) return fail('its header is damaged');
    if (entry.method === 0) return await readStored(packed, entry.unpackedBytes, onPiece, signal);
    return await unpack(packed, entry.unpackedBytes, onPiece, signal);
  }

  /**
   * A file as a value; a stored one stays where it is, another one is kept by the browser in parts. Problems and rejections as
   * for `read`.
   */
  async readBlob(path: string, mediaType: string, signal?: AbortSignal): Promise<Result<Blob, string>> {
    const entry = this.#entries.get(path);
    const packed = entry && (await this.#locate(entry));
    if (packed && entry.method === 0) return succeed(packed.slice(0, packed.size, mediaType));
    const parts: Blob[] = [];
    let waiting: Uint8Array<ArrayBuffer>[] = [];
    let waitingBytes = 0;
    const handOver = (): void => {
      parts.push(new Blob(waiting));
      waiting = [];
      waitingBytes = 0;
    };
    const read = await this.read(
      path,
      (bytes) => {
        waiting.push(bytes);
        waitingBytes += bytes.byteLength;
        if (waitingBytes >= partBytes) handOver();
      },
      signal,
    );
    if (!read.isOk) return read;
    handOver();
    return succeed(new Blob(parts, { type: mediaType }));
  }

  /** A file that is small enough to be whole in memory, without waiting; `readBytes` gives what a part of the zip holds. */
  readNow(path: string, readBytes: (part: Blob) => ArrayBuffer): Result<Uint8Array<ArrayBuffer>, string> {
    const entry = this.#entries.get(path);
    if (!entry) return fail('it is not there');
    const header = this.#findHeader(entry);
    const packed = header && this.#findPacked(entry, header.size, new Uint8Array(readBytes(header)));
    if (!packed) return fail('its header is damaged');
    const bytes = new Uint8Array(readBytes(packed));
    if (entry.method === 0) return succeed(bytes);
    try {
      return succeed(inflateSync(bytes, { out: new Uint8Array(entry.unpackedBytes) }));
    } catch {
      return fail('it is damaged');
    }
  }

  /** The packed bytes of a file; null where its header is not what the directory says. */
  async #locate(entry: ZipEntry): Promise<Blob | null> {
    const header = this.#findHeader(entry);
    return header && this.#findPacked(entry, header.size, await readBytes(header, 0, header.size));
  }

  /** The header of a file with its name; null where there is no room for it. */
  #findHeader(entry: ZipEntry): Blob | null {
    const { headerOffset, path } = entry;
    const start = headerOffset + headerBytes + new TextEncoder().encode(path).byteLength;
    return start > (this.#ends.get(entry) ?? 0) ? null : this.#file.slice(headerOffset, start);
  }

  #findPacked(entry: ZipEntry, headerSize: number, header: Uint8Array<ArrayBuffer>): Blob | null {
    const { headerOffset, packedBytes, path } = entry;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (header.byteLength !== headerSize || view.getUint32(0, true) !== 0x04034b50) return null;
    const isNamed = view.getUint16(26, true) === headerSize - headerBytes;
    const start = headerOffset + headerSize + view.getUint16(28, true);
    if (!isNamed || start + packedBytes > (this.#ends.get(entry) ?? 0)) return null;
    const name = new TextDecoder().decode(header.subarray(headerBytes));
    return name === path ? this.#file.slice(start, start + packedBytes) : null;
  }
}

async function readStored(
  packed: Blob,
  byteSize: number,
  onPiece: OnPiece,
  signal: AbortSignal | undefined,
): Promise<Result<null, string>> {
  if (packed.size !== byteSize) return fail('its size is not what the zip says');
  for (let start = 0; start < packed.size; start += storedBytes) {
    signal?.throwIfAborted();
    onPiece(await readBytes(packed, start, start + storedBytes));
  }
  return succeed(null);
}

/** The browser's own is many times as fast as any program; it gets little at once, as each byte can become a thousand. */
async function unpack(
  packed: Blob,
  byteSize: number,
  onPiece: OnPiece,
  signal: AbortSignal | undefined,
): Promise<Result<null, string>> {
  const unpacking = new DecompressionStream('deflate-raw');
  // What is wrong with what it is fed, is told to who reads.
  const feeding = feed(packed, unpacking.writable).catch(() => undefined);
  const reader = unpacking.readable.getReader();
  let length = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return length === byteSize ? succeed(null) : fail('it is cut off');
      length += value.byteLength;
      if (length > byteSize) return fail('it holds more than the zip says');
      onPiece(value);
    }
  } catch {
    signal?.throwIfAborted();
    return fail('it is damaged');
  } finally {
    await reader.cancel().catch(() => undefined);
    await feeding;
  }
}

async function feed(packed: Blob, unpacking: WritableStream<BufferSource>): Promise<void> {
  const writer = unpacking.getWriter();
  for (let start = 0; start < packed.size; start += pieceBytes) {
    await writer.write(await readBytes(packed, start, start + pieceBytes));
  }
  await writer.close();
}

async function readBytes(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}
