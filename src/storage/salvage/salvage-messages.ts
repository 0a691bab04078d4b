import type { SalvagedCount } from './write-salvage.ts';

/** To a salvage worker: one of the first two, and nothing but `cancel` after it. */
export type ToSalvageWorker =
  | { readonly type: 'write-backup'; readonly databaseName: string; readonly appVersion: string }
  | {
      readonly type: 'write-rescue';
      readonly databaseName: string;
      readonly appVersion: string;
      /** The file to write to; null for one that is handed back. */
      readonly target: FileSystemFileHandle | null;
    }
  | { readonly type: 'cancel' };

/** What a salvage worker tells; the first is progress, in bytes before they are packed. */
export type FromSalvageWorker =
  | { readonly type: 'salvage-progressed'; readonly doneBytes: number }
  | ({
      readonly type: 'salvaged';
      /** The rescue; null where it was written to the target, and of a backup. */
      readonly file: Blob | null;
      readonly byteSize: number;
    } & SalvagedCount)
  | { readonly type: 'salvage-failed'; readonly message: string };
