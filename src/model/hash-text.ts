import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The SHA-256 of a short text, at once: what the browser has for it answers later only. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Gives the SHA-256 of bytes that come in pieces. */
export interface PieceHash {
  readonly add: (piece: Uint8Array) => void;
  /** In hexadecimal; nothing is added after that. */
  readonly finish: () => string;
}

export function hashPieces(): PieceHash {
  const hash = sha256.create();
  return {
    add: (piece) => {
      hash.update(piece);
    },
    finish: () => bytesToHex(hash.digest()),
  };
}
