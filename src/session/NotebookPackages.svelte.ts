import type { TableEngine } from '../data/TableEngine.ts';
import type { Edit } from '../model/edits.ts';
import type { BlobHash } from '../model/ids.ts';
import type { InstalledPackage, JobPackages } from '../model/job-request.ts';
import type { Notebook, NotebookWheel } from '../model/notebook.ts';
import { parseRequirements } from '../model/requirements.ts';
import { makeBlob } from './make-blob.ts';
import type { BlobToStore, Storage, StorageProblem, Written } from '../storage/Storage.ts';

/** What the packages of an open notebook work with. */
export interface PackagesServices {
  readonly tables: Pick<TableEngine, 'storeBytes'>;
  readonly getNotebook: () => Notebook;
  /** Makes an edit that can be undone; returns the edit that takes it back. */
  readonly edit: (edit: Edit) => Edit | null;
  readonly takeBack: (inverse: Edit) => void;
  /** Saves the notebook as it stands, with the content of wheels. */
  readonly save: (blobs: readonly BlobToStore[]) => Promise<Written>;
  /** Offers to take a removal back. */
  readonly offerUndo: (text: string, inverse: Edit) => void;
}

/** What an open notebook brings along beside the packages that can be imported anyway. */
export class NotebookPackages {
  readonly #services: PackagesServices;
  /** The contents of wheels of this session, also of those that were removed: they can be brought back. */
  readonly #contents: Map<BlobHash, Blob>;
  /** What the Python that runs was given: texts of requirements and hashes of wheels. */
  #given = $state.raw<ReadonlySet<string>>(new Set());
  #installed = $state.raw<readonly InstalledPackage[]>([]);

  constructor(services: PackagesServices, contents: ReadonlyMap<BlobHash, Blob>) {
    this.#services = services;
    this.#contents = new Map(contents);
  }

  /** What the requirements brought into the Python that runs, with the packages that they need. */
  get installed(): readonly InstalledPackage[] {
    return this.#installed;
  }

  /** Takes in the contents of wheels that another tab has stored. */
  take(contents: ReadonlyMap<BlobHash, Blob>): void {
    for (const [blob, content] of contents) this.#contents.set(blob, content);
  }

  setRequirements(requirements: string): void {
    this.#services.edit({ type: 'set-requirements', requirements });
  }

  /** Adds a wheel from a file. Returns what is wrong with it, as a sentence that names it; null when it was added. */
  async addWheel(file: File): Promise<string | null> {
    const problem = await this.#addWheel(file);
    return problem === null ? null : `${file.name} was not added. ${problem}`;
  }

  /** Removes a wheel and offers to bring it back. */
  removeWheel({ blob, name, version }: NotebookWheel): void {
    const inverse = this.#services.edit({ type: 'remove-wheel', blob });
    if (inverse) this.#services.offerUndo(`The wheel ${name} ${version} was removed.`, inverse);
  }

  /** To be told of every edit that was made: a wheel that came back may be gone from the storage. */
  noteEdit(edit: Edit): void {
    if (edit.type !== 'add-wheel') return;
    const content = this.#contents.get(edit.wheel.blob);
    if (content) void this.#services.save([{ hash: edit.wheel.blob, content }]);
  }

  /** Python is another one now, and has none of the notebook's packages. */
  noteRestart(): void {
    this.#given = new Set();
    this.#installed = [];
  }

  noteInstalled(packages: readonly InstalledPackage[]): void {
    this.#installed = packages;
  }

  /** Whether the Python that runs was given what the notebook does not list any more, and so cannot forget. */
  get isOutdated(): boolean {
    const wanted = this.#listWanted();
    return [...this.#given].some((key) => !wanted.has(key));
  }

  /** Python was given what a job brings along. */
  noteGiven({ requirements, wheels }: JobPackages): void {
    this.#given = new Set([...this.#given, ...requirements, ...wheels.map(({ blob }) => blob)]);
  }

  /** What the next job brings along. */
  prepareJob(): JobPackages {
    const { requirements, wheels } = this.#services.getNotebook();
    return {
      requirements: parseRequirements(requirements).requirements.map(({ text }) => text),
      wheels: wheels.map((wheel) => ({ ...wheel, content: this.#contents.get(wheel.blob) ?? null })),
    };
  }

  async #addWheel(file: File): Promise<string | null> {
    const { largestWheel, readWheel } = await import('../model/wheels/read-wheel.ts');
    if (file.size > largestWheel) return 'It is larger than 100 MB, which Python could not hold.';
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = readWheel(file.name, bytes);
    if (!read.isOk) return read.problem;
    const { hash: blob, content } = await makeBlob(this.#services.tables, bytes);
    const { wheels } = this.#services.getNotebook();
    if (wheels.some((wheel) => wheel.blob === blob)) return 'The notebook has this very file already.';
    const wheel: NotebookWheel = { ...read.value, fileName: file.name, byteSize: file.size, blob };
    const inverse = this.#services.edit({ type: 'add-wheel', wheel, index: wheels.length });
    this.#contents.set(blob, content);
    const written = await this.#services.save([{ hash: blob, content }]);
    if (written.isOk) return null;
    if (inverse) this.#services.takeBack(inverse);
    return describeProblem(written.problem);
  }

  #listWanted(): Set<string> {
    const { requirements, wheels } = this.#services.getNotebook();
    return new Set([
      ...parseRequirements(requirements).requirements.map(({ text }) => text),
      ...wheels.map(({ blob }) => blob),
    ]);
  }
}

/** The contents of a notebook's wheels, as far as they are stored. */
export async function loadWheels(
  storage: Pick<Storage, 'readBlob'>,
  wheels: readonly NotebookWheel[],
): Promise<Map<BlobHash, Blob>> {
  const contents = new Map<BlobHash, Blob>();
  for (const { blob } of wheels) {
    const content = await storage.readBlob(blob);
    if (content) contents.set(blob, content);
  }
  return contents;
}

function describeProblem({ kind, message }: StorageProblem): string {
  return kind === 'full' ? 'This browser has no room left for it.' : `It could not be stored: ${message}.`;
}
