import type { DatasetBuffers, DatasetSummary } from './dataset.ts';
import type { BlobHash } from './ids.ts';

/** What is known of an image that was drawn from a figure. */
export interface ImageDetails {
  /** How many of its pixels make one of the page; 1 where it is not said. */
  readonly density?: number;
  /** What it shows, in words. */
  readonly alt?: string;
}

/** Where an image, a film or a sound is; `Content` is how its bytes are held. */
export type MediaSource<Content> =
  ({ readonly mediaType: string; readonly data: Content } & ImageDetails) | { readonly url: string };

/** What a text on another host may be shown as. */
export const remoteKinds = ['text', 'json', 'markdown', 'html', 'csv', 'plotly', 'vega-lite'] as const;
export type RemoteKind = (typeof remoteKinds)[number];

/**
 * What a job shows. `Table`, `Content` and `Text` are how tables, bytes and texts are held: as buffers, arrays and
 * UTF-8 on their way from Python, as named values in storage.
 */
export type PreviewContent<Table, Content, Text> =
  | {
      readonly type: 'table';
      readonly table: Table;
      /** Of the whole table; `isShortened` where only its first and last rows are there, around a row of dots. */
      readonly rowCount: number;
      readonly isShortened: boolean;
    }
  /** `language` names what is written, such as "python", for its colours; null for plain text. */
  | { readonly type: 'text'; readonly language: string | null; readonly text: Text }
  | { readonly type: 'json' | 'markdown' | 'html' | 'csv'; readonly text: Text }
  | { readonly type: 'image'; readonly images: readonly MediaSource<Content>[] }
  | { readonly type: 'video' | 'audio'; readonly source: MediaSource<Content> }
  | { readonly type: 'iframe'; readonly url: string }
  /** A text on another host, shown as if it were here; `language` is that of `text`. */
  | {
      readonly type: 'remote';
      readonly shownAs: RemoteKind;
      readonly language: string | null;
      readonly url: string;
    }
  /** Why a preview is not shown, as a sentence for the reader. */
  | { readonly type: 'problem'; readonly problem: string }
  /** The JSON of a figure, or of a specification. */
  | { readonly type: 'plotly' | 'vega-lite'; readonly text: Text }
  /** A type that is not known here, under the name that the script gave it; its data is shown as JSON. */
  | { readonly type: 'other'; readonly name: string; readonly text: Text };

/** A preview as it leaves Python. One with the id of an earlier one takes its place. Times are milliseconds since 1970. */
export interface PreviewReport {
  readonly id: string | null;
  readonly time: number;
  readonly content: PreviewContent<DatasetBuffers, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;
}

/** A value that is kept under its hash. */
export interface StoredValue {
  readonly blob: BlobHash;
  readonly byteSize: number;
}

export interface StoredTable extends StoredValue {
  readonly summary: DatasetSummary;
}

/** A preview as it is kept. */
export interface Preview {
  readonly id: string | null;
  readonly time: number;
  readonly content: PreviewContent<StoredTable, StoredValue, StoredValue>;
}

/** The values that a preview shows and that are kept by themselves. */
export function listPreviewValues({ content }: Preview): StoredValue[] {
  switch (content.type) {
    case 'table':
      return [content.table];
    case 'image':
      return content.images.flatMap(listSourceValues);
    case 'video':
    case 'audio':
      return listSourceValues(content.source);
    case 'iframe':
    case 'remote':
    case 'problem':
      return [];
    default:
      return [content.text];
  }
}

function listSourceValues(source: MediaSource<StoredValue>): StoredValue[] {
  return 'data' in source ? [source.data] : [];
}
