// Longer than most files: all that is done with workspaces as a whole, in one short method after the other.
import type { NotebookId, WorkspaceId } from '../model/ids.ts';
import { createFreeTitle } from '../model/notebook.ts';
import { isTrashOver } from '../model/trash-time.ts';
import {
  emptyContents,
  standardWorkspaceTitle,
  type WorkspaceChange,
  type WorkspaceContents,
  type WorkspaceEntry,
} from '../model/workspace.ts';
import { logger } from '../shared/logger.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage, StorageProblem } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';
import type { WorkspaceTab } from './WorkspaceTab.ts';

export interface WorkspacesServices {
  readonly storage: Pick<
    Storage,
    | 'openWorkspace'
    | 'listWorkspaces'
    | 'countContents'
    | 'addWorkspace'
    | 'changeWorkspace'
    | 'removeWorkspace'
    | 'loadSettings'
    | 'saveSetting'
    | 'pending'
    | 'databaseName'
  >;
  readonly notices: Notices;
  readonly tab: WorkspaceTab;
  /** The titles of the notebooks in which something runs, or is imported. */
  readonly listRunning: () => readonly string[];
  /** Stores all that was written; gives the titles of the notebooks that could not be stored. */
  readonly save: () => Promise<readonly string[]>;
}

/** What another workspace would have lost of this one when the page is loaded anew. */
export interface LeaveLosses {
  /** The titles of notebooks. */
  readonly running: readonly string[];
  readonly unsaved: readonly string[];
}

/** Asked before another workspace is opened, where something would be lost. */
export interface LeaveQuestion extends LeaveLosses {
  readonly go: () => void;
  readonly stay: () => void;
}

/** What notices are about: that the open one was deleted, and that the wanted one is. */
const deletedNotice = 'workspace deleted';
const fallbackNotice = 'workspace in the trash';
const importNotice = 'workspace imported';

/** The workspaces of this browser, one of which this tab shows until another is switched to, which loads the page anew. */
export class Workspaces {
  readonly #services: WorkspacesServices;
  readonly #id: WorkspaceId;
  #entries = $state.raw<readonly WorkspaceEntry[]>([]);
  #contents = $state.raw<ReadonlyMap<string, WorkspaceContents> | null>(null);
  #question = $state.raw<LeaveQuestion | null>(null);

  private constructor(services: WorkspacesServices, id: WorkspaceId) {
    this.#services = services;
    this.#id = id;
  }

