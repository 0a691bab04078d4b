import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BlobHash } from './ids.ts';

/** The SHA-256 of bytes that come in parts, which are not kept. */
export class RunningHash {
  readonly #state = sha256.create();

  add(bytes: Uint8Array): void {
    this.#state.update(bytes);
  }

  /** Nothing can be added then. */
  finish(): BlobHash {
    return BlobHash.from(bytesToHex(this.#state.digest()));
  }
}
