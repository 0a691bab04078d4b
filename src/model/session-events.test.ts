import { describe, expect, it } from 'vitest';
import type { LogEntry, LogStream } from './job.ts';
import { listEvents, toJsonLines, writeEvent } from './session-events.ts';

function entry(stream: LogStream, text: string, time = 1): LogEntry {
  return { time, stream, text };
}

function picture(entries: readonly LogEntry[]): string[] {
  return listEvents(entries).map((event) => `${event.time} ${writeEvent(event)}`);
}

describe('the events of a job', () => {
  it('are all that it reported, in order, with the names and fields of OOCANA', () => {
    expect(
      picture([
        entry('stdout', 'one\ntwo\n', 1),
        entry('stderr', 'oh\n', 2),
        entry('event', '{"type": "BlockProgress", "rate": 50}', 3),
        entry('json', '{"a": [1, NaN, 12345678901234567890]}', 4),
        entry('message', '"hello"', 5),
        entry('warning', 'careful\nindeed\n', 6),
        entry('error', 'wrong\n', 7),
        entry('info', 'logged\n', 8),
        entry('debug', 'in detail\n', 9),
        entry('event', '{"type": "BlockPreview", "payload": {"type": "table", "id": null}}', 10),
        entry('event', '{"type": "BlockOutput", "handle": "n", "output": 3, "done": false}', 11),
        entry('event', '{"type": "BlockOutputs", "outputs": {"n": 4}}', 12),
        entry('event', '{"type": "BlockFinished"}', 13),
      ]),
    ).toEqual([
      '1 {"type": "BlockLog", "log": "one", "stdio": "stdout"}',
      '1 {"type": "BlockLog", "log": "two", "stdio": "stdout"}',
      '2 {"type": "BlockLog", "log": "oh", "stdio": "stderr"}',
      '3 {"type": "BlockProgress", "rate": 50}',
      '4 {"type": "BlockLogJSON", "json": {"a": [1, NaN, 12345678901234567890]}}',
      '5 {"type": "BlockMessage", "payload": "hello"}',
      '6 {"type": "BlockWarning", "warning": "careful\\nindeed"}',
      '7 {"type": "BlockError", "error": "wrong"}',
      '8 {"type": "BlockLog", "log": "logged", "stdio": "stdout"}',
      '9 {"type": "BlockLog", "log": "in detail", "stdio": "stdout"}',
      '10 {"type": "BlockPreview", "payload": {"type": "table", "id": null}}',
      '11 {"type": "BlockOutput", "handle": "n", "output": 3, "done": false}',
      '12 {"type": "BlockOutputs", "outputs": {"n": 4}}',
      '13 {"type": "BlockFinished"}',
    ]);
  });

  it('have a line that was printed in parts once, where it began', () => {
    expect(picture([entry('stdout', 'a', 1), entry('stdout', 'b', 2), entry('stdout', 'c\n\nd', 3)])).toEqual(
      [
        '1 {"type": "BlockLog", "log": "abc", "stdio": "stdout"}',
        '3 {"type": "BlockLog", "log": "", "stdio": "stdout"}',
        '3 {"type": "BlockLog", "log": "d", "stdio": "stdout"}',
      ],
    );
  });

  it('have what comes between the parts of a line between them', () => {
    const finished = '{"type":"BlockFinished","error":"no"}';
    expect(
      picture([entry('stdout', 'a', 1), entry('event', finished, 2), entry('stdout', 'b\r\n', 3)]),
    ).toEqual([
      '1 {"type": "BlockLog", "log": "a", "stdio": "stdout"}',
      '2 {"type": "BlockFinished", "error":"no"}',
      '3 {"type": "BlockLog", "log": "b", "stdio": "stdout"}',
    ]);
  });

  it('show what cannot be read as text', () => {
    expect(
      picture([
        entry('event', '{"type": "BlockOutput", '),
        entry('event', '[1]'),
        entry('json', '{"a": '),
        entry('message', ''),
      ]),
    ).toEqual([
      '1 {"type": "unreadable", "text": "{\\"type\\": \\"BlockOutput\\", "}',
      '1 {"type": "unreadable", "text": "[1]"}',
      '1 {"type": "BlockLogJSON", "json": "{\\"a\\": "}',
      '1 {"type": "BlockMessage", "payload": ""}',
    ]);
  });

  it('are written as JSON Lines, each on one line with its time', () => {
    const events = listEvents([
      entry('event', '{"type": "BlockFinished"}', 1.5),
      entry('json', '{\n  "a": 1\n}', 2),
      entry('stdout', '"\n', 3),
    ]);
    expect(toJsonLines(events).join('')).toBe(
      '{"time": 1.5, "type": "BlockFinished"}\n' +
        '{"time": 2, "type": "BlockLogJSON", "json": {   "a": 1 }}\n' +
        '{"time": 3, "type": "BlockLog", "log": "\\"", "stdio": "stdout"}\n',
    );
  });

  it('are none for an empty log', () => {
    expect(listEvents([])).toEqual([]);
  });

  it('are found in a log so long that looking through it for each line would not end', () => {
    const entries = Array.from({ length: 60_000 }, (_, time) => entry('stdout', 'a line\n'.repeat(5), time));
    expect(listEvents(entries)).toHaveLength(300_000);
  });
});
