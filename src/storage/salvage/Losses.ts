/** More are counted only: whoever reads them stops before. */
const mostSentences = 500;

/** A sentence for each thing that did not come along. */
export class Losses {
  readonly #sentences: string[] = [];
  #count = 0;

  add(...sentences: readonly string[]): void {
    for (const sentence of sentences) {
      this.#count += 1;
      if (this.#sentences.length < mostSentences) this.#sentences.push(sentence);
    }
  }

  list(): readonly string[] {
    const rest = this.#count - this.#sentences.length;
    return rest === 0 ? this.#sentences : [...this.#sentences, `… and ${rest.toLocaleString('en')} more.`];
  }
}
