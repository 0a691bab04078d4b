import { WorkspaceId } from '../model/ids.ts';
import { logger } from '../shared/logger.ts';
import { isScopeOpen } from './TabPresence.ts';

/** What a tab of the browser knows of workspaces beside what is stored. */
export interface WorkspaceTab {
  /** The workspace that it shows whenever it is loaded; null where none was remembered. */
  readonly wanted: WorkspaceId | null;
  readonly remember: (id: WorkspaceId) => void;
  /** Keeps what a person is told once the page is loaded anew. */
  readonly leaveWord: (text: string) => void;
  /** Gives what was left before the page was loaded, once; null where nothing was. */
  readonly takeWord: () => string | null;
  /** Loads the page anew, with the workspace that is remembered. */
  readonly reload: () => void;
  /** Tells other tabs, whichever workspace they show, that something is different in the list of workspaces. */
  readonly announce: () => void;
  /** Calls back when another told so. */
  readonly onNews: (onNews: () => void) => void;
  /** Whether a tab shows this workspace, which is not the one that this tab shows. */
  readonly isOpen: (id: WorkspaceId) => Promise<boolean>;
}

/** What tabs that show the same workspace know each other by. */
export function nameScope(id: WorkspaceId): string {
  return `cahier ${id}`;
}

const rememberedName = 'cahier workspace';
const wordName = 'cahier word';

/** A tab of a browser, which remembers its workspace until it is closed, where the browser lets it. */
export class BrowserTab implements WorkspaceTab {
  readonly reload: () => void;
  #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('cahier workspaces') : null;

  constructor(reload: () => void) {
    this.reload = reload;
  }

  get wanted(): WorkspaceId | null {
    try {
      const remembered = sessionStorage.getItem(rememberedName);
      return remembered === null ? null : WorkspaceId.from(remembered);
    } catch {
      return null;
    }
  }

  remember(id: WorkspaceId): void {
    try {
      sessionStorage.setItem(rememberedName, id);
    } catch (error) {
      logger.warn(
        'This tab cannot remember its workspace: it opens the one that was switched to last',
        error,
      );
    }
  }

  leaveWord(text: string): void {
    try {
      sessionStorage.setItem(wordName, text);
    } catch (error) {
      logger.warn(`This tab cannot keep what was to be told: ${text}`, error);
    }
  }

  takeWord(): string | null {
    try {
      const word = sessionStorage.getItem(wordName);
      sessionStorage.removeItem(wordName);
      return word;
    } catch {
      return null;
    }
  }

  announce(): void {
    this.#channel?.postMessage(null);
  }

  onNews(onNews: () => void): void {
    this.#channel?.addEventListener('message', onNews);
  }

  isOpen(id: WorkspaceId): Promise<boolean> {
    return isScopeOpen(nameScope(id));
  }

  /** Hears of nothing any more. */
  close(): void {
    this.#channel?.close();
    this.#channel = null;
  }
}
