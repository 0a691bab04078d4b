import type { InputHandle } from './handles.ts';
import type { CellId } from './ids.ts';

/** A cell that draws a dataset by a Vega-Lite specification. It is never run: it draws what its input holds now. */
export interface ChartCell {
  readonly kind: 'chart';
  readonly id: CellId;
  readonly title: string;
  /** The specification as typed, JSON; the dataset is what it draws, unless it names data of its own. */
  readonly source: string;
  /** The one input, the dataset. */
  readonly inputs: readonly [InputHandle];
}

/** The input of a new Chart. */
export const chartInput: InputHandle = {
  name: 'data',
  description: 'The dataset that is drawn',
  schema: { contentMediaType: 'oomol/var' },
  isNullable: true,
  isAdditional: false,
  defaultValue: null,
  value: null,
};
