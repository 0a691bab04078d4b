import type { CellKind } from '../model/notebook.ts';
import type { CellState } from '../model/run-state.ts';

/** Bytes that stand in the page itself. */
export interface EmbeddedBytes {
  readonly mediaType: string;
  readonly base64: string;
}

/** A value of a table as it is shown; `kind` is what it stands for, such as a number or a missing value. */
export interface PageValue {
  readonly text: string;
  readonly kind: string;
}

/** The first rows and columns of a table. */
export interface PageTable {
  readonly columns: readonly { readonly name: string; readonly isNumeric: boolean }[];
  readonly rows: readonly (readonly PageValue[])[];
  /** Of the whole table. */
  readonly rowCount: number;
  readonly columnCount: number;
}

/** A part of what a cell came to, one below the other. */
export type PagePart =
  | { readonly type: 'heading'; readonly text: string }
  | ({ readonly type: 'table'; readonly label: string } & PageTable)
  /** Has been sanitised, and is written as it is. */
  | { readonly type: 'markdown'; readonly html: string }
  | {
      readonly type: 'text';
      readonly label: string;
      readonly language: string | null;
      readonly text: string;
      /** How much of it is left out, in words; null where nothing is. */
      readonly cut: string | null;
    }
  | {
      readonly type: 'image';
      readonly name: string;
      readonly alt: string;
      readonly image: EmbeddedBytes;
      /** In pixels of the page; null where it is not known. */
      readonly width: number | null;
    }
  /** A document of its own: nothing in it runs or is fetched. */
  | { readonly type: 'document'; readonly label: string; readonly html: string }
  | {
      readonly type: 'error';
      readonly title: string;
      readonly line: number | null;
      readonly traceback: string;
    }
  | {
      readonly type: 'log';
      readonly lines: readonly { readonly stream: string; readonly text: string }[];
      /** How many lines come before these. */
      readonly leftOut: number;
    }
  | { readonly type: 'address'; readonly label: string; readonly url: string }
  /** What is not in the page, and why. */
  | { readonly type: 'remark'; readonly text: string };

export interface PageCell {
  readonly title: string;
  readonly kind: CellKind;
  /** Null for a cell that is never run. */
  readonly state: CellState | null;
  /** When its results came about, in milliseconds since 1970; null where there are none. */
  readonly ranAt: number | null;
  readonly source: { readonly language: 'python' | 'json'; readonly text: string } | null;
  readonly parts: readonly PagePart[];
}

/** A workspace file that the page carries. */
export interface PageFile {
  readonly name: string;
  readonly byteSize: number;
  readonly base64: string;
}

/** A notebook with its results as a page shows them: plain data, without secrets. */
export interface PageContent {
  readonly title: string;
  readonly cells: readonly PageCell[];
  /** Where the app is. */
  readonly siteUrl: string;
  /** An address of the app that holds the notebook; null where it does not fit. */
  readonly address: string | null;
  readonly file: PageFile | null;
  readonly appVersion: string;
}
