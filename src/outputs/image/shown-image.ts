import type { ImageDetails } from '../../model/preview.ts';

/** An image of a list, wherever it comes from. */
export interface ShownImage extends ImageDetails {
  /** Of its own in the list. */
  readonly key: string;
  readonly name: string;
  /** Null where it is not known before it is read. */
  readonly byteSize: number | null;
  /** Fetches its bytes, under their media type; rejects with a sentence for the reader. */
  readonly read: () => Promise<Blob>;
}

/** Images that the ones of a list can be compared with, and where they come from, such as "Run of 11:03". */
export interface FormerImages {
  readonly from: string;
  readonly images: readonly ShownImage[];
}
