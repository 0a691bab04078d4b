import type { BlobHash, JobId, NotebookId, WorkspaceId } from '../../model/ids.ts';
import type { LogEntry } from '../../model/job.ts';
import type { PartSize, PickedParts } from '../../model/workspace-parts.ts';
import type { FoundRecords } from './workspace-records.ts';

/** Where the workspace is: in a database, or with its page alone, which hands it over. */
export type ExportSource =
  | { readonly kind: 'database'; readonly name: string; readonly workspaceId: WorkspaceId }
  | {
      readonly kind: 'page';
      readonly found: FoundRecords;
      readonly logs: ReadonlyMap<JobId, readonly LogEntry[]>;
      readonly blobs: ReadonlyMap<BlobHash, Blob>;
    };

/** To an export worker: one of the first two, and nothing but `cancel` after it. */
export type ToExportWorker =
  | { readonly type: 'measure-workspace'; readonly source: ExportSource; readonly only: NotebookId | null }
  | {
      readonly type: 'write-workspace';
      readonly source: ExportSource;
      /** The one notebook that is written; null for all of the workspace. */
      readonly only: NotebookId | null;
      readonly picked: PickedParts;
      readonly appVersion: string;
      /** The file to write to; null for one that is handed back. */
      readonly target: FileSystemFileHandle | null;
    }
  | { readonly type: 'cancel' };

/** What an export worker tells; the last is no progress. */
export type FromExportWorker =
  | { readonly type: 'workspace-measured'; readonly sizes: readonly PartSize[] }
  | { readonly type: 'write-progressed'; readonly doneBytes: number; readonly allBytes: number }
  | {
      readonly type: 'workspace-written';
      /** Null where it was written to the target. */
      readonly file: Blob | null;
      readonly byteSize: number;
      /** A sentence for each thing that could not go along. */
      readonly losses: readonly string[];
    }
  | { readonly type: 'export-failed'; readonly message: string };
