/** What is wrong with a source, as its editor shows it. Lines and columns count from 1, columns in UTF-16 code units. */
export interface SourceProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** After the end. */
  readonly endColumn: number;
}
