import { readBlob } from './read-blob.ts';

/** The bytes of a file, of which the first are at hand: all of them, or those that were read with its beginning. */
export class FileBytes {
  readonly #file: Blob;
  readonly #held: Uint8Array;

  constructor(file: Blob, held: Uint8Array) {
    this.#file = file;
    this.#held = held;
  }

  /** As `readBlob`; where they are at hand, and numbers can be read where they are, nothing is copied. */
  async read(start: number, end: number): Promise<Uint8Array> {
    if (end > this.#held.byteLength) return await readBlob(this.#file, start, end);
    const bytes = this.#held.subarray(start, end);
    // Numbers are read at a multiple of their width; an odd file has them elsewhere.
    return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  }
}
