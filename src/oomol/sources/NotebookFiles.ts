/** A file for the notebook, by its path there. */
export interface ImportedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The files that come into the notebook. */
export class NotebookFiles {
  readonly #contents = new Map<string, Uint8Array>();

  /** Whether another content has the path. */
  isTaken(path: string, content: Uint8Array): boolean {
    const present = this.#contents.get(path);
    return present !== undefined && !haveSameBytes(present, content);
  }

  /** Keeps a file; where another one has its path, that one stays. */
  add(path: string, content: Uint8Array): void {
    if (!this.#contents.has(path)) this.#contents.set(path, content);
  }

  /** In the order of their paths. */
  list(): readonly ImportedFile[] {
    return [...this.#contents]
      .map(([path, content]) => ({ path, content }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }
}

function haveSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return (
    one === other ||
    (one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]))
  );
}
