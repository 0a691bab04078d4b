import { NotebookId } from '../model/ids.ts';
import { logger } from '../shared/logger.ts';
import { findLocks } from './TabPresence.ts';

/** What a tab does with a notebook that it has open. */
export interface ClaimEvents {
  /** Another tab takes the notebook over: settles when all that was written in it here is stored. */
  readonly store: () => Promise<void>;
  /** No other tab has the notebook any more: has what is stored of it opened here. It may be changed where that could be read. */
  readonly onWon: () => Promise<boolean>;
}

/** Whether one tab may change one notebook. */
export interface NotebookClaim {
  /** Reactive. False where another tab has the notebook open for writing. */
  readonly isWriting: boolean;
  /** Takes the notebook over from the tab that may change it, which stores first what was written in it. */
  readonly takeOver: () => Promise<void>;
  readonly release: () => void;
}

/** A notebook is changed in one tab at a time: the first that opened it, or the one that has taken it over. */
export interface NotebookClaims {
  /** Settles when it is known whether this tab may change the notebook; where it may not yet, it may when others close it. */
  readonly claim: (id: NotebookId, events: ClaimEvents) => Promise<NotebookClaim>;
  /** Whether another tab may change it. */
  readonly isElsewhere: (id: NotebookId) => Promise<boolean>;
  /** Tells other tabs that something else is stored of a notebook. */
  readonly tellChange: (id: NotebookId) => void;
  readonly onChange: (onChange: (id: NotebookId) => void) => void;
}

/** A tab that stands still answers nothing: after so many milliseconds its notebook is taken over all the same. */
const longestAnswer = 2_000;

/** A page that is left, for itself to be loaded anew among others, may have the lock for so many milliseconds longer. */
const longestLeaving = 400;

type Message =
  | { readonly type: 'changed'; readonly id: NotebookId }
  /** A tab that takes it over asks for what was written in it to be stored. */
  | { readonly type: 'store'; readonly id: NotebookId }
  | { readonly type: 'stored'; readonly id: NotebookId };

/** Claims by locks of the browser, which takes them from a tab that is closed. Without them each tab may change all. */
export class TabClaims implements NotebookClaims {
  readonly #scope: string;
  readonly #locks: LockManager | null;
  #channel: BroadcastChannel | null;
  readonly #own = new Set<TabClaim>();

  /** Tabs with the same `scope` know of each other. */
  constructor(scope: string, locks: LockManager | null = findLocks()) {
    this.#scope = scope;
    this.#locks = locks;
    this.#channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`${scope} notebooks`) : null;
    this.#listen(({ type, id }) => {
      if (type === 'store') for (const claim of this.#own) if (claim.id === id) void claim.giveUp();
    });
  }

  async claim(id: NotebookId, events: ClaimEvents): Promise<NotebookClaim> {
    const claim = new TabClaim(id, this.#name(id), this.#locks, {
      ...events,
      askToStore: () => this.#askToStore(id),
      tellStored: () => this.#post({ type: 'stored', id }),
      onRelease: () => this.#own.delete(claim),
    });
    this.#own.add(claim);
    await claim.begin();
    return claim;
  }

  async isElsewhere(id: NotebookId): Promise<boolean> {
    if ([...this.#own].some((claim) => claim.id === id && claim.isWriting)) return false;
    try {
      const { held = [] } = (await this.#locks?.query()) ?? {};
      return held.some(({ name }) => name === this.#name(id));
    } catch {
      return false;
    }
  }

  tellChange(id: NotebookId): void {
    this.#post({ type: 'changed', id });
  }

  onChange(onChange: (id: NotebookId) => void): void {
    this.#listen(({ type, id }) => {
      if (type === 'changed') onChange(id);
    });
  }

  /** Lets everything go, as a tab that is closed does. */
  close(): void {
    for (const claim of this.#own) claim.release();
    this.#channel?.close();
    this.#channel = null;
  }

  #name(id: NotebookId): string {
    return `${this.#scope} notebook ${id}`;
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  /** Settles when the tab that has a notebook has stored it, or does not answer. */
  #askToStore(id: NotebookId): Promise<void> {
    return new Promise((settle) => {
      const end = this.#listen((message) => {
        if (message.type === 'stored' && message.id === id) finish();
      });
      const timer = setTimeout(finish, longestAnswer);
      function finish(): void {
        clearTimeout(timer);
        end();
        settle();
      }
      this.#post({ type: 'store', id });
    });
  }

  #listen(onMessage: (message: Message) => void): () => void {
    const listener = ({ data }: MessageEvent<unknown>): void => {
      const message = readMessage(data);
      if (message) onMessage(message);
    };
    this.#channel?.addEventListener('message', listener);
    return () => {
      this.#channel?.removeEventListener('message', listener);
    };
  }
}

