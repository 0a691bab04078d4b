/** A column of a dataset, or of what was made of one, as a chart reads it. All columns of a chart are of one length. */
export type ChartColumn =
  | {
      readonly kind: 'numbers';
      readonly name: string;
      /** Times are milliseconds since 1970. */
      readonly values: Float64Array<ArrayBuffer>;
      /** One byte a row, not 0 for null; null where no value is. */
      readonly nulls: Uint8Array<ArrayBuffer> | null;
    }
  | {
      readonly kind: 'words';
      readonly name: string;
      /** Each value once. */
      readonly words: readonly (string | boolean)[];
      /** For each row the index of its value; −1 for null. */
      readonly codes: Int32Array<ArrayBuffer>;
    };

/** The rows that a chart draws. */
export interface ChartTable {
  readonly rowCount: number;
  readonly columns: readonly ChartColumn[];
}

/** A value of a column. Times are milliseconds since 1970. */
export type ChartValue = string | number | boolean | null;

/** Parts of a time that rows are grouped by, as Vega-Lite names them. */
export const timeParts = [
  ...(['year', 'quarter', 'month', 'week', 'dayofyear', 'date', 'day'] as const),
  ...(['hours', 'minutes', 'seconds', 'milliseconds'] as const),
] as const;

export type TimePart = (typeof timeParts)[number];

/** What is made of the rows of a group, as Vega-Lite names it. */
export const measureOperations = [
  ...(['count', 'sum', 'mean', 'average', 'median', 'min', 'max'] as const),
  ...(['stdev', 'distinct', 'valid', 'missing'] as const),
] as const;

export type MeasureOperation = (typeof measureOperations)[number];

/** How bins are chosen; what is absent is chosen as Vega does. */
export interface BinChoice {
  readonly maxbins?: number;
  readonly step?: number;
  readonly minstep?: number;
  readonly base?: number;
  readonly nice?: boolean;
}

/** What rows are grouped by: the values of a column, their bins, or parts of their times. */
export type ChartGroup = { readonly column: number; readonly name: string } & (
  | { readonly by: 'value' }
  | { readonly by: 'bin'; readonly bin: BinChoice }
  | { readonly by: 'time'; readonly parts: readonly TimePart[]; readonly isUtc: boolean }
);

/** A column that is made of each group; `column` is null for the count of its rows. */
export interface ChartMeasure {
  readonly name: string;
  readonly operation: MeasureOperation;
  readonly column: number | null;
}

/** The values of a group in the order of a measure over the rows that have them. */
export interface ChartOrder {
  /** An index into the groups. */
  readonly group: number;
  readonly operation: MeasureOperation;
  readonly column: number | null;
  readonly isDescending: boolean;
}

/** How many rows become few. Columns are named by their index in the dataset. */
export type ChartReduction =
  /** A random one of each stretch of as many rows. */
  | { readonly type: 'sample' }
  /** Of each stretch of `x` the first and last row, and those where `y` is lowest and highest; for each of `by` alone. */
  | { readonly type: 'extremes'; readonly x: number; readonly y: number; readonly by: readonly number[] }
  /** For each group values with the same quartiles, whiskers and outliers; `whisker` in lengths of the box, null for all. */
  | {
      readonly type: 'boxes';
      readonly value: number;
      readonly by: readonly ChartGroup[];
      readonly whisker: number | null;
    }
  | {
      readonly type: 'aggregate';
      readonly groups: readonly ChartGroup[];
      readonly measures: readonly ChartMeasure[];
      readonly orders: readonly ChartOrder[];
    };

/** What a chart asks of a dataset. */
export interface ChartQuery {
  /** The columns that it reads, by their index in the dataset. */
  readonly columns: readonly number[];
  /** Of more rows, `reduction` makes fewer. */
  readonly mostRows: number;
  readonly reduction: ChartReduction;
}

/** What became of the rows of a dataset: all of them, a sample, their extremes, what boxes are drawn of, or their aggregate. */
export const drawnKinds = ['all', 'sample', 'extremes', 'boxes', 'aggregate'] as const;

/** The answer to a `ChartQuery`. An aggregate has the columns of its groups and measures, by their names. */
export interface ChartRows extends ChartTable {
  readonly drawn: (typeof drawnKinds)[number];
  /** Rows of the dataset. */
  readonly totalCount: number;
  /** Stretches that extremes were taken of. */
  readonly stretchCount: number;
  /** Rows beyond the whiskers of boxes, and how many of them are drawn. */
  readonly outliers: { readonly count: number; readonly drawnCount: number };
  /** For each group that was made of bins, the least and greatest value; else null. */
  readonly extents: readonly (readonly [number, number] | null)[];
  /** For each order, the values. */
  readonly orders: readonly (readonly ChartValue[])[];
}

/**
 * More rows than this are reduced before they are drawn: as marks of their own they would take a second and more, and cover
 * one another on any screen.
 */
export const mostDrawnRows = 50_000;
