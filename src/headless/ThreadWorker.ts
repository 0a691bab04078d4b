import { MessageChannel, MessagePort, Worker as Thread, type TransferListItem } from 'node:worker_threads';
import type { WorkerStart } from './site-messages.ts';
import type { Site } from './Site.ts';

/** Where the built files lie, and what address scripts see in their place. */
export interface ThreadPlaces {
  /** The script of the thread. */
  readonly script: URL;
  readonly siteFolder: string;
  readonly siteUrl: string;
}

/** A thread of Node that is used as a worker of the page: its script finds the globals of one, and none of Node's. */
export class ThreadWorker extends EventTarget {
  readonly #thread: Thread;
  readonly #closeLines: () => void;

  constructor({ script, siteFolder, siteUrl }: ThreadPlaces, site: Site) {
    super();
    const { port1: port, port2: ownPort } = new MessageChannel();
    const { port1: blockingPort, port2: ownBlockingPort } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const workerData: WorkerStart = { siteFolder, siteUrl, port, blockingPort, answered };
    const transferList = [port, blockingPort];
    this.#thread = new Thread(script, { workerData, transferList, env: {}, stdout: true, stderr: true });
    // What is written to the console in there, by scripts too, is none of the results; what matters of it is in their logs.
    this.#thread.stdout.resume();
    this.#thread.stderr.resume();
    const lines = [
      site.listen(ownPort, () => undefined),
      site.listen(ownBlockingPort, () => {
        Atomics.add(answered, 0, 1);
        Atomics.notify(answered, 0);
      }),
    ];
    this.#closeLines = () => {
      for (const close of lines) close();
    };
    this.#thread.on('message', (data: unknown) => {
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
    this.#thread.on('messageerror', () => {
      this.dispatchEvent(new MessageEvent('messageerror'));
    });
    this.#thread.on('error', (error: unknown) => {
      this.#tellError(error instanceof Error ? error.message : String(error));
    });
    this.#thread.on('exit', () => {
      this.#closeLines();
    });
  }

  postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
    const list: unknown[] = Array.isArray(transfer) ? transfer : (transfer.transfer ?? []);
    const transferred = list.filter(isForThreads);
    const ports = transferred.filter((each) => each instanceof MessagePort);
    this.#thread.postMessage({ data: message, ports }, transferred);
  }

  terminate(): void {
    this.#closeLines();
    void this.#thread.terminate();
  }

  #tellError(message: string): void {
    const event = new Event('error', { cancelable: true });
    this.dispatchEvent(Object.assign(event, { message }));
  }
}

/** Nothing else is sent to workers here. */
function isForThreads(value: unknown): value is TransferListItem {
  return value instanceof ArrayBuffer || value instanceof MessagePort;
}
