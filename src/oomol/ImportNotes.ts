/** Something of a flow that was not taken over as it was. */
export interface ImportNote {
  /** The node that it is about; null where it is about the whole flow. */
  readonly nodeId: string | null;
  /** The file that says so. */
  readonly file: string;
  /** A sentence: what was not taken over, and why. */
  readonly what: string;
  /** A sentence: what to do about it. */
  readonly remedy: string;
}

/** Collects notes; the same one twice is one. */
export class ImportNotes {
  readonly #notes = new Map<string, ImportNote>();

  add(note: ImportNote): void {
    const key = JSON.stringify([note.nodeId, note.file, note.what]);
    if (!this.#notes.has(key)) this.#notes.set(key, note);
  }

  list(): readonly ImportNote[] {
    return [...this.#notes.values()];
  }
}
