import type { ChartDataset, ChartInput, StoredJson } from '../../model/chart/chart-input.ts';
import { toMessage } from '../../shared/to-message.ts';

/** The table in JSON that is put out to a chart, made when it is first drawn. */
export class JsonDataset {
  readonly #make: (output: StoredJson) => Promise<ChartDataset>;
  #key: string | null = null;
  #made = $state.raw<ChartInput | null>(null);

  /** `make` rejects with a sentence for the reader. */
  constructor(make: (output: StoredJson) => Promise<ChartDataset>) {
    this.#make = make;
  }

  /** What JSON comes to, and any other input as it is. While one is made, the one before stays. */
  resolve(input: ChartInput): ChartInput {
    return input.type === 'json' ? (this.#made ?? input) : input;
  }

  /** Makes the table of what the input holds now, unless that is done. */
  follow(input: ChartInput): void {
    if (input.type !== 'json') {
      this.#key = null;
      this.#made = null;
      return;
    }
    const { output, title } = input;
    const key = output.blob;
    if (this.#key === key) return;
    this.#key = key;
    const keep = (made: ChartInput): void => {
      if (this.#key === key) this.#made = made;
    };
    this.#make(output).then(
      (dataset) => {
        keep({ type: 'dataset', dataset });
      },
      (error: unknown) => {
        const told = toMessage(error);
        keep({ type: 'unfit', problem: `What “${title}” puts out cannot be drawn as a table. ${told}` });
      },
    );
  }
}
