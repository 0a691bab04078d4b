import type { WorkspaceId } from '../../model/ids.ts';
import type { ImportChoice, ImportResult, ImportSummary } from '../../model/workspace-import.ts';

/** To an import worker: first the file, then, as often as is needed, what is to become of it; either may be cancelled. */
export type ToImportWorker =
  | {
      readonly type: 'read-file';
      readonly file: Blob;
      /** The file's name, or the address it came from. */
      readonly name: string;
      readonly databaseName: string;
      /** The workspace that is open. */
      readonly workspaceId: WorkspaceId;
      /** Of a backup or a rescue, which of its workspaces; null for the one that was open. */
      readonly wanted: WorkspaceId | null;
    }
  | { readonly type: 'store-file'; readonly choice: ImportChoice }
  | { readonly type: 'cancel' };

/** What an import worker tells. Every command has one answer, which is none of the first two. */
export type FromImportWorker =
  | { readonly type: 'import-progressed'; readonly doneBytes: number; readonly allBytes: number }
  /** All was handed to the database: from now on nothing can be cancelled. */
  | { readonly type: 'import-finishing' }
  | { readonly type: 'file-read'; readonly summary: ImportSummary }
  | { readonly type: 'file-stored'; readonly result: ImportResult }
  | { readonly type: 'import-cancelled' }
  | { readonly type: 'import-failed'; readonly message: string };
