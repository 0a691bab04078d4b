/** How far a file is fetched. */
export interface FetchProgress {
  readonly doneBytes: number;
  /** Null where the host does not tell. */
  readonly allBytes: number | null;
}

/** Who waits for a file that is fetched, and may give it up. */
export interface FetchWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** A larger file is given up. */
  readonly mostBytes?: number;
}
