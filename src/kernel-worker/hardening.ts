/** What user code has no business with: doors to what the page keeps, to other hosts, to other threads. */
const globalNames = [
  'indexedDB',
  'caches',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'importScripts',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  'Notification',
  // A worker that ends itself would look alive for ever.
  'close',
];

const navigatorNames = [
  'locks',
  'storage',
  'serviceWorker',
  'storageBuckets',
  'permissions',
  'usb',
  'hid',
  'serial',
  'gpu',
];

/**
 * Takes those doors away, from the objects and from the prototypes they stand on. To be called once Python has
 * started and before the first user code runs.
 */
export function hardenGlobalScope(): void {
  for (const name of globalNames) removeEverywhere(globalThis, name);
  for (const name of navigatorNames) removeEverywhere(navigator, name);
}

function removeEverywhere(start: object, name: string): void {
  for (let holder: object | null = start; holder; holder = toObject(Object.getPrototypeOf(holder))) {
    if (Object.hasOwn(holder, name)) Reflect.deleteProperty(holder, name);
  }
  if (name in start) throw new Error(`The worker could not be hardened: "${name}" cannot be removed.`);
}

function toObject(value: unknown): object | null {
  return typeof value === 'object' ? value : null;
}
