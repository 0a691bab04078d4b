/** Tells the tabs in which the same database is open that what is known of imports changed in one of them. */
export class ImportNews {
  readonly #channel: BroadcastChannel;

  constructor(databaseName: string) {
    this.#channel = new BroadcastChannel(`${databaseName} imports`);
  }

  tell(): void {
    this.#channel.postMessage('changed');
  }

  /** Whatever is told, what is stored is what counts. */
  watch(onChange: () => void): () => void {
    this.#channel.addEventListener('message', onChange);
    return () => {
      this.#channel.removeEventListener('message', onChange);
    };
  }

  close(): void {
    this.#channel.close();
  }
}
