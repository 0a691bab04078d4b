import type { TableEngine } from '../data/TableEngine.ts';
import { getDatasetOutputs } from '../model/dataset-cell.ts';
import type { Edit } from '../model/edits.ts';
import type { ChosenDataset } from '../model/handles.ts';
import type { BlobHash, CellId, NotebookId } from '../model/ids.ts';
import { isDone, listCurrentJobs, type DoneJob } from '../model/job.ts';
import { listChosenDatasets, type Cell, type Notebook } from '../model/notebook.ts';
import {
  listTableFiles,
  type OutputTarget,
  type StoredDataset,
  type StoredOutput,
} from '../model/outputs.ts';
import type { StoredValue } from '../model/preview.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, Storage, Written } from '../storage/Storage.ts';

/** What the datasets of an open notebook work with. */
export interface DatasetsServices {
  readonly storage: Pick<Storage, 'readBlob' | 'loadNotebooks' | 'loadJobs'>;
  readonly tables: Pick<TableEngine, 'importDataset' | 'exportDataset'>;
  readonly getNotebook: () => Notebook;
  readonly findDoneJob: (cellId: CellId) => DoneJob | null;
  /** Makes an edit that can be undone; returns the edit that takes it back. */
  readonly edit: (edit: Edit) => Edit | null;
  readonly takeBack: (inverse: Edit) => void;
  /** Saves the notebook as it stands, with values that it names. */
  readonly save: (blobs: readonly BlobToStore[]) => Promise<Written>;
}

/** A dataset that an input may be given. */
export interface OfferedDataset extends ChosenDataset, Pick<StoredDataset, 'earlier'> {
  readonly cellTitle: string;
  readonly handle: string;
  /** What tells it from others of its cell's title and its handle: for whom it was put out, or where its cell stands. */
  readonly note: string;
  /** When its cell put it out, or a file was brought into it, in milliseconds since 1970. */
  readonly madeAt: number;
}

/** The datasets that the cells of a notebook hold, or put out last. */
export interface DatasetSource {
  readonly notebookId: NotebookId;
  readonly notebookTitle: string;
  readonly isOpen: boolean;
  readonly datasets: readonly OfferedDataset[];
}

/** The datasets that inputs of an open notebook are given: kept as they were when they were chosen. */
export class NotebookDatasets {
  readonly #services: DatasetsServices;
  /** Those that the notebook names. */
  #named: ReadonlySet<BlobHash>;
  /** Contents that were chosen, or named until lately: an edit that is taken back brings them back. */
  readonly #contents = new Map<BlobHash, Promise<Blob | null>>();

  constructor(services: DatasetsServices) {
    this.#services = services;
    this.#named = listNamed(services.getNotebook());
  }

  /** What the cells of this notebook and of the others put out last; notebooks without any are left out. */
  async list(): Promise<DatasetSource[]> {
    const { storage, getNotebook, findDoneJob } = this.#services;
    const open = getNotebook();
    const own = createSource(open, true, (cellId) => findDoneJob(cellId));
    const found = await storage.loadNotebooks();
    const others = found.values
      .filter(({ id, deletedAt }) => id !== open.id && deletedAt === null)
      .sort((one, other) => other.changedAt - one.changedAt);
    const sources = await Promise.all(
      others.map(async (notebook) => {
        const done = listCurrentJobs((await storage.loadJobs(notebook.id)).values).filter(isDone);
        return createSource(notebook, false, (cellId) => done.find((job) => job.cellId === cellId) ?? null);
      }),
    );
    return [own, ...sources].filter(({ datasets }) => datasets.length > 0);
  }

  /** Gives an input a dataset. Returns why it was not, as a sentence; null when it was. */
  async choose(
    cellId: CellId,
    handle: string,
    dataset: ChosenDataset & Pick<OfferedDataset, 'earlier'>,
  ): Promise<string | null> {
    const { edit, save, takeBack } = this.#services;
    const { title, summary } = dataset;
    const read = await this.#readWhole(dataset).catch((error: unknown) => toMessage(error));
    if (typeof read === 'string') return `“${title}” cannot be read: ${read}. Try again.`;
    if (!read) return `“${title}” is not there any more. Run its cell again, and choose it anew.`;
    const { blob, byteSize, content } = read;
    const value = { kind: 'dataset', title, summary, blob, byteSize } as const;
    const inverse = edit({ type: 'set-input-value', cellId, handle, value });
    this.#contents.set(blob, Promise.resolve(content));
    // At once and with its content: a job that ends meanwhile may be the last that named it.
    const written = await save([{ hash: blob, content }]);
    if (written.isOk) return null;
    if (inverse) takeBack(inverse);
    return `“${title}” could not be kept (${written.problem.message}). Make room and choose it again.`;
  }

