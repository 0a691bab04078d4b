import { nextTask } from '../shared/in-slices.ts';

/** Milliseconds of drawing after which the browser gets to handle what has come in. */
const sliceMs = 8;
/** An idle moment is waited for this long. */
const longestWaitMs = 100;

/** Draws the things of a long list as they come near what is in view, a few at a time. */
export class DrawQueue {
  readonly #waiting = new Map<Element, () => void>();
  readonly #near = new Set<Element>();
  readonly #observer: IntersectionObserver;
  #isDrawing = false;

  constructor() {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) this.#near.add(target);
          else this.#near.delete(target);
        }
        if (!this.#isDrawing) void this.#drawNear();
      },
      { rootMargin: '600px 0px' },
    );
  }

  /** Calls `draw` once, when the element has come near; returns what forgets it. */
  watch(element: Element, draw: () => void): () => void {
    this.#waiting.set(element, draw);
    this.#observer.observe(element);
    return () => {
      this.#forget(element);
    };
  }

  stop(): void {
    this.#observer.disconnect();
    this.#waiting.clear();
    this.#near.clear();
  }

  async #drawNear(): Promise<void> {
    this.#isDrawing = true;
    while (this.#near.size > 0) {
      await nextIdle();
      const end = performance.now() + sliceMs;
      do {
        const [element] = this.#near;
        if (!element) break;
        const draw = this.#waiting.get(element);
        this.#forget(element);
        draw?.();
        // Each in a task of its own: what it reads may be there at once, and be drawn in the same one.
        await nextTask();
      } while (performance.now() < end);
    }
    this.#isDrawing = false;
  }

  #forget(element: Element): void {
    this.#observer.unobserve(element);
    this.#waiting.delete(element);
    this.#near.delete(element);
  }
}

async function nextIdle(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Not every browser has it.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: longestWaitMs });
    else setTimeout(resolve);
  });
}
