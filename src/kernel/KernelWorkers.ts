import { openWorkerChannel, type WorkerChannel } from './WorkerChannel.ts';

/**
 * Makes kernel workers: each from a blob that imports the given script. A worker made from a blob stands under the
 * page's Content-Security-Policy; one made from an address of its own would stand under none.
 */
export class KernelWorkers {
  readonly #scriptUrl: string;
  readonly #pyodideUrl: string;
  /** One address for all of them, for as long as the page is there. */
  readonly #address: string;
  #prepared: WorkerChannel | null = null;
  readonly #open = new Set<WorkerChannel>();
  #isOver = false;

  /** @param pyodideUrl the folder of Pyodide, which workers load before they know what they are for */
  constructor(scriptUrl: string, pyodideUrl: string) {
    this.#scriptUrl = scriptUrl;
    this.#pyodideUrl = pyodideUrl;
    const source = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
    this.#address = URL.createObjectURL(source);
  }

  make(): WorkerChannel {
    const channel = this.#prepared ?? this.#connect(this.#create());
    this.#prepared = null;
    return channel;
  }

  /** Makes the worker that is asked for next ahead of time: its scripts load until then. It takes little memory so far. */
  prepare(): void {
    if (this.#prepared) return;
    const worker = this.#create();
    const prepared = this.#connect(worker);
    this.#prepared = prepared;
    // Whoever takes it would not hear of it: the next one tells again what is wrong.
    worker.addEventListener('error', (event) => {
      if (this.#prepared !== prepared) return;
      event.preventDefault();
      prepared.terminate();
      this.#prepared = null;
    });
  }

  /** Has the browser's cache get the script, while no worker can be made yet. */
  async fetchScript(): Promise<void> {
    // Where it cannot be had the worker says so.
    await fetch(this.#scriptUrl)
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
  }

  /** Ends all workers; those that are made from now on are ended at once, and nothing is heard of them. */
  endAll(): void {
    this.#isOver = true;
    for (const channel of this.#open) channel.terminate();
  }

  #connect(worker: Worker): WorkerChannel {
    const channel = openWorkerChannel(worker, this.#pyodideUrl);
    const counted: WorkerChannel = {
      ...channel,
      terminate: () => {
        this.#open.delete(counted);
        channel.terminate();
      },
    };
    this.#open.add(counted);
    if (this.#isOver) counted.terminate();
    return counted;
  }

  #create(): Worker {
    return new Worker(this.#address, { type: 'module', name: 'kernel' });
  }
}
