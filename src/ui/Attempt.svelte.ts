import { toMessage } from '../shared/to-message.ts';

/** What a dialog does when it is asked to: one thing at a time, of which it says why it did not go well. */
export class Attempt {
  #isBusy = $state(false);
  #problem = $state<string | null>(null);

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** What went wrong last, as a sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Whether it went well; false while something else is done. `act` gives why it did not, as a sentence, or rejects. */
  async make(act: () => Promise<string | null>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    try {
      this.#problem = await act();
    } catch (error) {
      this.#problem = `That did not go well (${toMessage(error)}). Try again.`;
    }
    this.#isBusy = false;
    return this.#problem === null;
  }
}
