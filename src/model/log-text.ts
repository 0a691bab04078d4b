import type { LogEntry, LogStream } from './job.ts';
import { isNotice } from './log-notices.ts';

/** One line of a log. */
export interface LogLine {
  /** Milliseconds since 1970, of the entry in which the line began. */
  readonly time: number;
  readonly stream: LogStream;
  readonly text: string;
  /** All of the JSON that `text` is the beginning of; null where the line is none. */
  readonly json: string | null;
}

/** What a log shows: both arrays grow in place. */
export interface LogLines {
  readonly lines: readonly LogLine[];
  /** How many of the last lines can still change; those before stay as they are. */
  readonly openCount: number;
  /** Which of the lines warn or report an error, in order. */
  readonly noticeLines: readonly number[];
}

/** A line longer than this is shown in pieces, so that one giant line costs no more than many short ones. */
const longestLine = 1_000;

/** As much of a JSON as its one line shows. */
export const longestFoldedJson = 160;

/**
 * Turns pieces of text into lines as they come: pieces of one stream join until a line break; another stream begins
 * a new line. The line that is still open is the last of `lines` and grows in place. A JSON is one line.
 */
export class LogFolder implements LogLines {
  readonly lines: LogLine[] = [];
  readonly noticeLines: number[] = [];
  /** The text since the last line break, with what later parts of it overwrite; null when no line is open. */
  #open: LogLine | null = null;
  #openCount = 0;

  /** How many of `lines` the open line takes. */
  get openCount(): number {
    return this.#openCount;
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.stream === 'event') continue;
      if (isWhole(entry)) this.#addJson(entry);
      else this.#addEntry(entry);
    }
  }

  #addJson({ time, stream, text }: LogEntry): void {
    this.#close();
    this.#push([{ time, stream, text: foldJson(text), json: text }]);
  }

  #addEntry({ time, stream, text }: LogEntry): void {
    if (this.#open && this.#open.stream !== stream) this.#close();
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1;
      if (isLast && piece === '') return;
      const joined = (this.#open?.text ?? '') + piece;
      this.#show({ time: this.#open?.time ?? time, stream, text: joined, json: null });
      const isGiant = joined.length > 4 * longestLine;
      if (!isLast || isGiant) this.#close();
    }
  }

  #show(line: LogLine): void {
    this.lines.length -= this.#openCount;
    while ((this.noticeLines.at(-1) ?? -1) >= this.lines.length) this.noticeLines.pop();
    const shown = cutLine(line);
    this.#push(shown);
    this.#open = line;
    this.#openCount = shown.length;
  }

  #push(shown: readonly LogLine[]): void {
    for (const line of shown) {
      if (isNotice(line.stream)) this.noticeLines.push(this.lines.length);
      this.lines.push(line);
    }
  }

  #close(): void {
    this.#open = null;
    this.#openCount = 0;
  }
}

/** The beginning of a JSON, on one line. */
export function foldJson(text: string): string {
  const beginning = text.slice(0, longestFoldedJson).replace(/\s*[\r\n]\s*/g, ' ');
  return text.length > longestFoldedJson ? `${beginning}…` : beginning;
}

/** A log as plain text: what was printed and warned of where it came, each JSON on a line of its own. */
export function toPlainText(entries: readonly LogEntry[]): string[] {
  return entries
    .filter(({ stream }) => stream !== 'event')
    .map((entry) => (isWhole(entry) ? `${entry.text}\n` : entry.text));
}

/** JSON comes without a line break. */
function isWhole({ stream }: LogEntry): boolean {
  return stream === 'json' || stream === 'message';
}

/** Colours and cursor moves that programs print for terminals. https://en.wikipedia.org/wiki/ANSI_escape_code */
const terminalCodes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** A line as it is shown: in pieces, where it is very long. */
function cutLine(line: LogLine): LogLine[] {
  // A carriage return starts the line anew, as a terminal does: progress bars print it.
  const shown = line.text.replace(/\r$/, '').split('\r').at(-1) ?? '';
  const text = shown.replace(terminalCodes, '');
  return cutText(text).map((piece) => ({ ...line, text: piece }));
}

/** A text in pieces that are no longer than a line; an empty one is one piece. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start === 0 || start < text.length; start += longestLine) {
    pieces.push(text.slice(start, start + longestLine));
  }
  return pieces;
}
