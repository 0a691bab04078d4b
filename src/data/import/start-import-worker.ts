/** Starts a worker that reads one file. It reaches for nothing but the file it is sent. */
export function startImportWorker(): Worker {
  return new Worker(new URL('./worker/import-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier import',
  });
}
