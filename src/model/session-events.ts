import { parseJson } from './python-numbers.ts';
import type { LogEntry } from './job.ts';
import { assertNever } from '../shared/assert-never.ts';

/** Something that a job reported, as OOCANA names it. */
export interface SessionEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Such as "BlockOutput". */
  readonly type: string;
  /** The JSON of its fields without the type, as Python writes JSON: NaN may stand in it. */
  readonly fields: string;
}

/** What a stored event begins with. */
const eventStart = /^\{"type": ?"(\w+)"(?:, ?|(?=\}$))/;

/**
 * All that a job reported, in order, made of its log. A line that was printed is an event where it began; what comes
 * between two parts of a line makes them two events.
 */
export function listEvents(entries: readonly LogEntry[]): SessionEvent[] {
  return joinLines(entries).map(toEvent);
}

/** The entries with what was printed as one a line. */
function joinLines(entries: readonly LogEntry[]): LogEntry[] {
  const joined: LogEntry[] = [];
  /** The part of a line that was printed last. */
  let open: LogEntry | null = null;
  for (const entry of entries) {
    if (open && open.stream !== entry.stream) {
      joined.push(open);
      open = null;
    }
    for (const piece of isPrinted(entry) ? entry.text.split(/(?<=\n)/) : [entry.text]) {
      const line: LogEntry = open ? { ...open, text: open.text + piece } : { ...entry, text: piece };
      const isOpen = isPrinted(entry) && !piece.endsWith('\n');
      open = isOpen ? line : null;
      if (!isOpen) joined.push(line);
    }
  }
  return open ? [...joined, open] : joined;
}

/** The JSON of an event. */
export function writeEvent({ type, fields }: SessionEvent): string {
  return `{"type": ${JSON.stringify(type)}${fields === '{}' ? '' : ', '}${fields.slice(1)}`;
}

/** Events as JSON Lines: a JSON a line, each with its time in milliseconds since 1970. https://jsonlines.org */
export function toJsonLines(events: readonly SessionEvent[]): string[] {
  return events.map((event) => `{"time": ${event.time}, ${writeEvent(event).slice(1)}\n`);
}

/** Whether the text may be a part of a line, or many lines. */
function isPrinted({ stream }: LogEntry): boolean {
  return (
    stream === 'stdout' ||
    stream === 'stderr' ||
    stream === 'info' ||
    stream === 'debug' ||
    stream === 'trace'
  );
}

function toEvent({ time, stream, text }: LogEntry): SessionEvent {
  switch (stream) {
    case 'stdout':
    case 'info':
    case 'debug':
    case 'trace':
      return createLog(time, text, 'stdout');
    case 'stderr':
      return createLog(time, text, 'stderr');
    case 'warning':
      return createEvent(time, 'BlockWarning', [['warning', JSON.stringify(withoutBreak(text))]]);
    case 'error':
      return createEvent(time, 'BlockError', [['error', JSON.stringify(withoutBreak(text))]]);
    case 'json':
      return createEvent(time, 'BlockLogJSON', [['json', writeValue(text)]]);
    case 'message':
      return createEvent(time, 'BlockMessage', [['payload', writeValue(text)]]);
    case 'event':
      return readEvent(time, text);
    default:
      return assertNever(stream);
  }
}

function createLog(time: number, text: string, stdio: 'stdout' | 'stderr'): SessionEvent {
  return createEvent(time, 'BlockLog', [
    ['log', JSON.stringify(withoutBreak(text))],
    ['stdio', JSON.stringify(stdio)],
  ]);
}

/** An event that was stored whole; one that cannot be read says so, with its text. */
function readEvent(time: number, text: string): SessionEvent {
  const [start, type] = eventStart.exec(text) ?? [];
  if (start === undefined || type === undefined || !parseJson(text)) {
    return createEvent(time, 'unreadable', [['text', JSON.stringify(text)]]);
  }
  return { time, type, fields: `{${onOneLine(text.slice(start.length))}` };
}

/** JSON as it was written; what is none as a string. */
function writeValue(text: string): string {
  return parseJson(text) ? onOneLine(text) : JSON.stringify(text);
}

function createEvent(
  time: number,
  type: string,
  fields: readonly (readonly [string, string])[],
): SessionEvent {
  return { time, type, fields: `{${fields.map(([name, json]) => `"${name}": ${json}`).join(', ')}}` };
}

/** Line breaks stand between the values of a JSON, and never in one. */
function onOneLine(json: string): string {
  return json.replace(/[\r\n]+/g, ' ');
}

function withoutBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}
