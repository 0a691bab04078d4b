/** Starts a worker that reads one workspace file, and stores what is in it when that is asked for. */
export function startImportWorker(): Worker {
  return new Worker(new URL('./import-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier import',
  });
}
