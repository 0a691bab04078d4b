/** A byte order mark within a cell is part of its text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The first `limit` UTF-16 units of UTF-8 bytes, never half a character; no more bytes than needed are decoded. */
export function decodeText(bytes: Uint8Array, limit: number): string {
  // A UTF-16 unit comes from three bytes at most.
  if (bytes.byteLength <= limit * 3) return cutText(decoder.decode(bytes), limit);
  const head = bytes.subarray(0, limit * 3);
  // In a stream the character that the cut may have broken is kept back instead of replaced.
  return cutText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head, { stream: true }), limit);
}

/** Cuts a text to `limit` UTF-16 units, one less where the cut would part a surrogate pair. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
