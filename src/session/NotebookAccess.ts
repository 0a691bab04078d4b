import type { NotebookId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { logger } from '../shared/logger.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage } from '../storage/Storage.ts';
import { loadContents } from './load-contents.ts';
import type { NotebookClaim, NotebookClaims } from './NotebookClaims.svelte.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import type { NotebookShelf } from './NotebookShelf.svelte.ts';
import type { Notices } from './Notices.svelte.ts';

export interface AccessServices {
  readonly storage: Storage;
  readonly notices: Notices;
  readonly shelf: NotebookShelf;
  readonly findSession: (id: NotebookId) => NotebookSession | undefined;
  /** Leaves a notebook that another tab has put into the trash. */
  readonly leaveDeleted: (id: NotebookId) => Promise<void>;
}

/** Which of the open notebooks this tab may change; the others are shown as another tab stores them. */
export class NotebookAccess {
  readonly #claims: NotebookClaims;
  readonly #services: AccessServices;
  readonly #open = new Map<NotebookId, NotebookClaim>();
  /** Those that are being read; true where they changed again meanwhile. */
  readonly #reading = new Map<NotebookId, boolean>();

  constructor(claims: NotebookClaims, services: AccessServices) {
    this.#claims = claims;
    this.#services = services;
    claims.onChange((id) => void this.#takeChange(id));
  }

  /** Settles when it is known whether a notebook that is to be opened may be changed. */
  async open(id: NotebookId): Promise<void> {
    if (this.#open.has(id)) return;
    const claim = await this.#claims.claim(id, {
      store: async () => {
        this.#services.findSession(id)?.editor.saveNow();
        await this.#services.storage.pending();
      },
      onWon: () => this.#follow(id),
    });
    this.#open.set(id, claim);
    // The page that had it until now may have stored it only then.
    await this.#services.shelf.refresh(id).catch((error: unknown) => {
      logger.warn('What is stored of a notebook cannot be read: it is opened as it was known', error);
    });
  }

  /** To be told when a notebook was closed, and what was written in it is being stored. */
  close(id: NotebookId): void {
    this.#open.get(id)?.release();
    this.#open.delete(id);
  }

  /** Reactive. */
  isReadOnly(id: NotebookId): boolean {
    return this.#open.get(id)?.isWriting === false;
  }

  /** Whether another tab has the notebook open and may change it. */
  async isElsewhere(id: NotebookId): Promise<boolean> {
    return await this.#claims.isElsewhere(id);
  }

  /** Keeps other tabs from changing a notebook until that is released; null where one of them may change it already. */
  async reserve(id: NotebookId): Promise<(() => void) | null> {
    const open = this.#open.get(id);
    if (open) return open.isWriting ? () => undefined : null;
    const claim = await this.#claims.claim(id, {
      store: () => Promise.resolve(),
      onWon: () => Promise.resolve(false),
    });
    const release = (): void => {
      claim.release();
    };
    if (claim.isWriting) return release;
    release();
    return null;
  }

  async takeOver(id: NotebookId): Promise<void> {
    await this.#open.get(id)?.takeOver();
  }

  async #takeChange(id: NotebookId): Promise<void> {
    if (this.#reading.has(id)) {
      this.#reading.set(id, true);
      return;
    }
    do {
      this.#reading.set(id, false);
      await this.#follow(id);
    } while (this.#reading.get(id) === true);
    this.#reading.delete(id);
  }

  /**
   * Shows what is stored of a notebook, unless it is written here and has not come with a file since: an import that put another
   * one in its place began when it was open nowhere, and what is written here must not pass for what came. Where
   * something was read meanwhile that began later, it is read anew. Whether it could be read.
   */
  async #follow(id: NotebookId): Promise<boolean> {
    const { storage, notices, shelf, findSession, leaveDeleted } = this.#services;
    const reading = shelf.beginReading();
    try {
      const stored = await storage.loadNotebook(id);
      if (shelf.isOutdated(id, reading)) return await this.#follow(id);
      if (this.#isWritten(id, stored)) return true;
      if (!stored) {
        if (!findSession(id)) shelf.drop(id);
        return true;
      }
      const contents = findSession(id) && (await loadContents({ storage, notices }, id, stored.wheels));
      if (shelf.isOutdated(id, reading)) return await this.#follow(id);
      if (this.#isWritten(id, stored)) return true;
      const isLost = this.#open.get(id)?.isWriting === true;
      shelf.take(stored, reading);
      if (contents) findSession(id)?.follow(stored, contents);
      if (isLost) {
        notices.tell(
          `A file that was imported in another tab took the place of “${stored.title}”. What was written here since then is not kept.`,
        );
      }
      if (stored.deletedAt !== null && findSession(id)) await leaveDeleted(id);
      return true;
    } catch (error) {
      notices.tell(
        `What another tab has stored of “${shelf.find(id)?.title ?? 'a notebook'}” cannot be read (${toMessage(error)}). Reload the page.`,
      );
      return false;
    }
  }

  #isWritten(id: NotebookId, stored: Notebook | null): boolean {
    const open = this.#services.findSession(id)?.notebook;
    return this.#open.get(id)?.isWriting === true && (!stored || !open || open.importId === stored.importId);
  }
}
