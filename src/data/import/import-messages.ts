import type { DatasetSummary } from '../../model/dataset.ts';
import type { BlobHash } from '../../model/ids.ts';
import type { ImportOptions } from '../../model/import-options.ts';
import type { ImportPreview, ImportReport } from '../../model/import-preview.ts';

/** The one command to an import worker, which ends after it. */
export type ToImportWorker =
  | {
      readonly type: 'preview-file';
      readonly file: File;
      /** Null where it is to be found out what the file is. */
      readonly options: ImportOptions | null;
    }
  | { readonly type: 'load-file'; readonly file: File; readonly options: ImportOptions };

/** What an import worker tells; the last is no progress. */
export type FromImportWorker =
  | { readonly type: 'file-previewed'; readonly preview: ImportPreview }
  | { readonly type: 'load-progressed'; readonly readBytes: number; readonly isSecond: boolean }
  | {
      readonly type: 'file-loaded';
      readonly file: Blob;
      readonly sha256: BlobHash;
      readonly summary: DatasetSummary;
      readonly fileHash: BlobHash;
      readonly rejected: ImportReport | null;
      readonly emptied: ImportReport | null;
      readonly shortRowCount: number;
      /** What else is to be known of the table, in sentences. */
      readonly notes: readonly string[];
    }
  | { readonly type: 'import-failed'; readonly message: string };
