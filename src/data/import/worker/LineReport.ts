/** A row of a file that is not in the table. */
export interface RejectedRow {
  /** Its number in the file, the first is 1: fields that hold line ends do not count as several. */
  readonly line: number;
  readonly reason: string;
  /** As it stands, cut where it is very long. */
  readonly text: string;
}

/** A value of a file that is missing in the table, as it does not fit the type of its column. */
export interface EmptiedValue {
  /** The number of its row, as above. */
  readonly line: number;
  /** The name of its column. */
  readonly column: string;
  /** As it stands, cut where it is very long. */
  readonly value: string;
  readonly reason: string;
}

/** Characters of a row or a value that are told of. */
export const longestTold = 10_000;

/** Lines and characters of them that a report has. */
const mostLines = 10_000;
const mostCharacters = 10_000_000;
const mostExamples = 3;

/** Gathers what of a file is not taken: all is counted, and the first of it written down. */
export class LineReport<Entry extends { readonly line: number; readonly reason: string }> {
  readonly #head: string;
  /** What is written of an entry behind its number, in the order of the head. */
  readonly #listFields: (entry: Entry) => readonly string[];
  #count = 0;
  #characters = 0;
  readonly #lines: string[] = [];
  #first: readonly Entry[] = [];

  constructor(head: string, listFields: (entry: Entry) => readonly string[]) {
    this.#head = head;
    this.#listFields = listFields;
  }

  /** The first entries, for who wants examples. */
  get first(): readonly Entry[] {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds entries; `count` of them in all, where not all are given. `before` rows of the file came before. */
  add(entries: readonly Entry[], count: number, before: number): void {
    this.#count += count;
    if (this.#first.length < mostExamples) {
      const more = entries.slice(0, mostExamples).map((entry) => ({ ...entry, line: before + entry.line }));
      this.#first = [...this.#first, ...more].slice(0, mostExamples);
    }
    for (const entry of entries) {
      if (this.#lines.length >= mostLines || this.#characters > mostCharacters) return;
      const written = [String(before + entry.line), ...this.#listFields(entry)].map(quoteField).join(',');
      this.#characters += written.length;
      this.#lines.push(written);
    }
  }

  /** As CSV; null where there is nothing to tell. */
  toCsv(): Blob | null {
    if (this.#count === 0) return null;
    return new Blob([[this.#head, ...this.#lines].join('\r\n'), '\r\n'], { type: 'text/csv' });
  }
}

/** What was not taken of a file. */
export interface Reports {
  readonly rejected: LineReport<RejectedRow>;
  readonly emptied: LineReport<EmptiedValue>;
}

export function createReports(): Reports {
  return {
    rejected: new LineReport<RejectedRow>('row,reason,text', ({ reason, text }) => [reason, text]),
    emptied: new LineReport<EmptiedValue>('row,column,value,reason', ({ column, value, reason }) => [
      column,
      value,
      reason,
    ]),
  };
}

/** The reports as a loaded file tells of them. */
export function writeReports({ rejected, emptied }: Reports): {
  readonly rejected: Blob | null;
  readonly rejectedCount: number;
  readonly emptied: Blob | null;
  readonly emptiedCount: number;
} {
  return {
    rejected: rejected.toCsv(),
    rejectedCount: rejected.count,
    emptied: emptied.toCsv(),
    emptiedCount: emptied.count,
  };
}

function quoteField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
