import { fail, succeed, type Result } from '../../shared/result.ts';

/** A file in a zip, as the zip's directory tells of it. */
export interface ZipEntry {
  readonly path: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where its own header lies. */
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;

/** The most that a zip may hold. */
export interface ZipLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly bytes: number;
}

/** What Python copes with. */
const pythonLimits: ZipLimits = {
  files: 50_000,
  fileBytes: 256 * 1024 * 1024,
  bytes: 768 * 1024 * 1024,
};

/** Bytes at the end of a zip in which the record is that says where its directory is. */
export const longestZipEnd = 22 + 0xffff;

/** Where the directory of a zip begins, by its last bytes; null where that is not said. */
export function findZipDirectory(lastBytes: Uint8Array): number | null {
  const view = new DataView(lastBytes.buffer, lastBytes.byteOffset, lastBytes.byteLength);
  const end = findEnd(view);
  return end === null ? null : view.getUint32(end + 16, true);
}

/**
 * Reads the directory of a zip, and refuses what an honest one does not have: names that lead out of its folder or come
 * twice, packings that are not read here, more than the limits. Folders are left out. Of a large zip the bytes from `offset`
 * on are enough, where its directory begins. The problem is the end of a sentence: "it is cut off".
 */
export function readZipDirectory(
  bytes: Uint8Array,
  limits = pythonLimits,
  offset = 0,
): Result<readonly ZipEntry[], string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return fail('it is no zip, or it is cut off');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true) - offset;
  if (count === 0xffff || start + offset === 0xffffffff || count > limits.files) {
    return fail(`it has more than ${limits.files} files, or is larger than 4 GB`);
  }
  if (start < 0 || start + size > end) return fail('it is cut off');
  const entries: ZipEntry[] = [];
  const paths = new Set<string>();
  let unpackedBytes = 0;
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const read = readEntry(view, at, end, limits);
    if (!read.isOk) return read;
    const { entry, length } = read.value;
    at += length;
    if (entry.path.endsWith('/')) continue;
    const key = entry.path.toLowerCase();
    if (paths.has(key)) return fail(`it has ${entry.path} twice`);
    paths.add(key);
    unpackedBytes += entry.unpackedBytes;
    if (unpackedBytes > limits.bytes) return fail(`it holds more than ${toMebibytes(limits.bytes)} MB`);
    entries.push(entry);
  }
  return succeed(entries);
}

/** The bytes of a file as they are packed; null where its own header is not where it has to be. */
export function viewPacked(bytes: Uint8Array, { headerOffset, packedBytes }: ZipEntry): Uint8Array | null {
  if (headerOffset + 30 > bytes.byteLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(headerOffset, true) !== headerSignature) return null;
  const start =
    headerOffset + 30 + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true);
  return start + packedBytes > bytes.byteLength ? null : bytes.subarray(start, start + packedBytes);
}

/** The record at the end, which a comment may follow. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    const isEnd = view.getUint32(at, true) === endSignature && view.getUint16(at + 20, true) === last - at;
    if (isEnd) return at;
  }
  return null;
}

function readEntry(
  view: DataView,
  at: number,
  end: number,
  limits: ZipLimits,
): Result<{ readonly entry: ZipEntry; readonly length: number }, string> {
  if (at + 46 > end || view.getUint32(at, true) !== entrySignature) return fail('its directory is damaged');
  const nameLength = view.getUint16(at + 28, true);
  const length = 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (at + length > end) return fail('its directory is damaged');
  const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength);
  const path = new TextDecoder().decode(name);
  if (!isPlain(path)) return fail(`its path ${JSON.stringify(path)} leads out of its folder`);
  if ((view.getUint16(at + 8, true) & 1) !== 0) return fail(`its file ${path} is encrypted`);
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8) return fail(`its file ${path} is packed in a way that is not read here`);
  const unpackedBytes = view.getUint32(at + 24, true);
  if (unpackedBytes > limits.fileBytes) {
    return fail(`its file ${path} is larger than ${toMebibytes(limits.fileBytes)} MB`);
  }
  const packedBytes = view.getUint32(at + 20, true);
  const headerOffset = view.getUint32(at + 42, true);
  return succeed({ entry: { path, method, packedBytes, unpackedBytes, headerOffset }, length });
}

function toMebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

/** Relative, with slashes, without steps up; a folder ends in a slash. */
function isPlain(path: string): boolean {
  const parts = path.replace(/\/$/, '').split('/');
  const isOdd = parts.some((part) => part === '' || part === '.' || part === '..');
  return !isOdd && !/^[A-Za-z]:|[\\\u0000-\u001f\u007f\ufffd]/.test(path);
}
