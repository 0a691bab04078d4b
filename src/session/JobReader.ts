import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { BlobHash } from '../model/ids.ts';
import { listBlobs, type Job, type LogEntry, type StoredImage } from '../model/job.ts';
import { getOutputKey, listTableFiles, type StoredDataset } from '../model/outputs.ts';
import type { StoredValue } from '../model/preview.ts';
import type { Storage } from '../storage/Storage.ts';
import type { CellPreviewReader } from './CellPreviewReader.ts';

/** What the record of a job is read from. */
export interface RecordServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly fetchRemote: (url: string) => Promise<Blob>;
  /** Whether what runs scripts or reaches other hosts may be shown; reactive. */
  readonly isTrusted: () => boolean;
}

/** Reads what a job of any session left. All reject with a sentence for the reader. Whoever makes one closes it. */
export class JobReader {
  /** What the job's previews are read through. */
  readonly previews: CellPreviewReader;
  readonly #job: Job;
  readonly #services: RecordServices;
  readonly #tables = new Map<string, Promise<TableSource>>();
  #log: Promise<readonly LogEntry[]> | null = null;

  constructor(job: Job, services: RecordServices) {
    this.#job = job;
    this.#services = services;
    const { tables, fetchRemote, isTrusted } = services;
    const readValue = (value: StoredValue): Promise<Blob> => this.readValue(value, 'preview');
    this.previews = {
      get isTrusted() {
        return isTrusted();
      },
      readValue,
      openTable: async (table) => tables.openTable(await readValue(table)),
      fetchRemote,
    };
  }

  readonly readValue = async ({ blob }: StoredValue, what: string): Promise<Blob> => {
    const content = await this.#services.storage.readBlob(blob);
    if (!content) throw new Error(`The ${what} is not stored any more.`);
    return content;
  };

  readonly readImage = (image: StoredImage): Promise<Blob> => this.readValue(image, `image “${image.name}”`);

  /** The table of an output, which is closed with this. */
  readonly openTable = (output: StoredDataset): Promise<TableSource> => {
    const key = getOutputKey(output);
    const known = this.#tables.get(key);
    if (known) return known;
    const opening = Promise.all(
      listTableFiles(output).map((file) => this.readValue(file, `dataset “${output.handle}”`)),
    ).then((files) => this.#services.tables.openTable(...files));
    this.#tables.set(key, opening);
    // Asked for again, it is tried again.
    opening.catch(() => this.#tables.delete(key));
    return opening;
  };

  loadLog(): Promise<readonly LogEntry[]> {
    this.#log ??= this.#services.storage.loadLog(this.#job.id);
    return this.#log;
  }

  /** The values that the job's record names and that are gone. */
  findMissing(): Promise<ReadonlySet<BlobHash>> {
    return this.#services.storage.findMissing([...new Set(listBlobs(this.#job))]);
  }

  close(): void {
    for (const opening of this.#tables.values()) {
      opening.then(
        (table) => {
          table.close();
        },
        () => undefined,
      );
    }
    this.#tables.clear();
  }
}
