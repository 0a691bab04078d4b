/** Starts a worker that writes what stands in a database once, as it is. It changes nothing in it. */
export function startSalvageWorker(): Worker {
  return new Worker(new URL('./salvage-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier salvage',
  });
}
