/**
 * All that the worker fetches, so that what is fetched for packages can be ended together: Pyodide and micropip, which
 * fetch most of it, cannot be told to stop.
 */
export class Downloads {
  /** To be put in the place of the worker's `fetch`. */
  readonly fetch: typeof fetch;
  #signal: AbortSignal | null = null;

  constructor(nativeFetch: typeof fetch) {
    this.fetch = async (input, options) => {
      if (!this.#signal) return await nativeFetch(input, options);
      const own = options?.signal ?? (input instanceof Request ? input.signal : null);
      const signal = own ? AbortSignal.any([own, this.#signal]) : this.#signal;
      return await nativeFetch(input, { ...options, signal });
    };
  }

  /** Does the work. The signal ends what is fetched meanwhile, down to the last byte of its body. */
  async endedBy<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    this.#signal = signal;
    try {
      return await work();
    } finally {
      this.#signal = null;
    }
  }

  /** Throws the signal's reason once it was given. */
  throwIfEnded(): void {
    this.#signal?.throwIfAborted();
  }
}
