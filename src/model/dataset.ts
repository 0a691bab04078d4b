import type { Scale } from './manual-types.ts';

/**
 * What a column holds.
 * `integer` is decimal text, for whole numbers that fit no 64 bits; `mixed` is a column whose values are of
 * several types, kept with the type of each.
 */
export const columnTypes = [
  'null',
  'bool',
  'int64',
  'uint64',
  'float64',
  'date',
  'datetime',
  'string',
  'integer',
  'mixed',
] as const;

export type ColumnType = (typeof columnTypes)[number];

export const timeUnits = ['s', 'ms', 'us', 'ns'] as const;

export type TimeUnit = (typeof timeUnits)[number];

/**
 * One column as it leaves Python: the buffers of Arrow's memory layout, little-endian.
 * https://arrow.apache.org/docs/format/Columnar.html
 */
export interface ColumnBuffers {
  /** Any text, also empty or the same as another column's. Children of a mixed column have none. */
  readonly name: string;
  readonly type: ColumnType;
  /** Number of elements. */
  readonly length: number;
  readonly nullCount: number;
  /** One bit an element, least significant first, 1 for a value; null when no element is null. */
  readonly validity: Uint8Array | null;
  /**
   * bool: one bit an element; int64, uint64, float64: 8 bytes; date: int32 days since 1970-01-01;
   * datetime: int64 in `timeUnit` since 1970-01-01; string and integer: UTF-8;
   * mixed: int8, the index of the child; null: nothing.
   */
  readonly values: Uint8Array | null;
  /** string and integer: int32, `length` + 1 of them; mixed: int32 positions in the child; else null. */
  readonly offsets: Uint8Array | null;
  /** datetime only. */
  readonly timeUnit: TimeUnit | null;
  /** datetime only: an IANA name, "UTC" or "+02:00"; null for a time of no zone. */
  readonly timeZone: string | null;
  /** mixed only: one column for each type that occurs. */
  readonly children: readonly ColumnBuffers[];
  /** Where one was given; else it follows from the type. */
  readonly scale?: Scale;
}

/** Rows in a batch of a stored table: few enough to be handled alone, enough that batches cost nothing. A multiple of 8. */
export const rowsPerBatch = 65_536;

/** A table as it leaves Python. */
export interface DatasetBuffers {
  readonly rowCount: number;
  readonly columns: readonly ColumnBuffers[];
}

/** What is known of a column without reading its values. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: ColumnType | 'nested';
  readonly timeZone: string | null;
  /** Where one was given; else it follows from the type. */
  readonly scale?: Scale;
}

/** What is known of a dataset without reading its values. */
export interface DatasetSummary {
  readonly rowCount: number;
  readonly columns: readonly ColumnSummary[];
}
