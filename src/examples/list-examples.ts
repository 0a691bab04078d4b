import type { Example } from './Example.ts';

/** An example as it is offered; what it is made of is loaded when it is opened. */
export interface OfferedExample {
  /** NEVER CHANGED: notebooks that were made of it name it. */
  readonly id: string;
  readonly title: string;
  /** A sentence or two on what it teaches. */
  readonly description: string;
  /** Where its data comes from, and what may be done with it. */
  readonly origin: string;
  readonly load: () => Promise<Example>;
}

const ownData = 'Data made up for this example, in the public domain (CC0).';

/** In the order in which to read them. */
export const examples: readonly OfferedExample[] = [
  {
    id: 'file-to-chart',
    title: 'From a file to a chart',
    description:
      'A file of marks, a Statement that counts, and charts of both: with notes that say what happens, for a lesson.',
    origin: ownData,
    load: async () => (await import('./file-to-chart/example.ts')).example,
  },
  {
    id: 'row-by-row',
    title: 'Row by row against bulk',
    description:
      'The same Statement run once for each row and once for all, and what only a run over all rows can tell.',
    origin: ownData,
    load: async () => (await import('./row-by-row/example.ts')).example,
  },
  {
    id: 'incremental-load',
    title: 'Incremental load with a checkpoint',
    description:
      'A Statement takes a dataset in cycles: each takes the next rows only, as the checkpoint says how far it is.',
    origin: ownData,
    load: async () => (await import('./incremental-load/example.ts')).example,
  },
  {
    id: 'messy-csv',
    title: 'Cleaning a messy CSV',
    description:
      'Dates, numbers and names that people typed, brought to what a data schema asks for, and then counted.',
    origin: ownData,
    load: async () => (await import('./messy-csv/example.ts')).example,
  },
  {
    id: 'bar-chart',
    title: 'A bar chart with timestamps',
    description:
      'A Data Generator puts out a dataset and an image of it, and the next cell an interactive chart.',
    origin: ownData,
    load: async () => (await import('./bar-chart/example.ts')).example,
  },
  {
    id: 'model-versions',
    title: 'Train, save and reuse a model',
    description:
      'A model is trained and saved in versions; other cells load the newest one, or the first one for good.',
    origin: ownData,
    load: async () => (await import('./model-versions/example.ts')).example,
  },
  {
    id: 'user-name',
    title: 'Your name by token',
    description: 'A Data Generator proves to the server as whom it runs, and gets the name of that profile.',
    origin: ownData,
    load: async () => (await import('./user-name/example.ts')).example,
  },
  {
    id: 'typed-columns',
    title: 'Columns with types',
    description:
      'Texts become times, numbers and names by “Manual TI”, and a chart in the next cell draws them as what they are.',
    origin: ownData,
    load: async () => (await import('./typed-columns/example.ts')).example,
  },
];
