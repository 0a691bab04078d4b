import type { TableEngine } from '../data/TableEngine.ts';
import type { ChartSource, TableSource } from '../data/TableSource.ts';
import type { ChartDataset, StoredJson } from '../model/chart/chart-input.ts';
import type { FetchWatch } from '../model/fetch-watch.ts';
import type { ImportedTable } from '../model/import-preview.ts';
import type { BlobHash, CellId } from '../model/ids.ts';
import { isDone, type DoneJob, type Job, type StoredImage } from '../model/job.ts';
import { getOutputKey, listTableFiles, type StoredDataset } from '../model/outputs.ts';
import type { StoredValue } from '../model/preview.ts';
import type { Storage } from '../storage/Storage.ts';
import type { CellPreviewReader } from './CellPreviewReader.ts';
import { JobReader } from './JobReader.ts';
import type { CellRun } from './CellRun.svelte.ts';

/** Of so many tables that were made of JSON, the files are kept. */
const mostMade = 8;

/** What the results of cells are read from. */
export interface ResultServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly getRun: (cellId: CellId) => CellRun;
  /** What is about to be stored, or was until lately; undefined for anything else. */
  readonly findHeld: (hash: BlobHash) => Promise<Blob | null> | undefined;
  /** Whether what runs scripts or reaches other hosts may be shown; reactive. */
  readonly isTrusted: () => boolean;
  /** Gets a file of another host, as far as the workspace allows it. Rejects with a sentence for the reader. */
  readonly fetchRemote: (url: string, watch?: FetchWatch) => Promise<Blob>;
  /** The table in JSON; `name` is told where there is none. Rejects with a sentence for the reader. */
  readonly importJson: (content: Blob, name: string) => Promise<ImportedTable>;
}

/** Reads what the jobs of an open notebook put out, showed and logged. */
export class CellResults {
  readonly #services: ResultServices;
  /** Tables that were made of JSON, by its hash; the one that was used last is the last. */
  readonly #made = new Map<BlobHash, Promise<ImportedTable>>();

  constructor(services: ResultServices) {
    this.#services = services;
  }

  /** The table of an output of the cell's newest results. Rejects with a sentence for the reader. */
  openTable(cellId: CellId, output: StoredDataset): Promise<TableSource> {
    return this.#services.getRun(cellId).getTable(getOutputKey(output), async () => {
      const what = `dataset “${output.handle}”`;
      const files = await Promise.all(listTableFiles(output).map(({ blob }) => this.readBlob(blob, what)));
      return await this.#services.tables.openTable(...files);
    });
  }

  /** The table in a list of records, or what else JSON writes one as. Rejects with a sentence for the reader. */
  async makeTable({ handle, blob, text }: StoredJson): Promise<ChartDataset> {
    const content = text === null ? await this.readBlob(blob, `value of “${handle}”`) : new Blob([text]);
    const making = this.#made.get(blob) ?? this.#services.importJson(content, handle);
    this.#made.delete(blob);
    this.#made.set(blob, making);
    const [oldest] = this.#made.keys();
    if (oldest !== undefined && this.#made.size > mostMade) this.#made.delete(oldest);
    // The next one tries anew.
    making.catch(() => this.#made.delete(blob));
    return (await making).table;
  }

  /** Opens a dataset for a chart, which closes it. Rejects with a sentence for the reader. */
  async openForChart(dataset: ChartDataset): Promise<ChartSource> {
    for (const making of this.#made.values()) {
      const made = await making.catch(() => null);
      if (made?.table.blob === dataset.blob) return await this.#services.tables.openTable(made.content);
    }
    const files = await Promise.all(
      listTableFiles(dataset).map(({ blob }) => this.readBlob(blob, 'dataset')),
    );
    return await this.#services.tables.openTable(...files);
  }

  /** The bytes of something that a job put out or showed. Rejects with a sentence for the reader. */
  async readValue(cellId: CellId, { blob }: StoredValue, what: string): Promise<Blob> {
    return this.#services.getRun(cellId).previews.find(blob) ?? (await this.readBlob(blob, what));
  }

  /** Gets a file of another host, as far as the workspace allows it. Rejects with a sentence for the reader. */
  fetchRemote(url: string, watch?: FetchWatch): Promise<Blob> {
    return this.#services.fetchRemote(url, watch);
  }

  createPreviewReader(cellId: CellId): CellPreviewReader {
    return this.#createReader((value) => this.readValue(cellId, value, 'preview'));
  }

  /** Reads what a Dataset holds. */
  createDatasetReader(): CellPreviewReader {
    return this.#createReader(({ blob }) =>
      this.readBlob(blob, 'data of this cell', 'Import its file again'),
    );
  }

  /** Reads what a job of any session left. */
  createJobReader(job: Job): JobReader {
    return new JobReader(job, this.#services);
  }

  #createReader(readValue: CellPreviewReader['readValue']): CellPreviewReader {
    const { tables, fetchRemote, isTrusted } = this.#services;
    return {
      get isTrusted() {
        return isTrusted();
      },
      readValue,
      fetchRemote,
      openTable: async (table) => tables.openTable(await readValue(table)),
    };
  }

  /** The bytes of an image of the cell's newest results. Rejects with a sentence for the reader. */
  readImage(image: StoredImage): Promise<Blob> {
    return this.readBlob(image.blob, `image “${image.name}”`);
  }

  /** The job of the cell that was done before this one; null where none is kept. */
  async findFormer({ notebookId, cellId, finishedAt }: Job): Promise<DoneJob | null> {
    const { values } = await this.#services.storage.loadJobs(notebookId);
    const former = values.filter((job) => job.cellId === cellId && job.finishedAt < finishedAt);
    return former.filter(isDone).sort((one, other) => other.finishedAt - one.finishedAt)[0] ?? null;
  }

  /** Fetches the log of the cell's last job, if none is shown yet. */
  async loadLog(cellId: CellId): Promise<void> {
    const run = this.#services.getRun(cellId);
    const job = run.lastJob;
    if (run.isBusy || run.log.shown.lines.length > 0 || !job) return;
    const entries = await this.#services.storage.loadLog(job.id);
    // An empty log is there already: who looks at it and is told of a change would ask for it again, for ever.
    if (entries.length > 0 && !run.isBusy && run.lastJob === job) run.log.replace(entries);
  }

  /** Rejects with a sentence for the reader where the value is gone. */
  async readBlob(hash: BlobHash, what: string, remedy = 'Run the cell to make it anew'): Promise<Blob> {
    const held = await this.#services.findHeld(hash);
    const content = held ?? (await this.#services.storage.readBlob(hash));
    if (!content) throw new Error(describeMissing(what, remedy));
    return content;
  }
}

function describeMissing(what: string, remedy: string): string {
  return `The ${what} is missing from this browser's storage. ${remedy}.`;
}
