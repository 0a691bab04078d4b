import { hashBytes } from '../shared/hash-bytes.ts';
import { BlobHash } from './ids.ts';
import { RunningHash } from './RunningHash.ts';

/** What is hashed by the browser, which takes it whole: ten times as fast as in parts, and still little of the memory. */
const mostAtOnce = 256_000_000;

/** The SHA-256 of a file that comes in parts; a large one is never whole in memory. */
export class FileHash {
  readonly #parts = new RunningHash();
  /** Whether all that the file holds has to be added; else it need not. */
  readonly isLarge: boolean;

  /** `byteSize` is about what is expected. */
  constructor(byteSize: number) {
    this.isLarge = byteSize > mostAtOnce;
  }

  /** Takes the next bytes, which are not kept. */
  add(bytes: Uint8Array): void {
    if (this.isLarge) this.#parts.add(bytes);
  }

  /** The hash of what was added, which is what the file holds. */
  async finish(file: Blob): Promise<BlobHash> {
    return this.isLarge ? this.#parts.finish() : BlobHash.from(await hashBytes(await file.arrayBuffer()));
  }
}