interface TabClaimEvents extends ClaimEvents {
  readonly askToStore: () => Promise<void>;
  readonly tellStored: () => void;
  readonly onRelease: () => void;
}

class TabClaim implements NotebookClaim {
  readonly id: NotebookId;
  readonly #name: string;
  readonly #locks: LockManager | null;
  readonly #events: TabClaimEvents;
  #isWriting = $state(false);
  /** Whether the lock is this tab's; before it may change the notebook, it opens what is stored of it. */
  #isHeld = false;
  #isReleased = false;
  #hasBegun = false;
  /** Lets the lock go that is held. */
  #letGo: () => void = () => undefined;
  /** Ends the wait for the lock. */
  #waiting = new AbortController();

  constructor(id: NotebookId, name: string, locks: LockManager | null, events: TabClaimEvents) {
    this.id = id;
    this.#name = name;
    this.#locks = locks;
    this.#events = events;
  }

  get isWriting(): boolean {
    return this.#isWriting;
  }

  async begin(): Promise<void> {
    if (await this.#request({ ifAvailable: true })) this.#isWriting = true;
    else await Promise.race([this.#waitFirst(), delay(longestLeaving)]);
    this.#hasBegun = true;
  }

  async takeOver(): Promise<void> {
    if (!this.#isHeld) {
      await this.#events.askToStore();
      if (this.#isReleased) return;
    }
    if (!this.#isHeld) {
      this.#waiting.abort();
      await this.#request({ steal: true });
    }
    await this.#win();
  }

  /** Stores what was written, so that the tab that asked can take the lock; one that does not is gone. */
  async giveUp(): Promise<void> {
    if (!this.#isWriting) return;
    const storing = this.#events.store();
    // From here on nothing is written that could come too late.
    this.#isWriting = false;
    await storing;
    this.#events.tellStored();
    await delay(longestAnswer);
    await this.#win();
  }

  release(): void {
    this.#isReleased = true;
    this.#isWriting = false;
    this.#isHeld = false;
    this.#waiting.abort();
    this.#letGo();
    this.#events.onRelease();
  }

  /** As `#wait`, while nothing is open yet that would have to be renewed. */
  async #waitFirst(): Promise<void> {
    this.#waiting = new AbortController();
    if (!(await this.#request({ signal: this.#waiting.signal }))) return;
    if (this.#hasBegun) await this.#win();
    else this.#isWriting = true;
  }

  /** Waits until no other tab has the notebook. */
  async #wait(): Promise<void> {
    if (this.#isReleased) return;
    this.#waiting = new AbortController();
    if (await this.#request({ signal: this.#waiting.signal })) await this.#win();
  }

  async #win(): Promise<void> {
    if (this.#isWriting || !this.#isHeld) return;
    const isOpen = await this.#events.onWon();
    if (this.#isHeld) this.#isWriting = isOpen;
  }

  /** Whether the lock was given; it is held until it is let go, or taken away. */
  #request(options: LockOptions): Promise<boolean> {
    if (!this.#locks) {
      this.#isHeld = true;
      return Promise.resolve(true);
    }
    const locks = this.#locks;
    return new Promise((settle) => {
      let isGiven = false;
      locks
        .request(this.#name, options, (lock) => {
          isGiven = lock !== null && !this.#isReleased;
          this.#isHeld = isGiven;
          settle(isGiven);
          if (!isGiven) return undefined;
          return new Promise<void>((letGo) => {
            this.#letGo = letGo;
          });
        })
        .catch((error: unknown) => {
          if (isGiven && this.#isHeld) this.#lose();
          else if (isGiven || this.#isReleased || options.signal?.aborted) settle(false);
          else {
            logger.warn('The browser refuses a lock: each tab may change every notebook', error);
            this.#isHeld = true;
            settle(true);
          }
        });
    });
  }

  /** Another tab has taken the lock. */
  #lose(): void {
    this.#isHeld = false;
    this.#isWriting = false;
    void this.#wait();
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function readMessage(data: unknown): Message | null {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('id' in data)) return null;
  const { type, id } = data;
  if (typeof id !== 'string') return null;
  return type === 'changed' || type === 'store' || type === 'stored'
    ? { type, id: NotebookId.from(id) }
    : null;
}
