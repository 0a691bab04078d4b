// @ts-check

// The layout of zip files: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
const endRecordSignature = Buffer.from('PK\x05\x06', 'latin1');
const endRecordBytes = 22;
const directorySignature = 0x02014b50;
const fileSignature = 0x04034b50;

/**
 * The zip files that stand whole and uncompressed somewhere in a file. Each is found by its last record, which says how far
 * before itself the zip's directory and the zip begin. What only looks like a zip is left out; what is given back may still
 * be damaged, so compare checksums.
 * @param {Buffer} bytes
 * @returns {Generator<Buffer, void>} views of `bytes`, not copies
 */
export function* carveZips(bytes) {
  let position = bytes.indexOf(endRecordSignature);
  while (position !== -1) {
    const zip = zipEndingAt(bytes, position);
    if (zip !== undefined) yield zip;
    position = bytes.indexOf(endRecordSignature, position + 1);
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} endRecord where the end record begins
 * @returns {Buffer | undefined}
 */
function zipEndingAt(bytes, endRecord) {
  if (endRecord + endRecordBytes > bytes.length) return undefined;
  const directoryBytes = bytes.readUInt32LE(endRecord + 12);
  const directoryOffset = bytes.readUInt32LE(endRecord + 16);
  const commentBytes = bytes.readUInt16LE(endRecord + 20);

  const directory = endRecord - directoryBytes;
  const start = directory - directoryOffset;
  const end = endRecord + endRecordBytes + commentBytes;
  // An empty zip, whose directory has no entry, is of no use here.
  if (start < 0 || directoryBytes < 4 || end > bytes.length) return undefined;
  if (bytes.readUInt32LE(start) !== fileSignature) return undefined;
  if (bytes.readUInt32LE(directory) !== directorySignature) return undefined;
  return bytes.subarray(start, end);
}
