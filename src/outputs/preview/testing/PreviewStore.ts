import { startTableWorker } from '../../../data/start-table-worker.ts';
import { TableEngine } from '../../../data/TableEngine.ts';
import type { TableSource } from '../../../data/TableSource.ts';
import type { DatasetBuffers } from '../../../model/dataset.ts';
import { BlobHash } from '../../../model/ids.ts';
import type { StoredTable, StoredValue } from '../../../model/preview.ts';
import type { PreviewReader } from '../PreviewReader.ts';

/** Keeps what previews show, for tests. */
export class PreviewStore implements PreviewReader {
  /** What other hosts answer, by address; others are refused. */
  readonly remote = new Map<string, Blob>();
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  isTrusted = true;
  /** While true, everything that is read is lost. */
  isBroken = false;
  readonly engine = new TableEngine(startTableWorker);
  readonly #values = new Map<BlobHash, Blob>();

  keep(content: string | Blob | Uint8Array<ArrayBuffer>): StoredValue {
    const value = content instanceof Blob ? content : new Blob([content]);
    const blob = BlobHash.from(String(this.#values.size).padStart(64, '0'));
    this.#values.set(blob, value);
    return { blob, byteSize: value.size };
  }

  async keepTable(buffers: DatasetBuffers): Promise<StoredTable> {
    const { file, summary, table } = await this.engine.importDataset(buffers);
    table.close();
    return { ...this.keep(file), summary };
  }

  readValue({ blob }: StoredValue): Promise<Blob> {
    const value = this.#values.get(blob);
    return value === undefined || this.isBroken
      ? Promise.reject(new Error('The browser has lost this value.'))
      : Promise.resolve(value);
  }

  async openTable(table: StoredTable): Promise<TableSource> {
    return await this.engine.openTable(await this.readValue(table));
  }

  fetchRemote(url: string): Promise<Blob> {
    this.asked.push(url);
    const answer = this.remote.get(url);
    return answer === undefined
      ? Promise.reject(new Error(`The workspace does not allow ${new URL(url).host}.`))
      : Promise.resolve(answer);
  }
}
