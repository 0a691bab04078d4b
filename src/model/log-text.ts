import type { LogEntry, LogStream } from './job.ts';

/** One line of a log. */
export interface LogLine {
  /** Milliseconds since 1970, of the entry in which the line began. */
  readonly time: number;
  readonly stream: LogStream;
  readonly text: string;
}

/** A line longer than this is shown in pieces, so that one giant line costs no more than many short ones. */
const longestLine = 2_000;

/** The lines of a log: pieces of one stream join until a line break; another stream begins a new line. */
export function toLogLines(entries: readonly LogEntry[]): LogLine[] {
  const lines: LogLine[] = [];
  let open: LogLine | null = null;
  for (const entry of entries) {
    if (open && open.stream !== entry.stream) {
      pushLine(lines, open);
      open = null;
    }
    const pieces: string[] = entry.text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      const text: string = (open?.text ?? '') + piece;
      const line: LogLine = { time: open?.time ?? entry.time, stream: entry.stream, text };
      const isLast = index === pieces.length - 1;
      if (isLast) open = text === '' ? null : line;
      else {
        pushLine(lines, line);
        open = null;
      }
    }
  }
  if (open) pushLine(lines, open);
  return lines;
}

/** Colours and cursor moves that programs print for terminals. https://en.wikipedia.org/wiki/ANSI_escape_code */
const terminalCodes = /\u001b\[[0-9;?]*[A-Za-z]/g;

function pushLine(lines: LogLine[], line: LogLine): void {
  // A carriage return starts the line anew, as a terminal does: progress bars print it.
  const shown = line.text.replace(/\r$/, '').split('\r').at(-1) ?? '';
  const text = shown.replace(terminalCodes, '');
  for (let start = 0; start === 0 || start < text.length; start += longestLine) {
    lines.push({ ...line, text: text.slice(start, start + longestLine) });
  }
}
