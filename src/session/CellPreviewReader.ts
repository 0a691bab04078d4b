import type { TableSource } from '../data/TableSource.ts';
import type { StoredTable, StoredValue } from '../model/preview.ts';

/** What previews are read through. Rejects with sentences for the reader. */
export interface CellPreviewReader {
  /** Whether what runs scripts or reaches other hosts may be shown; reactive. */
  readonly isTrusted: boolean;
  readonly readValue: (value: StoredValue) => Promise<Blob>;
  /** Whoever opens a table closes it. */
  readonly openTable: (table: StoredTable) => Promise<TableSource>;
  readonly fetchRemote: (url: string) => Promise<Blob>;
}
