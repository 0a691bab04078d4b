/** How far a file is fetched. */
export interface FetchProgress {
  readonly doneBytes: number;
  /** Null where the host does not tell. */
  readonly allBytes: number | null;
}

/** Who waits for a file of another host, and may give it up. */
export interface FetchWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
}
