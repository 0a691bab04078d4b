import type { JobId } from '../model/ids.ts';
import type { Connection, FromWorker, ToWorker } from '../protocol/messages.ts';
import { listBuffers } from '../shared/list-buffers.ts';

/**
 * Taken before any script runs: what a script puts in the place of these later hears nothing of the port, which is its
 * page's and this worker's alone.
 */
const { apply } = Reflect;
const readData = readGetter(MessageEvent.prototype, 'data');

let send: ((message: unknown, transfer: Transferable[]) => void) | null = null;

/** Waits for the port that the page sends first, and hears from then on what comes through it. */
export function connectToPage(
  onConnected: (connection: Connection) => void,
  listener: (message: ToWorker) => void,
): void {
  self.addEventListener(
    'message',
    ({ data, ports: [port] }: MessageEvent<Connection>) => {
      if (!port) throw new Error('The page sent no port.');
      send = port.postMessage.bind(port);
      port.addEventListener('message', (event) => {
        const message: ToWorker = apply(readData, event, []);
        listener(message);
      });
      // Nothing that the page sends can fail to arrive but compiled code, which some browsers let through no port.
      port.addEventListener('messageerror', () => {
        listener({ type: 'use-core', module: null });
      });
      port.start();
      onConnected(data);
    },
    { once: true },
  );
}

/** Sends a fact to the page. */
export function post(message: FromWorker): void {
  send?.(message, []);
}

/** Sends what Python says of a job, which the page checks. Buffers are moved, not copied. */
export function postJobEvent(runId: JobId, event: unknown): void {
  send?.({ type: 'job-event', runId, event }, listBuffers(event));
}

// What the page sends is not checked: page and worker are of one build.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function readGetter(prototype: object, name: string): () => any {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!getter) throw new Error(`This browser has no ${name} to read.`);
  return getter;
}
