/** What is asked of a table: which of its rows, in which order. Columns are counted from 0. */
export interface TableQuery {
  /** A row has to meet all of them. */
  readonly filters: readonly ColumnFilter[];
  /** A row has to have it in one of its cells, as `findHits` says; empty for all rows. */
  readonly search: string;
  /** The first one counts most; rows that are alike in all stay in their order. */
  readonly sort: readonly SortKey[];
}

export interface SortKey {
  readonly column: number;
  readonly direction: SortDirection;
}

export const sortDirections = ['up', 'down'] as const;
export type SortDirection = (typeof sortDirections)[number];

export interface ColumnFilter {
  readonly column: number;
  readonly condition: Condition;
}

export const comparisons = ['=', '≠', '<', '≤', '>', '≥'] as const;
export type Comparison = (typeof comparisons)[number];

export const textMatches = ['contains', 'is', 'starts', 'ends', 'pattern'] as const;
export type TextMatch = (typeof textMatches)[number];

/** What a value has to be like. A null meets none but `is-null` and `one-of`. */
export type Condition =
  | { readonly type: 'is-null' | 'is-not-null' }
  /**
   * Numbers, and dates as `2026-11-21` or `2026-11-21 10:03:00`, in the time zone of the column. A date stands for the whole
   * day, where datetimes are compared to it. NaN is unlike every number.
   */
  | { readonly type: 'compare'; readonly operator: Comparison; readonly value: string }
  /** Both ends belong to it. */
  | { readonly type: 'between'; readonly low: string; readonly high: string }
  /** By the text that is shown; a pattern is a regular expression of JavaScript. */
  | {
      readonly type: 'text';
      readonly match: TextMatch;
      readonly text: string;
      readonly isCaseSensitive: boolean;
    }
  /** By the texts that are shown, as far as `toldApartLimit`; null for no value. */
  | { readonly type: 'one-of'; readonly texts: readonly (string | null)[] };

/** Values of a column are told apart by so many UTF-16 units of their texts, where they are counted and picked. */
export const toldApartLimit = 500;

export const wholeTable: TableQuery = { filters: [], search: '', sort: [] };

/** Whether a query asks for all rows as they stand. */
export function isWholeTable({ filters, search, sort }: TableQuery): boolean {
  return filters.length === 0 && search === '' && sort.length === 0;
}
