import type { Data } from 'apache-arrow';

interface Entry {
  readonly data: Promise<Data>;
  /** Bytes of the data; 0 until it is there. */
  size: number;
}

/** Pieces of columns that were read lately; those that were not asked for longest go first. */
export class PageCache {
  readonly #entries = new Map<string, Entry>();
  readonly #byteLimit: number;
  #byteSize = 0;

  constructor(byteLimit: number) {
    this.#byteLimit = byteLimit;
  }

  /** What is known by the name, else what `read` gives. What could not be read is read again when it is asked for again. */
  async get(name: string, read: () => Promise<Data>): Promise<Data> {
    const known = this.#entries.get(name);
    if (known) {
      this.#entries.delete(name);
      this.#entries.set(name, known);
      return await known.data;
    }
    const entry: Entry = { data: read(), size: 0 };
    this.#entries.set(name, entry);
    try {
      const data = await entry.data;
      entry.size = data.byteLength;
      this.#byteSize += entry.size;
      this.#letGo(entry);
      return data;
    } catch (error) {
      this.#entries.delete(name);
      throw error;
    }
  }

  #letGo(latest: Entry): void {
    for (const [name, entry] of this.#entries) {
      if (this.#byteSize <= this.#byteLimit) return;
      if (entry === latest || entry.size === 0) continue;
      this.#entries.delete(name);
      this.#byteSize -= entry.size;
    }
  }
}
