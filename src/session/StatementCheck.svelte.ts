import type { SourceProblem } from '../model/source-problem.ts';
import { logger } from '../shared/logger.ts';

/** Looks at a Statement so many milliseconds after it was last changed. */
const restTime = 400;

/** What is wrong with a Statement as it is written. */
export class StatementCheck {
  #problems = $state.raw<readonly SourceProblem[]>([]);
  readonly #ask: (source: string) => Promise<readonly SourceProblem[] | null>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #source: string | null = null;

  constructor(ask: (source: string) => Promise<readonly SourceProblem[] | null>) {
    this.#ask = ask;
  }

  /** Those of the source that was looked at last. */
  get problems(): readonly SourceProblem[] {
    return this.#problems;
  }

  /** Looks at a source once it has rested, if it is another than last time. */
  look(source: string): void {
    if (source === this.#source) return;
    this.dispose();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#check(source);
    }, restTime);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #check(source: string): Promise<void> {
    this.#source = source;
    try {
      const problems = await this.#ask(source);
      // Another one is looked at meanwhile.
      if (this.#source !== source) return;
      if (problems) this.#problems = problems;
      else this.#source = null;
    } catch (error) {
      logger.warn('A Statement could not be looked at', error);
    }
  }
}
