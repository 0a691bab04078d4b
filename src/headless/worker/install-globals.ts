import { parentPort, workerData, type TransferListItem } from 'node:worker_threads';
import type { WorkerStart } from '../site-messages.ts';
import { SiteLine } from './SiteLine.ts';
import { createSiteFetch, createSiteRequest } from './SiteRequests.ts';

/**
 * Makes of a thread of Node what the workers of the page are: their globals are there, and those of Node are not, by which
 * scripts would reach the files and programs of the computer. To be imported before all that runs in the worker.
 */

const start: WorkerStart = workerData;
const line = new SiteLine(start);
const inbox = parentPort;
if (!inbox) throw new Error('This is for threads.');
const events = new EventTarget();

define('self', globalThis);
define('location', new URL(start.siteUrl));
define(
  'navigator',
  Object.create({}, { userAgent: { value: `Node.js ${process.version}`, configurable: true } }),
);
define('addEventListener', (...listening: Parameters<EventTarget['addEventListener']>) => {
  events.addEventListener(...listening);
  // What came before waits until somebody listens.
  if (listening[0] === 'message') inbox.on('message', deliver);
});
define('removeEventListener', events.removeEventListener.bind(events));
define('dispatchEvent', events.dispatchEvent.bind(events));
define('postMessage', (message: unknown, transfer: readonly TransferListItem[] = []) => {
  inbox.postMessage(message, transfer);
});
define('reportError', (error: unknown) => {
  queueMicrotask(() => {
    throw error;
  });
});
define('fetch', createSiteFetch(line, globalThis.fetch.bind(globalThis)));
define('XMLHttpRequest', createSiteRequest(line));
/** Pyodide asks whether the global object is one. */
function WorkerGlobalScope(): void {
  throw new TypeError('Illegal constructor');
}
Object.defineProperty(WorkerGlobalScope, Symbol.hasInstance, {
  value: (value: unknown) => value === globalThis,
});
define('WorkerGlobalScope', WorkerGlobalScope);
define(
  'FileReaderSync',
  class FileReaderSync {
    readAsArrayBuffer(blob: Blob): ArrayBuffer {
      return line.readBlobNow(blob).buffer;
    }

    readAsText(blob: Blob): string {
      return new TextDecoder().decode(line.readBlobNow(blob));
    }
  },
);
define('ProgressEvent', class ProgressEvent extends Event {});
Promise.withResolvers ??= function withResolvers<Value>() {
  let resolve: PromiseWithResolvers<Value>['resolve'] = () => undefined;
  let reject: PromiseWithResolvers<Value>['reject'] = () => undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
// By it scripts would reach the files and programs of the computer. Of what else is Node's own some is used by its `fetch`.
Reflect.deleteProperty(globalThis, 'process');
closeWayOut();
closeConsole();
// Who changed it would be handed the ports on which this thread tells of itself.
Object.freeze(MessagePort.prototype);

/**
 * Node's own `fetch` keeps the object that reaches hosts where every script finds it, by a symbol that all can name, from when
 * anything of it is first used. It stays for what is asked of data and blobs, and leads nowhere.
 */
function closeWayOut(): void {
  // That loads it.
  new Response();
  const dispatch = (): never => {
    throw new TypeError('There is no way to other hosts from here.');
  };
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (Symbol.keyFor(key) === undefined) continue;
    Object.defineProperty(globalThis, key, { value: Object.freeze({ dispatch }), writable: false });
  }
}

/**
 * Node's console holds the streams that it writes to, and these the port by which Node itself talks with the main thread. Nobody
 * reads what is written to it here: one that does nothing stands in its place.
 */
function closeConsole(): void {
  const silent = Object.entries(console).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'function' && name !== 'Console' ? [[name, () => undefined] as const] : [],
  );
  define('console', Object.freeze(Object.fromEntries(silent)));
}

function deliver({
  data,
  ports,
}: {
  readonly data: unknown;
  readonly ports: globalThis.MessagePort[];
}): void {
  events.dispatchEvent(new MessageEvent('message', { data, ports }));
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}
