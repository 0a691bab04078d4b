/** About the bytes that are handled at once while a file is read; what comes of it is the same with any. */
export interface WindowSizes {
  /** Read at once. */
  readonly chunk: number;
  /** Of CSV, handed to what parses. */
  readonly piece: number;
  /** Of that, parsed at once: what comes of it is short-lived then, and memory for it is found fast. */
  readonly slice: number;
}

export const usualWindows: WindowSizes = { chunk: 4_000_000, piece: 8_000_000, slice: 250_000 };

/** A part of a file; rejects with a sentence where the browser cannot read it. */
export async function readBytes(file: Blob, start = 0, end = file.size): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the browser could not read the file (${reason}). It may have been moved or changed: choose it again`,
      {
        cause: error,
      },
    );
  }
}

/** The whole file in chunks, the next of which is read while one is used. */
export async function* readChunks(
  file: Blob,
  chunkSize = usualWindows.chunk,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let next = readBytes(file, 0, chunkSize);
  for (let start = 0; start < file.size; start += chunkSize) {
    const chunk = await next;
    if (start + chunkSize < file.size) next = readBytes(file, start + chunkSize, start + 2 * chunkSize);
    yield chunk;
  }
}

/** Turns the bytes of a text into UTF-8 without a byte order mark, chunk by chunk. */
export class Recoder {
  readonly #decoder: TextDecoder | null;
  readonly #encoder = new TextEncoder();
  #skipped: number;

  /** UTF-8 is passed on as it is, also where it is not valid; `markLength` bytes at the start are left out. */
  constructor(encoding: string, markLength: number) {
    const isUtf8 = new TextDecoder(encoding).encoding === 'utf-8';
    this.#decoder = isUtf8 ? null : new TextDecoder(encoding);
    this.#skipped = markLength;
  }

  recode(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Uint8Array<ArrayBuffer> {
    const skipped = Math.min(this.#skipped, bytes.length);
    this.#skipped -= skipped;
    const rest = bytes.subarray(skipped);
    return this.#decoder ? this.#encoder.encode(this.#decoder.decode(rest, { stream: !isLast })) : rest;
  }
}
