/** The browser's service workers; null where there are none, or a frame may not have any. */
export function findServiceWorkers(): ServiceWorkerContainer | null {
  try {
    return 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  } catch {
    return null;
  }
}
