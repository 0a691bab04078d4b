import { logger } from '../shared/logger.ts';

/** What tabs of the app that are open at once know of each other. */
export interface Tabs {
  /** Names this one. */
  readonly tabId: string;
  /** Calls back when this tab is the one that leads, which one of them does until it is closed. */
  readonly lead: (onLead: () => void) => void;
  /** Whether a tab is open that did something at that time, in milliseconds since 1970. */
  readonly isOpen: (tabId: string, at: number) => Promise<boolean>;
  /** Whether no other tab is open; false where nobody knows. */
  readonly isAlone: () => Promise<boolean>;
  /** Tells the others that something changed which is stored. */
  readonly announce: () => void;
  /** Calls back when another told so. */
  readonly onNews: (onNews: () => void) => void;
}

/** Where nobody knows which tabs are open, one that did something counts as open for so many milliseconds. */
const longestUnknown = 60 * 60 * 1_000;

/**
 * Knows of other tabs by locks that the browser takes from a tab when it is closed, however that comes about. Without them
 * each tab leads: what they do at once is settled in storage then.
 */
export class TabPresence implements Tabs {
  readonly tabId: string = crypto.randomUUID();
  readonly #scope: string;
  readonly #locks: LockManager | null;
  readonly #channel: BroadcastChannel | null;
  readonly #end = new AbortController();

  /** Tabs with the same `scope` know of each other. */
  constructor(scope: string, locks: LockManager | null = findLocks()) {
    this.#scope = scope;
    this.#locks = locks;
    this.#channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(scope) : null;
    this.#hold(this.#nameTab(this.tabId), () => undefined);
  }

  lead(onLead: () => void): void {
    if (this.#locks) this.#hold(`${this.#scope} lead`, onLead, onLead);
    else onLead();
  }

  async isOpen(tabId: string, at: number): Promise<boolean> {
    const held = await this.#listHeld();
    return held ? held.includes(this.#nameTab(tabId)) : Date.now() - at < longestUnknown;
  }

  async isAlone(): Promise<boolean> {
    const held = await this.#listHeld();
    const own = this.#nameTab(this.tabId);
    return held?.every((name) => name === own || !name?.startsWith(nameTabs(this.#scope))) === true;
  }

  announce(): void {
    this.#channel?.postMessage(null);
  }

  onNews(onNews: () => void): void {
    this.#channel?.addEventListener('message', onNews);
  }

  /** Lets everything go, as a tab that is closed does. */
  close(): void {
    this.#end.abort();
    this.#channel?.close();
  }

  #nameTab(tabId: string): string {
    return `${nameTabs(this.#scope)}${tabId}`;
  }

  /** The locks that tabs hold; null where nobody knows. */
  async #listHeld(): Promise<readonly (string | undefined)[] | null> {
    return await listHeld(this.#locks);
  }

  /** Holds a lock from when it can be had until the tab is closed; the browser may refuse it. */
  #hold(name: string, onHeld: () => void, onRefused: () => void = () => undefined): void {
    const { signal } = this.#end;
    const ended = new Promise<void>((settle) => {
      signal.addEventListener('abort', () => {
        settle();
      });
    });
    this.#locks
      ?.request(name, { signal }, () => {
        onHeld();
        return ended;
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        logger.warn('The browser refuses a lock: this tab knows of no others', error);
        onRefused();
      });
  }
}

/** Whether a tab of this scope is open; false where nobody knows. */
export async function isScopeOpen(scope: string, locks: LockManager | null = findLocks()): Promise<boolean> {
  const held = (await listHeld(locks)) ?? [];
  return held.some((name) => name?.startsWith(nameTabs(scope)) === true);
}

function nameTabs(scope: string): string {
  return `${scope} tab `;
}

async function listHeld(locks: LockManager | null): Promise<readonly (string | undefined)[] | null> {
  try {
    const { held = [] } = (await locks?.query()) ?? {};
    return locks && held.map(({ name }) => name);
  } catch {
    return null;
  }
}

/** Some browsers have them, and refuse them to pages that may store nothing. */
export function findLocks(): LockManager | null {
  return 'locks' in navigator ? navigator.locks : null;
}
