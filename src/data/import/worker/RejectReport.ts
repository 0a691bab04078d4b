/** A row of a file that is not in the table. */
export interface RejectedRow {
  /** Its number in the file, the first is 1: fields that hold line ends do not count as several. */
  readonly line: number;
  readonly reason: string;
  /** As it stands, cut where it is very long. */
  readonly text: string;
}

/** Rows and characters of them that a report has. */
const mostRows = 10_000;
const mostCharacters = 10_000_000;
const mostExamples = 3;

/** Gathers the rows that are not taken: all are counted, and the first of them written down. */
export class RejectReport {
  #count = 0;
  #characters = 0;
  readonly #lines: string[] = [];
  #first: readonly RejectedRow[] = [];

  /** The first of them, for who wants examples. */
  get first(): readonly RejectedRow[] {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds rows; `count` of them in all, where not all are given. `before` rows of the file came before. */
  add(rows: readonly RejectedRow[], count: number, before: number): void {
    this.#count += count;
    if (this.#first.length < mostExamples) {
      const more = rows.slice(0, mostExamples).map((row) => ({ ...row, line: before + row.line }));
      this.#first = [...this.#first, ...more].slice(0, mostExamples);
    }
    for (const { line, reason, text } of rows) {
      if (this.#lines.length >= mostRows || this.#characters > mostCharacters) return;
      const written = [String(before + line), reason, text].map(quoteField).join(',');
      this.#characters += written.length;
      this.#lines.push(written);
    }
  }

  /** As CSV: the number of each row, why it was not taken, and the row. Null where all were. */
  toCsv(): Blob | null {
    if (this.#count === 0) return null;
    return new Blob([['row,reason,text', ...this.#lines].join('\r\n'), '\r\n'], { type: 'text/csv' });
  }
}

function quoteField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
