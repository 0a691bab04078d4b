/**
 * Just enough of FlatBuffers to walk the metadata of an Arrow file: tables by position, fields by index, lists with their
 * lengths checked. Positions outside the file throw a RangeError, as a DataView does. https://flatbuffers.dev/internals/
 */
export class FlatBuffer {
  readonly #file: DataView;

  constructor(bytes: Uint8Array) {
    this.#file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The 64-bit number that a field of a table has; 0 when it is left out. */
  number(table: number, fieldIndex: number): number {
    const field = this.#field(table, fieldIndex);
    return field === null ? 0 : Number(this.#file.getBigInt64(field, true));
  }

  /** The position that is stored at a position, relative to it. */
  follow(position: number): number {
    return position + this.#file.getUint32(position, true);
  }

  /** The table that a field of a table refers to; null when the field is left out. */
  table(table: number, fieldIndex: number): number | null {
    const field = this.#field(table, fieldIndex);
    return field === null ? null : this.follow(field);
  }

  /**
   * The positions of the elements, of `size` bytes each, of a list that a field refers to; none when it is left out.
   * Throws a RangeError when it would reach beyond `end`.
   */
  list(table: number, fieldIndex: number, size: number, end: number): number[] {
    const list = this.table(table, fieldIndex);
    if (list === null) return [];
    const length = this.#file.getUint32(list, true);
    const first = list + 4;
    if (first + length * size > end) throw new RangeError('a list is longer than the file');
    return Array.from({ length }, (_, index) => first + index * size);
  }

  #field(table: number, fieldIndex: number): number | null {
    const offsets = table - this.#file.getInt32(table, true);
    const entry = 4 + 2 * fieldIndex;
    if (entry >= this.#file.getUint16(offsets, true)) return null;
    const offset = this.#file.getUint16(offsets + entry, true);
    return offset === 0 ? null : table + offset;
  }
}
