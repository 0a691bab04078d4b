import type { MessagePort } from 'node:worker_threads';

/** A request of a worker for what lies outside of it, as the page's service worker would get it. */
export interface SiteRequest {
  readonly type: 'request';
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly redirect: 'follow' | 'error' | 'manual';
}

/** What a worker asks of the main thread, which is its page and its service worker in one. */
export type ToSite =
  | SiteRequest
  /** Nobody waits for the answer any more. */
  | { readonly type: 'give-up'; readonly id: number }
  /** The bytes of a blob, for who cannot wait for a promise. */
  | { readonly type: 'read-blob'; readonly id: number; readonly blob: Blob };

/** What the main thread answers, whole. */
export type FromSite =
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** There was no answer; the reason is a sentence. */
  | { readonly type: 'failure'; readonly id: number; readonly reason: string };

/** What a worker is started with. */
export interface WorkerStart {
  /** The folder of the built files that it may read, as a `file:` address with a slash at its end. */
  readonly siteFolder: string;
  /** The address that the site has for scripts. */
  readonly siteUrl: string;
  /** The lines to the main thread: one whose answers come as messages, and one for who waits for them, blocked. */
  readonly port: MessagePort;
  readonly blockingPort: MessagePort;
  /** One number, counted up and woken with each answer to who waits blocked. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}
