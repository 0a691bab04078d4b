/** Stands in the place of each character of a token. */
const star = '*'.charCodeAt(0);

/** A part of a token that is shorter may stand in any sentence. */
const shortestPart = 16;

/** How many bytes are looked through at once. */
const pieceLength = 1_000_000;

/**
 * Hides what jobs prove as whom they run, whole and in the parts that make it valid, in what the worker itself tells of a
 * job; Python hides it in what it tells. Where scripts have written it in another way, as base64, it is not found.
 */
export class TokenHiding {
  /** Of each token the whole first. */
  readonly #texts: readonly string[];

  /** @param authorizations values of `od_authorization` */
  constructor(authorizations: readonly string[]) {
    this.#texts = authorizations.flatMap((authorization) => {
      const token = authorization.replace(/^Bearer /, '');
      const parts = token.split('.').slice(1);
      return [token, ...parts.filter(({ length }) => length >= shortestPart)];
    });
  }

  inText(text: string): string {
    return this.#texts.reduce((hidden, each) => hidden.replaceAll(each, '****'), text);
  }

  /** Puts stars into the bytes themselves, one for each byte, so that all else stays where it is; whether it had to. */
  inBytes(bytes: Uint8Array): boolean {
    const overlap = this.#texts.reduce((longest, { length }) => Math.max(longest, length), 0);
    let hasHidden = false;
    for (let start = 0; start < bytes.length; start += pieceLength) {
      const piece = bytes.subarray(start, start + pieceLength + overlap);
      hasHidden = hideInPiece(piece, this.#texts) || hasHidden;
    }
    return hasHidden;
  }
}

/** Tokens are ASCII, which is the same in this encoding, and there each byte is a character. */
function hideInPiece(piece: Uint8Array, texts: readonly string[]): boolean {
  let characters = decode(piece);
  let hasHidden = false;
  for (const text of texts) {
    let place = characters.indexOf(text);
    if (place === -1) continue;
    hasHidden = true;
    for (; place !== -1; place = characters.indexOf(text, place + text.length)) {
      piece.fill(star, place, place + text.length);
    }
    characters = decode(piece);
  }
  return hasHidden;
}

function decode(piece: Uint8Array): string {
  return new TextDecoder('latin1').decode(piece);
}
