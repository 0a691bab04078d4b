import type { TableSource } from '../../data/TableSource.ts';
import type { Preview, StoredTable, StoredValue } from '../../model/preview.ts';

/** Where previews get what they show from. Each rejects with a sentence for the reader. */
export interface PreviewReader {
  /** Whether what runs scripts or reaches other hosts may be shown; reactive. */
  readonly isTrusted: boolean;
  readValue(value: StoredValue): Promise<Blob>;
  /** Whoever opens a table closes it. */
  openTable(table: StoredTable): Promise<TableSource>;
  /** Asks another host, as far as the workspace allows it. */
  fetchRemote(url: string): Promise<Blob>;
}

/** What previews of some types show. */
export type ContentOf<Type extends Preview['content']['type']> = Extract<
  Preview['content'],
  { readonly type: Type }
>;
