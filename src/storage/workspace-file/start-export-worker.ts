/** Starts a worker that measures or writes a workspace once. It reads the database and changes nothing in it. */
export function startExportWorker(): Worker {
  return new Worker(new URL('./export-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier export',
  });
}
