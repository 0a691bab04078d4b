import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { hashBytes } from '../shared/hash-bytes.ts';
import { BlobHash } from './ids.ts';

/** What is hashed by the browser, which takes it whole: ten times as fast as in parts, and still little of the memory. */
const mostAtOnce = 256_000_000;

/** The SHA-256 of a file that comes in parts; a large one is never whole in memory. */
export class FileHash {
  readonly #parts = sha256.create();
  /** Whether all that the file holds has to be added; else it need not. */
  readonly isLarge: boolean;

  /** `byteSize` is about what is expected. */
  constructor(byteSize: number) {
    this.isLarge = byteSize > mostAtOnce;
  }

  /** Takes the next bytes, which are not kept. */
  add(bytes: Uint8Array): void {
    if (this.isLarge) this.#parts.update(bytes);
  }

  /** The hash of what was added, which is what the file holds. */
  async finish(file: Blob): Promise<BlobHash> {
    return BlobHash.from(
      this.isLarge ? bytesToHex(this.#parts.digest()) : await hashBytes(await file.arrayBuffer()),
    );
  }
}
