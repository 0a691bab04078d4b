import type { ExportFormat, TableSource } from '../../data/TableSource.ts';
import { saveFile } from '../../ui/save-file.ts';
import { createFileName } from '../file-name.ts';
import type { Progress } from './TableAsking.svelte.ts';

const endings: Record<ExportFormat, string> = {
  csv: '.csv',
  tsv: '.tsv',
  'json-lines': '.jsonl',
  arrow: '.arrow',
  parquet: '.parquet',
};

/** Rows on their way into a file. */
export class RowsExport {
  /** Null while none is written. */
  progress = $state.raw<Progress | null>(null);
  #stop = new AbortController();

  /** Has the browser save rows with these columns. Returns why they were not; null where they were, or it was given up. */
  async save(
    rows: TableSource,
    format: ExportFormat,
    columns: readonly number[],
    name: string,
  ): Promise<string | null> {
    if (this.progress !== null) return null;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.progress = { done: 0, total: 1 };
    const onProgress = (done: number, total: number) => {
      this.progress = { done, total };
    };
    try {
      const request = { format, columns, rows: null, hasHeader: true };
      const file = await rows.exportFile(request, { signal, onProgress });
      // It may have come as it was given up.
      if (signal.aborted) return null;
      saveFile(file, createFileName(name, endings[format]));
      return null;
    } catch (error) {
      return signal.aborted ? null : error instanceof Error ? error.message : String(error);
    } finally {
      this.progress = null;
    }
  }

  cancel(): void {
    this.#stop.abort();
  }
}
