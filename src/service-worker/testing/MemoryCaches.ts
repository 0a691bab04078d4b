/** Stands in for the browser's caches, and can be made to refuse. */
export class MemoryCaches {
  readonly #caches = new Map<string, Map<string, Response>>();
  /** Whether every use fails, as where a browser lets nothing be stored. */
  isBroken = false;
  /** Whether nothing more can be put in. */
  isFull = false;

  keys(): Promise<string[]> {
    this.#check();
    return Promise.resolve([...this.#caches.keys()]);
  }

  open(name: string): Promise<{ readonly put: (url: string, response: Response) => Promise<void> }> {
    this.#check();
    const cache = this.#caches.get(name) ?? new Map<string, Response>();
    this.#caches.set(name, cache);
    return Promise.resolve({
      put: (url, response) => {
        if (this.isFull) return Promise.reject(new DOMException('Quota exceeded', 'QuotaExceededError'));
        cache.set(url, response);
        return Promise.resolve();
      },
    });
  }

  match(url: string, { cacheName }: { readonly cacheName: string }): Promise<Response | undefined> {
    this.#check();
    return Promise.resolve(this.#caches.get(cacheName)?.get(url)?.clone());
  }

  delete(name: string): Promise<boolean> {
    this.#check();
    return Promise.resolve(this.#caches.delete(name));
  }

  /** What each cache holds, by address. */
  list(): Record<string, string[]> {
    return Object.fromEntries([...this.#caches].map(([name, cache]) => [name, [...cache.keys()]]));
  }

  #check(): void {
    if (this.isBroken) throw new DOMException('Storage is off', 'SecurityError');
  }
}
