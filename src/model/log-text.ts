import type { LogEntry, LogStream } from './job.ts';

/** One line of a log. */
export interface LogLine {
  /** Milliseconds since 1970, of the entry in which the line began. */
  readonly time: number;
  readonly stream: LogStream;
  readonly text: string;
}

/** A line longer than this is shown in pieces, so that one giant line costs no more than many short ones. */
const longestLine = 1_000;

/**
 * Turns pieces of text into lines as they come: pieces of one stream join until a line break; another stream begins
 * a new line. The line that is still open is the last of `lines` and grows in place.
 */
export class LogFolder {
  readonly lines: LogLine[] = [];
  /** The text since the last line break, with what later parts of it overwrite; null when no line is open. */
  #open: LogLine | null = null;
  /** How many of `lines` the open line takes. */
  #openCount = 0;

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.stream === 'event') continue;
      this.#addEntry(isWholeLine(entry) ? { ...entry, text: `${entry.text}\n` } : entry);
    }
  }

  #addEntry({ time, stream, text }: LogEntry): void {
    if (this.#open && this.#open.stream !== stream) this.#close();
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1;
      if (isLast && piece === '') return;
      this.#show({ time: this.#open?.time ?? time, stream, text: (this.#open?.text ?? '') + piece });
      const isGiant = (this.#open?.text.length ?? 0) > 4 * longestLine;
      if (!isLast || isGiant) this.#close();
    }
  }

  #show(line: LogLine): void {
    this.lines.length -= this.#openCount;
    const shown = cutLine(line);
    this.lines.push(...shown);
    this.#open = line;
    this.#openCount = shown.length;
  }

  #close(): void {
    this.#open = null;
    this.#openCount = 0;
  }
}

/** A log as plain text: what was printed and warned of where it came, each JSON on a line of its own. */
export function toPlainText(entries: readonly LogEntry[]): string[] {
  return entries
    .filter(({ stream }) => stream !== 'event')
    .map((entry) => (isWholeLine(entry) ? `${entry.text}\n` : entry.text));
}

/** JSON comes without a line break. */
function isWholeLine({ stream }: LogEntry): boolean {
  return stream === 'json' || stream === 'message';
}

/** The lines of a whole log. */
export function toLogLines(entries: readonly LogEntry[]): readonly LogLine[] {
  const folder = new LogFolder();
  folder.add(entries);
  return folder.lines;
}

/** Colours and cursor moves that programs print for terminals. https://en.wikipedia.org/wiki/ANSI_escape_code */
const terminalCodes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** A line as it is shown: in pieces, where it is very long. */
function cutLine(line: LogLine): LogLine[] {
  // A carriage return starts the line anew, as a terminal does: progress bars print it.
  const shown = line.text.replace(/\r$/, '').split('\r').at(-1) ?? '';
  const text = shown.replace(terminalCodes, '');
  const pieces: LogLine[] = [];
  for (let start = 0; start === 0 || start < text.length; start += longestLine) {
    pieces.push({ ...line, text: text.slice(start, start + longestLine) });
  }
  return pieces;
}
