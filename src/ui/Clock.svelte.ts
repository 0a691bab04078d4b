import { createSubscriber } from 'svelte/reactivity';

/** How often a time that runs is shown anew, in milliseconds, where nothing else is asked for. */
const standardTick = 100;

/** The time, for what is drawn: what reads it is drawn anew as it passes. */
export class Clock {
  readonly #subscribe: () => void;

  /** @param tick how often the time is shown anew, in milliseconds */
  constructor(tick = standardTick) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, tick);
      return () => {
        clearInterval(timer);
      };
    });
  }

  /** Milliseconds since 1970. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
