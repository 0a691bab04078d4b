// @ts-check

/**
 * The encoding to answer with, given a request's Accept-Encoding.
 * @param {string | undefined} header
 * @returns {'br' | 'gzip' | undefined}
 */
export function preferredEncoding(header) {
  const accepted = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, quality === undefined ? 1 : Number(quality.slice(2))];
    }),
  );
  const isAccepted = (/** @type {string} */ name) => (accepted.get(name) ?? accepted.get('*') ?? 0) > 0;
  if (isAccepted('br')) return 'br';
  return isAccepted('gzip') ? 'gzip' : undefined;
}

/**
 * The bytes that a request's Range asks for: both ends inclusive. A header that is malformed or names several ranges is
 * passed over, as the standard allows (RFC 9110, section 14.2).
 * @param {string | undefined} header
 * @param {number} size of the file in bytes
 * @returns {{ start: number, end: number } | 'unsatisfiable' | undefined}
 */
export function requestedRange(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/**
 * Whether the client has the file already.
 * @param {import('node:http').IncomingHttpHeaders} headers of the request
 * @param {string} entityTag
 * @param {Date} modified
 * @returns {boolean}
 */
export function isFresh(headers, entityTag, modified) {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    const known = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return known.includes('*') || known.includes(entityTag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  // The header counts whole seconds.
  return Math.floor(modified.getTime() / 1000) * 1000 <= since;
}

/**
 * Whether a Range may be answered: its If-Range, if any, must name the very file that is there.
 * @param {import('node:http').IncomingHttpHeaders} headers of the request
 * @param {string} entityTag
 * @param {Date} modified
 * @returns {boolean}
 */
export function isRangeOfThisFile(headers, entityTag, modified) {
  const condition = headers['if-range'];
  if (condition === undefined) return true;
  return condition === entityTag || condition === modified.toUTCString();
}
