import type { ImportEngine } from '../data/import/ImportEngine.ts';
import { chartInput } from '../model/chart-cell.ts';
import { createCell } from '../model/create-cell.ts';
import { datasetOutput, type DatasetContent, type StoredReport } from '../model/dataset-cell.ts';
import type { Edit } from '../model/edits.ts';
import type { FetchWatch } from '../model/fetch-watch.ts';
import { nameOfAddress } from '../model/file-address.ts';
import type { CellId } from '../model/ids.ts';
import type { ImportOptions } from '../model/import-options.ts';
import type { ImportedTable, ImportReport } from '../model/import-preview.ts';
import { createFreeTitle, findCell, type Notebook } from '../model/notebook.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, Written } from '../storage/Storage.ts';
import { DatasetImport, type ImportTarget } from './DatasetImport.svelte.ts';

/** What imports into an open notebook work with. */
export interface DatasetImportsServices {
  readonly engine: ImportEngine;
  readonly getNotebook: () => Notebook;
  /** Makes an edit that can be undone; returns the edit that takes it back. */
  readonly edit: (edit: Edit) => Edit | null;
  readonly takeBack: (inverse: Edit) => void;
  /** Says what was done, and offers to take it back. */
  readonly offerUndo: (text: string, inverse: Edit) => void;
  /** Saves the notebook as it stands, with values that it names, all or nothing. */
  readonly save: (blobs: readonly BlobToStore[]) => Promise<Written>;
  /** Holds contents that an edit which is taken back may bring back. */
  readonly hold: (blobs: readonly BlobToStore[]) => void;
  /** Gets a file of another host, as far as the workspace allows it. */
  readonly fetchRemote: (url: string, watch: FetchWatch) => Promise<Blob>;
}

/** So many files at once become cells. */
export const mostFiles = 50;

/** The files that are on their way into an open notebook. */
export class DatasetImports {
  readonly #services: DatasetImportsServices;
  #list = $state.raw<readonly DatasetImport[]>([]);
  readonly #waiting: DatasetImport[] = [];
  #isBeginning = false;
  #isDisposed = false;

  constructor(services: DatasetImportsServices) {
    this.#services = services;
  }

  /** The one that a person is asked about now; null where there is none. */
  get asked(): DatasetImport | null {
    return this.#list.find(({ isAsked }) => isAsked) ?? null;
  }

  /** Those that nobody is asked about. */
  get others(): readonly DatasetImport[] {
    return this.#list.filter(({ isAsked }) => !isAsked);
  }

