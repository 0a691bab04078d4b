/** Stands in the place of each byte of a token. */
const star = '*'.charCodeAt(0);

/** A part of a token that is shorter may stand in any sentence. */
const shortestPart = 16;

/** How many bits tell of three ASCII characters whether a token begins with them. */
const beginningCount = 2 ** 21;

/**
 * Hides what jobs prove as whom they run, whole and in the parts that make it valid, in what the worker itself tells of a
 * job; Python hides it in what it tells. However many tokens there are, each byte is looked at once. Where scripts have
 * written one in another way, as base64, it is not found; nor is one of fewer than three characters.
 */
export class TokenHiding {
  readonly #known = new Set<string>();
  /** By their first three bytes, the longest first: a whole token before its parts. */
  readonly #byBeginning = new Map<number, readonly Uint8Array[]>();
  readonly #isBeginning = new Uint8Array(beginningCount / 8);

  /** @param authorization a value of `od_authorization`, hidden from here on */
  add(authorization: string): void {
    const token = authorization.replace(/^Bearer /, '');
    const parts = token.split('.').slice(1);
    for (const text of [token, ...parts.filter(({ length }) => length >= shortestPart)]) this.#addText(text);
  }

  inText(text: string): string {
    const bytes = new TextEncoder().encode(text);
    const hidden = this.#hide(bytes);
    if (hidden.length === 0) return text;
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const ends = [0, ...hidden.map(({ start, length }) => start + length)];
    const starts = [...hidden.map(({ start }) => start), bytes.length];
    return starts.map((start, index) => decoder.decode(bytes.subarray(ends[index], start))).join('****');
  }

  /** Puts stars into the bytes themselves, one for each byte, so that all else stays where it is; whether it had to. */
  inBytes(bytes: Uint8Array): boolean {
    return this.#hide(bytes).length > 0;
  }

  #addText(text: string): void {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length < 3 || this.#known.has(text)) return;
    this.#known.add(text);
    const beginning = readBeginning(bytes, 0);
    const others = this.#byBeginning.get(beginning) ?? [];
    this.#byBeginning.set(
      beginning,
      [...others, bytes].sort((one, other) => other.length - one.length),
    );
    this.#isBeginning[beginning >> 3] = (this.#isBeginning[beginning >> 3] ?? 0) | (1 << (beginning & 7));
  }

  /** Puts stars where tokens stand and tells where, in order. */
  #hide(bytes: Uint8Array): Place[] {
    const hidden: Place[] = [];
    if (this.#known.size === 0) return hidden;
    const isBeginning = this.#isBeginning;
    let beginning = readBeginning(bytes, 0) << 7;
    for (let start = 0; start + 3 <= bytes.length; start += 1) {
      beginning = (beginning >> 7) | (((bytes[start + 2] ?? 0) & 0x7f) << 14);
      if (((isBeginning[beginning >> 3] ?? 0) & (1 << (beginning & 7))) === 0) continue;
      const found = this.#byBeginning.get(beginning)?.find((token) => standsAt(bytes, start, token));
      if (!found) continue;
      bytes.fill(star, start, start + found.length);
      hidden.push({ start, length: found.length });
      start += found.length - 1;
      beginning = readBeginning(bytes, start + 1) << 7;
    }
    return hidden;
  }
}

interface Place {
  readonly start: number;
  readonly length: number;
}

/** Seven bits of each of three bytes, which is all of them for ASCII. */
function readBeginning(bytes: Uint8Array, at: number): number {
  const bits = (offset: number): number => (bytes[at + offset] ?? 0) & 0x7f;
  return bits(0) | (bits(1) << 7) | (bits(2) << 14);
}

function standsAt(bytes: Uint8Array, start: number, token: Uint8Array): boolean {
  return start + token.length <= bytes.length && token.every((byte, index) => bytes[start + index] === byte);
}
