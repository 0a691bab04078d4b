import type { NotebookId, WorkspaceId } from '../model/ids.ts';
import { createFreeTitle, createNotebook, type Notebook } from '../model/notebook.ts';
import { isTrashOver } from '../model/trash-time.ts';
import type { Storage, Written } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface ShelfServices {
  readonly storage: Storage;
  readonly notices: Notices;
  /** Told when something else is stored of a notebook. */
  readonly onStored: (id: NotebookId) => void;
}

/** The notebooks of a workspace as they are stored, open or not, and those in the trash. */
export class NotebookShelf {
  readonly #services: ShelfServices;
  readonly #workspaceId: WorkspaceId;
  #notebooks = $state.raw<readonly Notebook[]>([]);
  readonly #saving = new Set<Promise<void>>();
  /** Those that could not be stored as they are. */
  readonly #unstored = new Set<NotebookId>();
  #readingCount = 0;
  /** Of those that were read after the page was opened the reading that they are known by. */
  readonly #knownBy = new Map<NotebookId, number>();

  constructor(services: ShelfServices, workspaceId: WorkspaceId, notebooks: readonly Notebook[]) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    this.#notebooks = notebooks;
  }

  /** The notebooks that are not in the trash, oldest first. */
  get notebooks(): readonly Notebook[] {
    return this.#notebooks
      .filter((notebook) => notebook.deletedAt === null)
      .sort((one, other) => one.createdAt - other.createdAt);
  }

  /** The notebooks that were deleted and can be brought back, newest first. */
  get trash(): readonly Notebook[] {
    return this.#notebooks
      .filter((notebook) => notebook.deletedAt !== null)
      .sort((one, other) => (other.deletedAt ?? 0) - (one.deletedAt ?? 0));
  }

  find(id: NotebookId): Notebook | undefined {
    return this.#notebooks.find((notebook) => notebook.id === id);
  }

  /** A new notebook with this content, and a title that no other has. */
  build(content: Partial<Notebook> & { readonly title: string }): Notebook {
    const title = this.createFreeTitle(content.title);
    return createNotebook(this.#workspaceId, { ...content, title }, Date.now());
  }

  createFreeTitle(wanted: string): string {
    return createFreeTitle(
      wanted,
      this.notebooks.map((notebook) => notebook.title),
    );
  }

  /** Adds one that is stored already, or is being stored. */
  add(notebook: Notebook): void {
    this.#notebooks = [...this.#notebooks, notebook];
  }

  /** A notebook as it is stored now, which another tab may have changed or added; null where there is none. */
  async refresh(id: NotebookId): Promise<Notebook | null> {
    const reading = this.beginReading();
    const stored = await this.#services.storage.loadNotebook(id);
    const known = this.find(id);
    if (!stored || this.isOutdated(id, reading)) return known ?? null;
    // What could not be stored is there while this tab is; not in the place of what has come with a file, which may be older.
    if (known && known.importId === stored.importId && known.changedAt >= stored.changedAt) return known;
    this.take(stored, reading);
    return stored;
  }

  /** Numbers a reading of what is stored, which begins now. */
  beginReading(): number {
    this.#readingCount += 1;
    return this.#readingCount;
  }

  /** Whether a notebook is known by a reading that began later: what this one has found may be older. */
  isOutdated(id: NotebookId, reading: number): boolean {
    return (this.#knownBy.get(id) ?? 0) > reading;
  }

  /** A notebook as another tab has stored it, by a reading that is not outdated. */
  take(stored: Notebook, reading: number): void {
    this.#knownBy.set(stored.id, reading);
    if (this.find(stored.id)) this.replace(stored);
    else this.add(stored);
  }

  /** Another tab has removed it for good. */
  drop(id: NotebookId): void {
    this.#notebooks = this.#notebooks.filter((other) => other.id !== id);
  }

  /** Takes the place of the notebook with its id. */
  replace(changed: Notebook): void {
    this.#notebooks = this.#notebooks.map((notebook) => (notebook.id === changed.id ? changed : notebook));
  }

  /** Replaces and stores it. */
  change(notebook: Notebook): void {
    this.replace(notebook);
    this.save(notebook);
  }

  save(notebook: Notebook): void {
    const saving = this.#services.storage.saveNotebook(notebook).then((written) => {
      this.report(written, notebook);
      this.#saving.delete(saving);
    });
    this.#saving.add(saving);
  }

  /** Settles when all that was begun to be saved is; gives the titles of the notebooks that could not be. */
  async settle(): Promise<readonly string[]> {
    await Promise.all(this.#saving);
    return this.#notebooks.filter(({ id }) => this.#unstored.has(id)).map(({ title }) => title);
  }

  /** Tells that a notebook is stored, or that it could not be, and offers to try again. */
  report(written: Written, notebook: Notebook): void {
    if (written.isOk) {
      this.#unstored.delete(notebook.id);
      this.#services.onStored(notebook.id);
      return;
    }
    this.#unstored.add(notebook.id);
    const reason =
      written.problem.kind === 'full' ? 'this browser has no room left' : written.problem.message;
    this.#services.notices.tell(
      `“${notebook.title}” could not be saved: ${reason}. It is kept while this tab is open.`,
      {
        label: 'Try again',
        run: () => {
          this.save(this.find(notebook.id) ?? notebook);
        },
      },
    );
  }

  /** Removes a notebook from the trash for good, which frees its room. */
  async removeForGood(id: NotebookId): Promise<void> {
    const notebook = this.find(id);
    if (!notebook || notebook.deletedAt === null) return;
    const { storage, notices } = this.#services;
    const written = await storage.removeNotebook(id);
    if (written.isOk) {
      this.drop(id);
      this.#services.onStored(id);
    } else notices.tell(`“${notebook.title}” could not be removed: ${written.problem.message}.`);
  }

  /** Removes for good what has been in the trash for long enough. */
  emptyTrash(): void {
    const old = this.trash.filter(({ deletedAt }) => isTrashOver(deletedAt, Date.now()));
    for (const notebook of old) void this.removeForGood(notebook.id);
  }
}
