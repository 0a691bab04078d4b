import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The SHA-256 of a short text, at once: what the browser has for it answers later only. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
