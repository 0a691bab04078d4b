/**
 * Makes kernel workers: each from a blob that imports the given script. A worker made from a blob stands under the
 * page's Content-Security-Policy; one made from an address of its own would stand under none.
 */
export class KernelWorkers {
  readonly #scriptUrl: string;
  /** One address for all of them, for as long as the page is there. */
  readonly #address: string;
  #prepared: Worker | null = null;

  constructor(scriptUrl: string) {
    this.#scriptUrl = scriptUrl;
    const source = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
    this.#address = URL.createObjectURL(source);
  }

  make(): Worker {
    const worker = this.#prepared ?? this.#create();
    this.#prepared = null;
    return worker;
  }

  /** Makes the worker that is asked for next ahead of time: its script loads until then. */
  prepare(): void {
    const worker = this.#create();
    this.#prepared = worker;
    // Whoever takes it would not hear of it: the next one tells again what is wrong.
    worker.addEventListener('error', (event) => {
      if (this.#prepared !== worker) return;
      event.preventDefault();
      this.#prepared = null;
    });
  }

  /** Has the browser's cache get the script, while no worker can be made yet. */
  async fetchScript(): Promise<void> {
    // Where it cannot be had the worker says so.
    await fetch(this.#scriptUrl).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  }

  #create(): Worker {
    return new Worker(this.#address, { type: 'module', name: 'kernel' });
  }
}
