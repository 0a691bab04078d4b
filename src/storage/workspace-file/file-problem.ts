/** Why a workspace file is not taken. */
export interface FileProblem {
  /** The path in the zip of what it is about; null where it is about the file itself. */
  readonly entry: string | null;
  /** Sentences. */
  readonly reason: string;
}
