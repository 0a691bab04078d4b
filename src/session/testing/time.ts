import type { TimeService } from '../TimeService.ts';
import { TabClaims, type NotebookClaims } from '../NotebookClaims.svelte.ts';
import type { Tabs } from '../TabPresence.ts';
import type { WorkspaceTab } from '../WorkspaceTab.ts';

/** Time for tests, which passes when the test says; clocks show UTC. */
export class TestTime implements TimeService {
  #now: number;
  #timers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly getOffset = (): number => 0;

  readonly wakeAfter = (milliseconds: number, wake: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, wake };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** How many milliseconds from now somebody is to be woken first; null where nobody is. */
  get nextWake(): number | null {
    return this.#timers.length === 0 ? null : Math.min(...this.#timers.map(({ at }) => at)) - this.#now;
  }

  /** Lets time pass, and wakes who is to be woken by then; not before, as a computer that sleeps. */
  async sleep(milliseconds: number): Promise<void> {
    this.#wake(milliseconds);
    await settle();
    // Who has only now said that it is to be woken at once.
    if (this.nextWake !== null && this.nextWake <= 0) await this.sleep(0);
  }

  #wake(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
  }

  /** Lets time pass as in a computer that is awake. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    while (this.nextWake !== null && this.#now + this.nextWake <= until) {
      this.#wake(this.nextWake);
      // Until somebody is to be woken again, if at all.
      for (let turn = 0; turn < 10 && this.nextWake === null; turn += 1) await nextTurn();
    }
    await this.sleep(until - this.#now);
  }

  /** Sets the clock, for which no time passes. */
  set(now: number): void {
    const by = now - this.#now;
    this.#timers = this.#timers.map(({ at, wake }) => ({ at: at + by, wake }));
    this.#now = now;
  }
}

/** Lets all that is under way without any time go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

/** What was hashed before is hashed then: that is done by other threads, which a busy machine lets wait. */
async function nextTurn(): Promise<void> {
  await crypto.subtle.digest('SHA-256', new Uint8Array(1));
  await new Promise((resolve) => setTimeout(resolve, 0));
}

interface TestTab {
  readonly id: string;
  onLead: () => void;
  readonly onNews: (() => void)[];
}

/** The tabs of a test, of which the one that was opened first leads until it is closed. */
export class TestTabs {
  readonly #open: TestTab[] = [];

  add(tabId: string): Tabs {
    const tab: TestTab = { id: tabId, onLead: () => undefined, onNews: [] };
    this.#open.push(tab);
    return {
      tabId,
      lead: (onLead) => {
        tab.onLead = onLead;
        if (this.#open[0] === tab) onLead();
      },
      isOpen: (id) => Promise.resolve(this.#open.some((other) => other.id === id)),
      isAlone: () => Promise.resolve(this.#open.every((other) => other.id === tabId)),
      announce: () => {
        for (const other of this.#open) if (other !== tab) for (const tell of other.onNews) tell();
      },
      onNews: (onNews) => {
        tab.onNews.push(onNews);
      },
    };
  }

  /** Closes the tab that leads. */
  closeFirst(): void {
    this.#open.shift();
    this.#open[0]?.onLead();
  }
}

/** A tab for tests that knows of no others; `reload` does nothing unless it is given. */
export function createTab(given: Partial<WorkspaceTab> = {}): WorkspaceTab {
  return {
    wanted: null,
    remember: () => undefined,
    leaveWord: () => undefined,
    takeWord: () => null,
    reload: () => undefined,
    announce: () => undefined,
    onNews: () => undefined,
    isOpen: () => Promise.resolve(false),
    ...given,
  };
}

/** What a workspace needs of time and tabs, for tests that are not about them. */
export const aloneAtOnce = {
  time: new TestTime(Date.now()),
  createTabs: (): Tabs => new TestTabs().add('tab'),
  storageManager: null,
  createClaims: (): NotebookClaims => new TabClaims(crypto.randomUUID(), null),
  tab: createTab(),
};
