import type { ToServiceWorker } from '../protocol/service-worker.ts';

/** Where the reader hears of a newer build. */
export interface UpdateTeller {
  readonly tellUntilSettled: (
    key: string,
    text: string,
    action: { readonly label: string; readonly run: () => void } | null,
  ) => void;
}

export interface UpdateTools {
  readonly teller: UpdateTeller;
  /** Writes what waits to be saved. */
  readonly saveNow: () => void;
  /** Ends all workers that run Python, for good. */
  readonly endKernels: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

/** The host is asked for a newer build at most this often, in milliseconds. */
const checkPeriod = 60 * 60 * 1000;

/**
 * Whom the older service worker lets go of asks something else at once. After so many milliseconds that is over, and it is
 * idle.
 */
const lettingGoTime = 500;

/** A newer build that has not taken over by then, in milliseconds, does so with one of the next visits. */
const longestTakeOver = 45_000;

const noticeKey = 'update';

/** Tells of a newer build, and lets it take over when the reader agrees. */
export class Updates {
  readonly #buildId: string;
  readonly #tools: UpdateTools;
  #registration: ServiceWorkerRegistration | null = null;
  #checkedAt = -Infinity;
  #isAgreed = false;

  /** @param buildId the page's own build */
  constructor(buildId: string, tools: UpdateTools) {
    this.#buildId = buildId;
    this.#tools = tools;
  }

  /** Follows a registration, and asks the host at once. */
  watch(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    if (registration.waiting && registration.active) this.#tellOfUpdate();
    registration.addEventListener('updatefound', () => {
      const newer = registration.installing;
      newer?.addEventListener('statechange', () => {
        // The very first one has nobody to replace.
        if (newer.state === 'installed' && registration.active) this.#tellOfUpdate();
      });
    });
    this.check();
  }

  /** Asks the host for a newer build, unless that was done a short while ago. */
  check(): void {
    const now = this.#tools.now();
    if (!this.#registration || now - this.#checkedAt < checkPeriod) return;
    this.#checkedAt = now;
    // Without a network there is nothing new.
    this.#registration.update().catch(() => undefined);
  }

  /** Another build answers from now on: because of this page, which sees to it itself, or of another one. */
  handleTakeOver(buildId: string): void {
    if (this.#isAgreed) return;
    if (buildId === this.#buildId) return;
    this.#tools.teller.tellUntilSettled(
      noticeKey,
      'Cahier was updated in another tab. Reload this one to go on with the new version; what runs in it is stopped.',
      {
        label: 'Reload',
        run: () => {
          this.#reload();
        },
      },
    );
  }

  #tellOfUpdate(): void {
    this.#tools.teller.tellUntilSettled(
      noticeKey,
      'A newer version of Cahier is ready. To update reloads this page; what runs in it is stopped.',
      {
        label: 'Update',
        run: () => {
          this.#agree();
        },
      },
    );
  }

  /**
   * The newer service worker is asked once, when nobody asks the older one for anything. A request that comes just as that
   * is ended has Chromium start it again, which then ends it only after 30 s without any event, and is not moved to end
   * it earlier by asking again.
   */
  #agree(): void {
    const { waiting, active } = this.#registration ?? {};
    this.#tools.saveNow();
    if (!waiting) {
      // Another page was first.
      this.#reload();
      return;
    }
    this.#isAgreed = true;
    this.#tools.teller.tellUntilSettled(noticeKey, 'Cahier is being updated: this page begins anew.', null);
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated' || waiting.state === 'redundant') this.#reload();
    });
    this.#tools.endKernels();
    if (active) send(active, { type: 'hand-over' });
    setTimeout(() => {
      send(waiting, { type: 'take-over' });
    }, lettingGoTime);
    setTimeout(() => {
      this.#reload();
    }, longestTakeOver);
  }

  #reload(): void {
    this.#tools.saveNow();
    this.#tools.reload();
  }
}

function send(worker: ServiceWorker, message: ToServiceWorker): void {
  worker.postMessage(message);
}
