import type { ModelRename } from '../model/model-renames.ts';
import { parseModelRenames } from './parse-records.ts';
import type { OnModelsChange } from './Storage.ts';

/** Tells the tabs in which the same database is open what happens to models in one of them. */
export class ModelNews {
  readonly #channel: BroadcastChannel;

  constructor(databaseName: string) {
    this.#channel = new BroadcastChannel(`${databaseName} models`);
  }

  tell(renames: readonly ModelRename[]): void {
    this.#channel.postMessage(renames);
  }

  watch(onChange: OnModelsChange): () => void {
    const hear = ({ data }: MessageEvent<unknown>): void => {
      const parsed = parseModelRenames(data);
      // A tab with another version of the app may say it otherwise: that something changed is news all the same.
      onChange(parsed.isOk ? parsed.value : []);
    };
    this.#channel.addEventListener('message', hear);
    return () => {
      this.#channel.removeEventListener('message', hear);
    };
  }

  close(): void {
    this.#channel.close();
  }
}