  /** Opens the workspace of this tab, else the one that was switched to last, else the oldest; says where it had to be another. */
  static async open(services: WorkspacesServices): Promise<Workspaces> {
    const { storage, tab, notices } = services;
    const { wanted } = tab;
    const id = await storage.openWorkspace(wanted);
    const workspaces = new Workspaces(services, id);
    const problems = await workspaces.#load();
    const word = tab.takeWord();
    if (word !== null) notices.tellUntilSettled(importNotice, word, null);
    for (const problem of problems) notices.tell(problem);
    if (workspaces.canBeSeveral) {
      const { openWorkspace } = await storage.loadSettings();
      const asked = wanted ?? openWorkspace;
      if (asked !== null && asked !== id) workspaces.#tellFallback(asked);
      tab.remember(id);
      const isSettingGone = openWorkspace !== null && openWorkspace !== id && wanted !== id;
      if (isSettingGone) void storage.saveSetting('openWorkspace', id);
    }
    tab.onNews(() => void workspaces.#takeNews());
    return workspaces;
  }

  /** Whether others can be made and switched to: they are in the browser's storage alone. */
  get canBeSeveral(): boolean {
    return this.#services.storage.databaseName !== null;
  }

  /** The one that is open. */
  get id(): WorkspaceId {
    return this.#id;
  }

  /** The title of the one that is open. */
  get title(): string {
    return this.find(this.#id)?.title ?? standardWorkspaceTitle;
  }

  /** Those that can be switched to, by their titles. */
  get others(): readonly WorkspaceEntry[] {
    return this.#entries
      .filter(({ id, deletedAt }) => id !== this.#id && deletedAt === null)
      .sort((one, other) => one.title.localeCompare(other.title));
  }

  /** Those that were deleted and can be brought back, newest first. */
  get trash(): readonly WorkspaceEntry[] {
    return this.#entries
      .filter(({ deletedAt }) => deletedAt !== null)
      .sort((one, other) => (other.deletedAt ?? 0) - (one.deletedAt ?? 0));
  }

  /** What is asked before another one is opened; null while nothing is. */
  get question(): LeaveQuestion | null {
    return this.#question;
  }

  find(id: string): WorkspaceEntry | null {
    return this.#entries.find((entry) => entry.id === id) ?? null;
  }

  /** What a workspace holds; null until that was counted. */
  getContents(id: WorkspaceId): WorkspaceContents | null {
    return this.#contents && (this.#contents.get(id) ?? emptyContents);
  }

  /** A title that no other has. */
  createFreeTitle(wanted: string): string {
    const titles = this.#entries.filter(({ deletedAt }) => deletedAt === null).map(({ title }) => title);
    return createFreeTitle(wanted, titles);
  }

  /** Whether a tab shows another one, be it in the trash. */
  async isAnyOtherOpen(): Promise<boolean> {
    const others = this.#entries.filter(({ id }) => id !== this.#id);
    const open = await Promise.all(others.map(({ id }) => this.#services.tab.isOpen(id)));
    return open.includes(true);
  }

  /** Reads what workspaces there are and what each holds, which other tabs may have changed; never rejects. */
  async refresh(): Promise<void> {
    try {
      await this.#load();
      this.#contents = await this.#services.storage.countContents();
    } catch (error) {
      logger.warn('The workspaces cannot be read: those known last are shown', error);
    }
  }

  /** Gives why it could not, as a sentence; null where it did. */
  rename(id: WorkspaceId, title: string): Promise<string | null> {
    return this.#change(id, { title: title.trim() });
  }

  /** Makes an empty one and opens it; asks first where something would be lost. */
  add(title: string): Promise<void> {
    return this.#leave(async () => {
      const { storage, tab, notices } = this.#services;
      const added = await storage.addWorkspace(title.trim());
      if (added.isOk) {
        tab.announce();
        await this.#go(added.value.id, null);
      } else notices.tell(describeUnstored(title, added.problem));
    });
  }

  /** Opens another one, with this of its notebooks where one is given; asks first where something would be lost. */
  switchTo(id: WorkspaceId, notebookId: NotebookId | null = null): Promise<void> {
    return this.#leave(() => this.#go(id, notebookId));
  }

  /**
   * Opens one that was just imported, or that something was imported into, and tells there what came of that; whoever calls has seen
   * to it that nothing is lost.
   */
  async openImported(id: WorkspaceId, notebookId: NotebookId | null, told: string): Promise<void> {
    const { tab } = this.#services;
    tab.announce();
    tab.leaveWord(told);
    await this.#go(id, notebookId);
  }

  /** What would be lost if the page were loaded anew now, once all that was written is stored. */
  async findLosses(): Promise<LeaveLosses> {
    const unsaved = await this.#services.save();
    return { running: this.#services.listRunning(), unsaved };
  }

  /**
   * Puts one into the trash. Where it is the one that is open, another is opened, which tells of it. Gives why it could not, as
   * a sentence; null where it did.
   */
  async delete(id: WorkspaceId): Promise<string | null> {
    const { tab, save } = this.#services;
    if (id === this.#id) await save();
    const problem = await this.#change(id, { deletedAt: Date.now() });
    if (problem === null && id === this.#id) tab.reload();
    return problem;
  }

  /** Brings one back from the trash. Gives why it could not, as a sentence; null where it did. */
  async restore(id: WorkspaceId): Promise<string | null> {
    const problem = await this.#change(id, { deletedAt: null });
    if (problem === null) this.#services.notices.settle(id === this.#id ? deletedNotice : fallbackNotice);
    return problem;
  }

  /** Removes one that is in the trash for good. Gives why it could not, as a sentence; null where it did. */
  async removeForGood(id: WorkspaceId): Promise<string | null> {
    const { storage, tab } = this.#services;
    const entry = this.find(id);
    if (!entry || entry.deletedAt === null) return null;
    if (id === this.#id || (await tab.isOpen(id))) {
      return `“${entry.title}” is still open in ${id === this.#id ? 'this' : 'another'} tab. Close that tab, or reload it, first.`;
    }
    const removed = await storage.removeWorkspace(id);
    if (!removed.isOk) return describeUnstored(entry.title, removed.problem);
    this.#entries = this.#entries.filter((other) => other.id !== id);
    tab.announce();
    return null;
  }

  /** Removes for good what has been in the trash for long enough and is open nowhere. */
  async emptyTrash(now = Date.now()): Promise<void> {
    for (const { id, deletedAt } of this.trash) {
      if (isTrashOver(deletedAt, now)) await this.removeForGood(id);
    }
  }

  /** Has another one opened, now or when a person agrees to what is lost by that. */
  async #leave(open: () => Promise<void>): Promise<void> {
    const losses = await this.findLosses();
    if (losses.running.length + losses.unsaved.length === 0) {
      await open();
      return;
    }
    const go = (): void => {
      this.#question = null;
      void open();
    };
    const stay = (): void => {
      this.#question = null;
    };
    this.#question = { ...losses, go, stay };
  }

  async #go(id: WorkspaceId, notebookId: NotebookId | null): Promise<void> {
    const { storage, tab, save } = this.#services;
    await save();
    if (notebookId !== null) void storage.saveSetting('openNotebook', notebookId, id);
    void storage.saveSetting('openWorkspace', id);
    tab.remember(id);
    await storage.pending();
    tab.reload();
  }

  /** Gives a sentence for each that cannot be read. */
  async #load(): Promise<readonly string[]> {
    const { values, problems } = await this.#services.storage.listWorkspaces();
    this.#entries = values;
    return problems;
  }

  async #change(id: WorkspaceId, change: WorkspaceChange): Promise<string | null> {
    const { storage, tab } = this.#services;
    const changed = await storage.changeWorkspace(id, change);
    const title = this.find(id)?.title ?? standardWorkspaceTitle;
    if (!changed.isOk) return describeUnstored(title, changed.problem);
    if (changed.value === null)
      return `“${title}” is not there any more: another tab has deleted it for good.`;
    this.#put(changed.value);
    tab.announce();
    return null;
  }

  #put(entry: WorkspaceEntry): void {
    const others = this.#entries.filter(({ id }) => id !== entry.id);
    this.#entries = [...others, entry].sort((one, other) => one.createdAt - other.createdAt);
  }

  /** The one that was to be opened could not be. */
  #tellFallback(asked: string): void {
    const { notices } = this.#services;
    const entry = this.find(asked);
    if (entry && entry.deletedAt !== null) {
      const text = `The workspace “${entry.title}” is in the trash. “${this.title}” is open now.`;
      const run = (): void => void this.#restoreAndOpen(entry.id);
      notices.tellUntilSettled(fallbackNotice, text, { label: 'Restore', run });
      return;
    }
    notices.tell(
      `The workspace that was open here is not there any more, or cannot be read. “${this.title}” is open now.`,
    );
  }

