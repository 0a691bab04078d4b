import type { Mail } from '../protocol/service-worker.ts';

/** Kernels come and go, and not every one fetches what was left for it. */
const mostBoxes = 100;

/** Longest wait in milliseconds once a newer service worker is to take over: it has to find a moment without requests. */
const handOverWait = 250;

const nothing: Mail = { isStopAsked: false };

/**
 * Keeps what pages left for kernels until it is fetched, each once. It lives as long as the service worker, which the browser may
 * end when nobody asks for anything: then nobody waits for the mail either.
 */
export class MailRoom {
  readonly #boxes = new Map<string, Mail>();
  readonly #waiting = new Map<string, Set<() => void>>();
  #isHandingOver = false;

  /** What is in the box already stays; a new answer takes the place of the old one. */
  post(kernelId: string, mail: Mail): void {
    const before = this.#boxes.get(kernelId) ?? nothing;
    const isStopAsked = before.isStopAsked || mail.isStopAsked;
    this.#boxes.delete(kernelId);
    this.#boxes.set(kernelId, { ...before, ...mail, isStopAsked });
    const oldest = this.#boxes.keys().next();
    if (this.#boxes.size > mostBoxes && !oldest.done) this.#boxes.delete(oldest.value);
    const [first] = this.#waiting.get(kernelId) ?? [];
    first?.();
  }

  empty(kernelId: string): void {
    this.#boxes.delete(kernelId);
  }

  /** Hands out the mail: as soon as there is some, else nothing after the wait or when the signal is given. */
  async fetch(kernelId: string, waitMilliseconds: number, signal: AbortSignal): Promise<Mail> {
    if (!this.#boxes.has(kernelId) && waitMilliseconds > 0) {
      const wait = this.#isHandingOver ? Math.min(waitMilliseconds, handOverWait) : waitMilliseconds;
      await this.#wait(kernelId, wait, signal);
    }
    const mail = this.#boxes.get(kernelId);
    // Who went away does not take it along.
    if (!mail || signal.aborted) return nothing;
    this.#boxes.delete(kernelId);
    return mail;
  }

  /** Lets everybody go who waits, and lets nobody wait long from now on. */
  handOver(): void {
    this.#isHandingOver = true;
    for (const waiting of [...this.#waiting.values()]) for (const letGo of [...waiting]) letGo();
  }

  #wait(kernelId: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(kernelId) ?? new Set();
      this.#waiting.set(kernelId, waiting);
      const letGo = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', letGo);
        waiting.delete(letGo);
        if (waiting.size === 0 && this.#waiting.get(kernelId) === waiting) this.#waiting.delete(kernelId);
        resolve();
      };
      const timer = setTimeout(letGo, milliseconds);
      waiting.add(letGo);
      signal.addEventListener('abort', letGo);
      if (signal.aborted) letGo();
    });
  }
}
