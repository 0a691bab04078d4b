/** Starts the worker of the table engine. It reaches for nothing but the messages it is sent. */
export function startTableWorker(): Worker {
  return new Worker(new URL('./worker/table-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier tables',
  });
}
