/** A line of a list of lines. */
export interface FoldableLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
  /** All of the JSON that `text` is a short form of; null where it is none. */
  readonly json: string | null;
}

/** A wish to see something in a list; whoever shows it notes so. */
export interface ListWish {
  isServed: boolean;
}

/** The line that a wish is about. */
export interface LineGoal {
  readonly line: number;
  readonly wish: ListWish;
}
