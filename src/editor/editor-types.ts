/** A place in a source; both count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** What is selected of a source; both are the same place where nothing is. */
export interface TextSelection {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** A line of a source that something is to be said of. */
export interface SourceMark {
  readonly line: number;
  readonly message: string;
}

/** What the keys of the editor do beyond editing. */
export interface EditorCommands {
  readonly run: () => void;
  readonly runAndGoOn: () => void;
  readonly leave: () => void;
}

/** What a text is written in, as the editor names it. */
export type SourceLanguage = 'python' | 'markdown' | 'json';
