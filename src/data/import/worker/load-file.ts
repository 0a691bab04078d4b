import type { BlobHash } from '../../../model/ids.ts';
import type { WrittenTable } from './ArrowFileWriter.ts';
import type { PieceReaders } from './csv/PieceReaders.ts';

/** What came of a file. */
export interface LoadedFile {
  readonly table: WrittenTable;
  readonly fileHash: BlobHash;
  /** The rows that were not taken, as CSV; null where all were. */
  readonly rejected: Blob | null;
  readonly rejectedCount: number;
  /** Rows without their last fields, which are missing values. */
  readonly shortRowCount: number;
}

/** What a file is read with. */
export interface LoadOptions {
  /** Told of the bytes of the file that were read; `isSecond` where it is read once more. */
  readonly onProgress: (readBytes: number, isSecond: boolean) => void;
  readonly startReaders: () => PieceReaders;
}