  async #restoreAndOpen(id: WorkspaceId): Promise<void> {
    const problem = await this.restore(id);
    if (problem === null) await this.switchTo(id);
    else this.#services.notices.tell(problem);
  }

  async #takeNews(): Promise<void> {
    try {
      await this.#load();
      if (this.#contents) this.#contents = await this.#services.storage.countContents();
    } catch (error) {
      logger.warn(`What another tab did with workspaces cannot be read (${toMessage(error)})`);
      return;
    }
    this.#tellDeleted();
  }

  /** Says of the one that is open that it was deleted, or says so no more. */
  #tellDeleted(): void {
    const { notices } = this.#services;
    const own = this.find(this.#id);
    if (own && own.deletedAt === null) {
      notices.settle(deletedNotice);
      return;
    }
    if (!own) {
      const text =
        'This workspace was deleted for good in another tab. What is still shown here goes when the page is reloaded: export what you need.';
      notices.tellUntilSettled(deletedNotice, text, null);
      return;
    }
    notices.tellUntilSettled(
      deletedNotice,
      `“${own.title}” was moved to the trash in another tab. What you write here is still stored in it, until this page is reloaded; it can be restored for 30 days.`,
      {
        label: 'Restore',
        run: () => {
          void this.restore(own.id).then((problem) => {
            if (problem !== null) notices.tell(problem);
          });
        },
      },
    );
  }
}

function describeUnstored(title: string, { kind, message }: StorageProblem): string {
  const reason = kind === 'full' ? 'this browser has no room left' : message;
  return `That could not be stored of the workspace “${title}”: ${reason}. Nothing was changed. Try again.`;
}
