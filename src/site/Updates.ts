import type { ToServiceWorker } from '../protocol/service-worker.ts';

/** Where the reader hears of a newer build. */
export interface UpdateTeller {
  readonly tellUntilSettled: (
    key: string,
    text: string,
    action: { readonly label: string; readonly run: () => void },
  ) => void;
}

export interface UpdateTools {
  readonly teller: UpdateTeller;
  /** Writes what waits to be saved. */
  readonly saveNow: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

/** The host is asked for a newer build at most this often, in milliseconds. */
const checkPeriod = 60 * 60 * 1000;

/** Until a newer build has taken over it is asked to again after so many milliseconds. */
const askInterval = 2_000;

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

  /** Another build answers from now on: because of this page, which begins anew, or of another one. */
  handleTakeOver(buildId: string): void {
    if (this.#isAgreed) {
      this.#reload();
      return;
    }
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

  #agree(): void {
    const { waiting, active } = this.#registration ?? {};
    this.#tools.saveNow();
    if (!waiting) {
      // Another page was first.
      this.#reload();
      return;
    }
    this.#isAgreed = true;
    const ask = (): void => {
      send(waiting, { type: 'take-over' });
      if (active) send(active, { type: 'hand-over' });
    };
    ask();
    // A request that comes in the moment when the older one ends has the browser start it again.
    const timer = setInterval(() => {
      if (waiting.state === 'installed') ask();
      else clearInterval(timer);
    }, askInterval);
  }

  #reload(): void {
    this.#tools.saveNow();
    this.#tools.reload();
  }
}

function send(worker: ServiceWorker, message: ToServiceWorker): void {
  worker.postMessage(message);
}
