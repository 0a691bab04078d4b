import { removeEverywhere } from './global-names.ts';

/** What user code has no business with: doors to what the page keeps, to other hosts, to other threads. */
const globalNames = [
  'indexedDB',
  'caches',
  'cookieStore',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'WebSocket',
  'EventSource',
  'importScripts',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  'Notification',
  'IdleDetector',
  'ReportingObserver',
  // A worker that ends itself would look alive for ever.
  'close',
];

/** Beginnings of the names of the classes behind those doors, which differ from browser to browser. */
const classFamilies =
  /^(IDB|FileSystem|Storage|Cache|Cookie|Lock|ServiceWorker|NavigationPreload|BackgroundFetch|Push|Sync|PeriodicSync|RTC|WebSocket|WebTransport|Permission|USB|HID|Serial|GPU|Pressure)/;

/**
 * The worker itself goes on reading what was kept of wheels, and a script that is clever with promises can get hold of
 * the objects it reads from: they can do this and no more, so that nobody writes through them.
 */
const readingNames = ['constructor', 'getFileHandle', 'getFile', 'match'];
const readFamilies = /^(FileSystem|Cache)/;

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
  const classNames = Object.getOwnPropertyNames(globalThis).filter((name) => classFamilies.test(name));
  for (const name of classNames) {
    emptyClass(Reflect.get(globalThis, name), readFamilies.test(name) ? readingNames : []);
  }
  for (const name of [...globalNames, ...classNames]) remove(globalThis, name);
  for (const name of navigatorNames) remove(navigator, name);
}

/** Leaves an object of the class that turns up all the same, such as in a message, with nothing else that it could do. */
function emptyClass(value: unknown, kept: readonly string[]): void {
  const prototype: unknown = typeof value === 'function' ? value.prototype : null;
  if (typeof prototype !== 'object' || prototype === null) return;
  for (const key of Reflect.ownKeys(prototype)) {
    if (!kept.some((name) => name === key)) Reflect.deleteProperty(prototype, key);
  }
}

function remove(start: object, name: string): void {
  if (!removeEverywhere(start, name)) {
    throw new Error(`The worker could not be hardened: "${name}" cannot be removed.`);
  }
}
