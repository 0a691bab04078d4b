import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { receiveMessageOnPort } from 'node:worker_threads';
import type { FromSite, SiteRequest, ToSite, WorkerStart } from '../site-messages.ts';

/** What is asked, without the number that its answer is known by. */
export type Asked = Omit<SiteRequest, 'type' | 'id'>;

export type Answer = Extract<FromSite, { type: 'answer' }>;

/** What a worker reaches: the files of the built site, and through the main thread all else, where that is allowed. */
export class SiteLine {
  readonly #start: WorkerStart;
  readonly #waiting = new Map<number, (answer: FromSite) => void>();
  #nextId = 1;

  constructor(start: WorkerStart) {
    this.#start = start;
    const { port } = start;
    port.on('message', (answer: FromSite) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) port.unref();
    });
    port.unref();
  }

  /** The path of a file of the site; null for every other address. */
  findFile(address: string): string | null {
    if (!address.startsWith('file:')) return null;
    const { href } = new URL(address);
    return href.startsWith(this.#start.siteFolder) ? fileURLToPath(href) : null;
  }

  isOfSite(address: string): boolean {
    return address.startsWith(this.#start.siteUrl);
  }

  async readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await readFile(path));
  }

  readFileNow(path: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(readFileSync(path));
  }

  /** Rejects with a TypeError where there is no answer, and with the signal's reason once that is given. */
  async ask(asked: Asked, signal: AbortSignal | null): Promise<Answer> {
    signal?.throwIfAborted();
    const id = this.#nextId++;
    const answered = new Promise<FromSite>((resolve, reject) => {
      this.#waiting.set(id, resolve);
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiting.delete(id);
          this.#start.port.postMessage({ type: 'give-up', id } satisfies ToSite);
          reject(signal.reason);
        },
        { once: true },
      );
    });
    this.#start.port.ref();
    this.#start.port.postMessage({ type: 'request', id, ...asked } satisfies ToSite);
    return expectAnswer(await answered);
  }

  /** Asks and waits, which the worker's other work does, too. Throws where there is no answer. */
  askNow(asked: Asked): Answer {
    return this.#wait({ type: 'request', id: this.#nextId++, ...asked });
  }

  /** Reads a blob and waits. */
  readBlobNow(blob: Blob): Uint8Array<ArrayBuffer> {
    return this.#wait({ type: 'read-blob', id: this.#nextId++, blob }).body;
  }

  #wait(message: ToSite): Answer {
    const { answered, blockingPort } = this.#start;
    const before = Atomics.load(answered, 0);
    blockingPort.postMessage(message);
    Atomics.wait(answered, 0, before);
    const received: { readonly message: FromSite } | undefined = receiveMessageOnPort(blockingPort);
    if (!received) throw new TypeError('The main thread did not answer.');
    return expectAnswer(received.message);
  }
}

function expectAnswer(message: FromSite): Answer {
  if (message.type === 'failure') throw new TypeError(message.reason);
  return message;
}