  /** A dataset as one file; null where it is gone. */
  async #readWhole(
    dataset: ChosenDataset & Pick<OfferedDataset, 'earlier'>,
  ): Promise<(StoredValue & { readonly content: Blob }) | null> {
    const { storage, tables } = this.#services;
    const found = await Promise.all(listTableFiles(dataset).map(({ blob }) => storage.readBlob(blob)));
    const [content, ...others] = found.flatMap((file) => file ?? []);
    if (!content || others.length < found.length - 1) return null;
    const { blob, byteSize } = dataset;
    if (others.length === 0) return { blob, byteSize, content };
    const whole = await tables.importDataset(await tables.exportDataset(content, ...others));
    whole.table.close();
    return { blob: whole.sha256, byteSize: whole.byteSize, content: whole.file };
  }

  /** To be told of every edit that was made: what an input has no more may go, and what it has again may be gone. */
  noteEdit(): void {
    const before = this.#named;
    this.#named = listNamed(this.#services.getNotebook());
    for (const blob of before) if (!this.#named.has(blob)) this.#hold(blob);
    const returned = [...this.#named].filter((blob) => !before.has(blob) && this.#contents.has(blob));
    if (returned.length > 0) void this.#saveAgain(returned);
  }

  #hold(blob: BlobHash): void {
    if (this.#contents.has(blob)) return;
    // One that cannot be read is missed when it is needed.
    this.#contents.set(
      blob,
      this.#services.storage.readBlob(blob).catch(() => null),
    );
  }

  async #saveAgain(hashes: readonly BlobHash[]): Promise<void> {
    const found = await Promise.all(
      hashes.map(async (hash) => ({ hash, content: (await this.#contents.get(hash)) ?? null })),
    );
    const blobs = found.flatMap(({ hash, content }) => (content ? [{ hash, content }] : []));
    if (blobs.length > 0) await this.#services.save(blobs);
  }
}

function listNamed(notebook: Notebook): ReadonlySet<BlobHash> {
  return new Set(listChosenDatasets(notebook).map(({ blob }) => blob));
}

function createSource(
  notebook: Notebook,
  isOpen: boolean,
  findDoneJob: (cellId: CellId) => DoneJob | null,
): DatasetSource {
  const { id: notebookId, title: notebookTitle, cells } = notebook;
  const datasets = cells.flatMap((cell, index) => {
    const { id, title: cellTitle } = cell;
    const { outputs, madeAt } = listMade(cell, findDoneJob);
    const isTitleShared = cells.some((other) => other.id !== id && other.title === cellTitle);
    const isHandleShared = (name: string): boolean =>
      outputs.filter(({ handle }) => handle === name).length > 1;
    return outputs.flatMap((output): OfferedDataset[] => {
      if (output.kind !== 'dataset') return [];
      const { handle, summary, blob, earlier, targets } = output;
      const note = [
        ...(isTitleShared ? [`cell ${index + 1}`] : []),
        ...(targets ? [`for ${targets.map(describeTarget).join(' and ')}`] : []),
        ...(!targets && isHandleShared(handle) ? ['for all others'] : []),
      ].join(', ');
      const name = `${cellTitle}: ${handle}${note === '' ? '' : ` (${note})`}`;
      const title = `${name}${isOpen ? '' : `, from ${notebookTitle}`}`;
      const byteSize = listTableFiles(output).reduce((sum, file) => sum + file.byteSize, 0);
      return [
        { title, summary, blob, byteSize, ...(earlier && { earlier }), cellTitle, handle, note, madeAt },
      ];
    });
  });
  return { notebookId, notebookTitle, isOpen, datasets };
}

/** What a cell hands on, and since when. */
function listMade(
  cell: Cell,
  findDoneJob: (cellId: CellId) => DoneJob | null,
): { readonly outputs: readonly StoredOutput[]; readonly madeAt: number } {
  if (cell.kind === 'dataset') {
    return { outputs: getDatasetOutputs(cell), madeAt: cell.content?.importedAt ?? 0 };
  }
  const job = findDoneJob(cell.id);
  return { outputs: job?.outcome.outputs ?? [], madeAt: job?.finishedAt ?? 0 };
}

function describeTarget({ title, inputHandle }: OutputTarget): string {
  return `${title}: ${inputHandle}`;
}