  /** Begins to import a file into a Dataset; what the cell has now stays until that is done. */
  importInto(cellId: CellId, file: File, url: string | null = null): void {
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind !== 'dataset') return;
    this.#add({ file, target: { type: 'cell', cellId }, url, isAsked: true }, cell.content?.options ?? null);
  }

  /**
   * Begins to import files into new Datasets at a position, one after the other; about a single one a person is asked. A Chart
   * that draws nothing yet draws it.
   */
  importNew(files: readonly File[], index: number, chartId: CellId | null = null): void {
    let next = index;
    // One that comes to nothing leaves no gap.
    const target: ImportTarget = { type: 'new', takeIndex: () => next++, chartId };
    for (const file of files.slice(0, mostFiles)) {
      this.#add({ file, target, url: null, isAsked: files.length === 1 }, null);
    }
  }

  /**
   * Fetches a file and begins to import it. Returns why it could not, as a sentence; null when it has begun, or was given
   * up.
   */
  async importUrl(cellId: CellId, address: string, watch: FetchWatch = {}): Promise<string | null> {
    const url = parseUrl(address);
    if (!url) return `“${address}” is no address of a file. Give one that begins with https://.`;
    try {
      const content = await this.#services.fetchRemote(url.href, watch);
      if (this.#isDisposed || watch.signal?.aborted === true) return null;
      this.importInto(cellId, new File([content], nameOfAddress(url)), url.href);
      return null;
    } catch (error) {
      if (watch.signal?.aborted === true) return null;
      return `The file could not be fetched: ${toMessage(error)}`;
    }
  }

  /** Begins to import another file in place of one that came to nothing. */
  replace(one: DatasetImport, file: File): void {
    const { target } = one;
    one.cancel();
    this.#add({ file, target, url: null, isAsked: true }, null);
  }

  /** Gives up all that is on its way. */
  dispose(): void {
    this.#isDisposed = true;
    for (const one of this.#list) one.cancel();
  }

  #add(
    given: Pick<DatasetImport, 'file' | 'target' | 'url' | 'isAsked'>,
    former: ImportOptions | null,
  ): void {
    const { engine } = this.#services;
    const content = given.target.type === 'cell' ? this.#findContent(given.target.cellId) : null;
    const one = new DatasetImport(
      { ...given, replacedName: content?.file.name ?? null },
      {
        engine,
        store: (each, options, imported) => this.#store(each, options, imported),
        onEnd: (ended) => {
          this.#list = this.#list.filter((each) => each !== ended);
        },
      },
    );
    one.isKept = content?.file.isKept ?? false;
    this.#list = [...this.#list, one];
    if (one.isAsked) void one.begin(former);
    else {
      this.#waiting.push(one);
      void this.#beginWaiting();
    }
  }

  /** Begins with those that wait, one after the other: several at once would only be in each other's way. */
  async #beginWaiting(): Promise<void> {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (this.#list.includes(next)) await next.begin(null);
    }
    this.#isBeginning = false;
  }

  #findContent(cellId: CellId): DatasetContent | null {
    const cell = findCell(this.#services.getNotebook(), cellId);
    return cell?.kind === 'dataset' ? cell.content : null;
  }

  async #store(
    one: DatasetImport,
    options: ImportOptions,
    { table, content: tableFile, fileHash, rejected, emptied, shortRowCount, notes }: ImportedTable,
  ): Promise<string | null> {
    const { file, url, isKept, target } = one;
    if (rejected && table.summary.rowCount === 0) {
      return `No row of “${file.name}” fits how it was read, so nothing was changed. Import it again, and read it otherwise.`;
    }
    const before = target.type === 'cell' ? this.#findContent(target.cellId) : null;
    const content: DatasetContent = {
      table,
      file: { name: file.name, byteSize: file.size, hash: fileHash, url, isKept },
      options,
      rejected: rejected && describeReport(rejected),
      emptied: emptied && describeReport(emptied),
      shortRowCount,
      notes,
      importedAt: Date.now(),
    };
    const blobs = [
      { hash: table.blob, content: tableFile },
      ...(isKept ? [{ hash: fileHash, content: file.slice() }] : []),
      ...[rejected, emptied].flatMap((told) =>
        told ? [{ hash: told.reportHash, content: told.report }] : [],
      ),
    ];
    const { edit, save, takeBack, hold, offerUndo } = this.#services;
    const inverse = edit(this.#createEdit(target, file.name, content));
    if (!inverse) {
      const isThere = target.type === 'new' || findCell(this.#services.getNotebook(), target.cellId);
      return isThere
        ? `“${file.name}” could not be put into the notebook, which can only be read here now. Try again once it can be changed.`
        : `“${file.name}” has no cell any more: it was deleted. Import it into another.`;
    }
    // The cell shows its table at once, before that is stored.
    hold(blobs);
    const written = await save(blobs);
    if (one.isCancelled) {
      takeBack(inverse);
      return null;
    }
    if (written.isOk) {
      if (before) offerUndo(`“${file.name}” took the place of “${before.file.name}”.`, inverse);
      return null;
    }
    takeBack(inverse);
    return `“${file.name}” could not be kept (${written.problem.message}). Make room and import it again.`;
  }

  #createEdit(target: ImportTarget, fileName: string, content: DatasetContent): Edit {
    if (target.type === 'cell') return { type: 'set-content', cellId: target.cellId, content };
    const { cells } = this.#services.getNotebook();
    const wanted = fileName.replace(/\.[^.]+$/, '') || fileName;
    const cell = createCell(
      'dataset',
      createFreeTitle(
        wanted,
        cells.map(({ title }) => title),
      ),
    );
    const filled = cell.kind === 'dataset' ? { ...cell, content } : cell;
    return {
      type: 'add-cell',
      cell: filled,
      index: Math.min(target.takeIndex(), cells.length),
      // A Chart that draws something else goes on with that.
      connections: target.chartId
        ? [
            {
              from: { cellId: cell.id, handle: datasetOutput.name },
              to: { cellId: target.chartId, handle: chartInput.name },
            },
          ]
        : [],
    };
  }
}

function parseUrl(address: string): URL | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

function describeReport({ count, report, reportHash }: ImportReport): StoredReport {
  return { count, report: { blob: reportHash, byteSize: report.size } };
}
