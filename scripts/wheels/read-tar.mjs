// @ts-check

// The layout of tar files: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format".
const blockBytes = 512;
const sizeField = { start: 124, end: 136 };
const typeField = 156;

/**
 * The contents of the ordinary files in a tar archive, one after the other, so that only one of them is in memory. Names are
 * of no interest here, so the records that carry long ones are passed over.
 * @param {AsyncIterable<Uint8Array>} chunks the archive, uncompressed
 * @returns {AsyncGenerator<Buffer, void>}
 * @throws {Error} when the archive is cut off or is none
 */
export async function* readTarFiles(chunks) {
  const reader = new ByteReader(chunks);
  for (;;) {
    const header = await reader.read(blockBytes);
    // Two blocks of zeros end an archive; some writers leave them out.
    if (header === undefined || header[0] === 0) return;
    const size = sizeIn(header);
    const padded = Math.ceil(size / blockBytes) * blockBytes;
    const content = await reader.read(padded);
    if (content === undefined) throw new Error('The tar archive is cut off');
    const type = String.fromCharCode(header[typeField] ?? 0);
    if (type === '0' || type === '\0') yield content.subarray(0, size);
  }
}

/**
 * @param {Buffer} header
 * @returns {number}
 */
function sizeIn(header) {
  const octal = header.toString('latin1', sizeField.start, sizeField.end).replace(/[\0 ]+$/, '');
  if (!/^ *[0-7]+$/.test(octal)) throw new Error('This is not a tar archive');
  return Number.parseInt(octal, 8);
}

class ByteReader {
  /** @type {AsyncIterator<Uint8Array>} */
  #chunks;
  /** What was received beyond what was read. */
  #rest = Buffer.alloc(0);

  /** @param {AsyncIterable<Uint8Array>} chunks */
  constructor(chunks) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /**
   * @param {number} length
   * @returns {Promise<Buffer | undefined>} undefined when fewer bytes are left
   */
  async read(length) {
    /** @type {Uint8Array[]} */
    const parts = [this.#rest];
    let received = this.#rest.length;
    while (received < length) {
      const { done, value } = await this.#chunks.next();
      if (done) return undefined;
      parts.push(value);
      received += value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts, received);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }
}
