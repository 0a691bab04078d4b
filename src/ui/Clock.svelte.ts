import { createSubscriber } from 'svelte/reactivity';

/** How often a time that runs is shown anew, in milliseconds. */
const tick = 100;

/** The time, for what is drawn: what reads it is drawn anew as it passes. */
export class Clock {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, tick);
    return () => {
      clearInterval(timer);
    };
  });

  /** Milliseconds since 1970. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
