import { createImportOptions } from '../../model/import-options.ts';
import type { ImportedTable } from '../../model/import-preview.ts';
import { ImportEngine } from './ImportEngine.ts';
import { startImportWorker } from './start-import-worker.ts';

/**
 * The table in JSON, as a file of it is read, in a worker that ends with it. Rejects with an Error that says what is in
 * its place, or an `AbortError`.
 */
export async function importJson(content: Blob, name: string, signal: AbortSignal): Promise<ImportedTable> {
  const file = new File([content], name);
  const engine = new ImportEngine(startImportWorker);
  return await engine.load(file, createImportOptions('json'), { signal, onProgress: () => undefined });
}
