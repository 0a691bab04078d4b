import type { CellKind } from '../model/notebook.ts';

/** The kinds of cells in the order in which they are offered, those that Python runs first, with what each is for. */
export const offeredKinds: readonly { readonly kind: CellKind; readonly hint: string }[] = [
  { kind: 'data-generator', hint: 'A script that makes datasets, images and models' },
  { kind: 'statement', hint: 'Turns rows into rows of a data schema' },
  { kind: 'scriptlet', hint: 'A function with inputs and outputs' },
  { kind: 'dataset', hint: 'A table from a file, an address or sample data' },
  { kind: 'chart', hint: 'Draws a dataset' },
  { kind: 'note', hint: 'Text with formulas' },
];
