/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */
const magic = [0x04, 0x22, 0x4d, 0x18] as const;

/** Bits of the first byte behind the magic number: what else is in a frame. */
const flags = { blockChecksums: 0x10, contentSize: 0x08, dictionary: 0x01 } as const;

/** The highest bit of the size of a block that is stored as it is. */
const stored = 0x80000000;

const damaged = 'its packed columns are damaged';

/** Bytes that are written one after the other, of which no one knows how many there will be. */
class Output {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  write(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Writes again what was written `distance` bytes ago, which may reach into what it writes. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) throw new Error(damaged);
    this.reserve(count);
    const { bytes, length } = this;
    if (distance >= count) bytes.copyWithin(length, length - distance, length - distance + count);
    else for (let at = length; at < length + count; at++) bytes[at] = bytes[at - distance] ?? 0;
    this.length += count;
  }
}

/** Unpacks a frame of LZ4, as Arrow has one for each buffer. Throws an Error where it is none. Checksums are not looked at. */
export function unpackLz4(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!magic.every((byte, index) => frame[index] === byte)) throw new Error(damaged);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const descriptor = frame[4] ?? 0;
  const contentSize = descriptor & flags.contentSize ? 8 : 0;
  const dictionary = descriptor & flags.dictionary ? 4 : 0;
  // Flags, the size of blocks, and a checksum of these.
  let at = 4 + 2 + contentSize + dictionary + 1;
  const output = new Output(frame.length * 3);
  for (;;) {
    if (at + 4 > frame.length) throw new Error(damaged);
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.bytes.subarray(0, output.length);
    const end = at + (size & ~stored);
    if (end > frame.length) throw new Error(damaged);
    const block = frame.subarray(at, end);
    if (size >= stored) output.write(block);
    else unpackBlock(block, output);
    at = end + (descriptor & flags.blockChecksums ? 4 : 0);
  }
}

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const next = (): number => {
    const byte = block[at++];
    if (byte === undefined) throw new Error(damaged);
    return byte;
  };
  const readLength = (start: number): number => {
    let length = start;
    if (start < 15) return length;
    for (let more = 255; more === 255; length += more) more = next();
    return length;
  };
  while (at < block.length) {
    const token = next();
    const literals = readLength(token >> 4);
    if (at + literals > block.length) throw new Error(damaged);
    output.write(block.subarray(at, at + literals));
    at += literals;
    // The last sequence has literals alone.
    if (at === block.length) return;
    const distance = next() | (next() << 8);
    output.repeat(distance, readLength(token & 15) + 4);
  }
}
