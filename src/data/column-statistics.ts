/** Names of what is computed of a column's values. */
export const figureNames = [
  'minimum',
  'lower quartile',
  'median',
  'upper quartile',
  'maximum',
  'mean',
  'standard deviation',
  'longest text',
] as const;

export type FigureName = (typeof figureNames)[number];

/** A figure of a column, as it is shown. */
export interface Figure {
  readonly name: FigureName;
  readonly text: string;
}

/** How many values lie in each of some stretches of the same width. */
export interface Histogram {
  readonly counts: readonly number[];
  /** As they are shown: one more than there are counts. */
  readonly edges: readonly string[];
}

/** A value and how often it occurs. */
export interface ValueCount {
  readonly text: string;
  readonly count: number;
}

/** What the values of a column are like, over the rows of a table or of a query. */
export interface ColumnStatistics {
  readonly rowCount: number;
  readonly nullCount: number;
  readonly nanCount: number;
  readonly distinctCount: number;
  /** Where it is not, there are more distinct values than were counted. */
  readonly isDistinctExact: boolean;
  readonly figures: readonly Figure[];
  /** Of numbers, dates and times. */
  readonly histogram: Histogram | null;
  /** The values that occur most often, where they are no numbers; counted among those of `distinctCount`. */
  readonly top: readonly ValueCount[];
}
