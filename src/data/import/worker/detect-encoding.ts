/** How a text is encoded, as far as its samples tell. */
export interface FoundEncoding {
  /** A label that TextDecoder knows. */
  readonly encoding: string;
  /** Bytes at the start that say so, and are no text. */
  readonly markLength: number;
}

/** Ends of samples may part a character of up to so many bytes. */
const longestCharacter = 4;

/**
 * The encoding of a text of which samples are given, the first from its start: by its byte order mark, else UTF-8 where
 * the samples are that, else UTF-16 where every other byte is mostly 0, else Windows-1252.
 */
export function detectEncoding(samples: readonly Uint8Array[]): FoundEncoding {
  const [head = new Uint8Array(0)] = samples;
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', markLength: 3 };
  if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', markLength: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', markLength: 2 };
  const order = findUtf16(head);
  if (order !== null) return { encoding: order, markLength: 0 };
  if (samples.every(isUtf8)) return { encoding: 'utf-8', markLength: 0 };
  return { encoding: 'windows-1252', markLength: 0 };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** UTF-16 of a mostly Latin text has zeros in one half of its bytes and hardly any in the other. */
function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(bytes.length, 10_000) >> 1;
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[pair * 2] === 0) first++;
    if (bytes[pair * 2 + 1] === 0) second++;
  }
  if (second > pairs * 0.4 && first < pairs * 0.1) return 'utf-16le';
  if (first > pairs * 0.4 && second < pairs * 0.1) return 'utf-16be';
  return null;
}

/** Whether bytes are UTF-8, but for characters that are parted at their start and end. */
function isUtf8(bytes: Uint8Array, index: number): boolean {
  let start = 0;
  if (index > 0) while (start < longestCharacter && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  try {
    // As a stream, what is parted at the end is waited for.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** A short text may have so many control characters: a few of code 0, or the mark that ends files of DOS. */
const mostControls = 8;

/** Whether bytes are of a program rather than a text: many control characters that no text has. */
export function isBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 10_000);
  let controls = 0;
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 31) controls++;
  }
  return controls > mostControls && controls > length * 0.1;
}
