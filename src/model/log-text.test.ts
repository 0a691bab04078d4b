import { describe, expect, it } from 'vitest';
import type { LogEntry, LogStream } from './job.ts';
import { LogFolder, toPlainText, type LogLine } from './log-text.ts';

function entry(text: string, time = 1, stream: LogStream = 'stdout'): LogEntry {
  return { time, stream, text };
}

function toLogLines(entries: readonly LogEntry[]): readonly LogLine[] {
  const folder = new LogFolder();
  folder.add(entries);
  return folder.lines;
}

function picture(entries: readonly LogEntry[]): string[] {
  return toLogLines(entries).map((line) => `${line.time} ${line.stream} ${line.text}`);
}

describe('the lines of a log', () => {
  it('join pieces of one stream until a line break', () => {
    expect(picture([entry('one', 1), entry(' and', 2), entry(' two\nthree\n', 3)])).toEqual([
      '1 stdout one and two',
      '3 stdout three',
    ]);
  });

  it('keep empty lines and spaces', () => {
    expect(picture([entry('\n  a\n\n')])).toEqual(['1 stdout ', '1 stdout   a', '1 stdout ']);
  });

  it('break where the stream changes', () => {
    expect(picture([entry('out', 1), entry('err\n', 2, 'stderr'), entry('more', 3)])).toEqual([
      '1 stdout out',
      '2 stderr err',
      '3 stdout more',
    ]);
  });

  it('show what stands after the last carriage return, as a terminal does', () => {
    expect(picture([entry('10 %\r50 %\r100 %\ndone\r\n')])).toEqual(['1 stdout 100 %', '1 stdout done']);
  });

  it('leave out the codes of terminals', () => {
    expect(picture([entry('\u001b[31mred\u001b[0m\n')])).toEqual(['1 stdout red']);
  });

  it('show a giant line in pieces', () => {
    const lengths = toLogLines([entry('x'.repeat(4_500))]).map((line) => line.text.length);
    expect(lengths).toEqual([1_000, 1_000, 1_000, 1_000, 500]);
  });

  it('have each JSON on a line of its own, and nothing of the events that are for the record', () => {
    const entries = [
      entry('out'),
      entry('{"a": 1}', 2, 'json'),
      entry('{"type": "BlockFinished"}', 3, 'event'),
      entry('"hello"', 4, 'message'),
      entry('careful\n', 5, 'warning'),
    ];
    expect(picture(entries)).toEqual([
      '1 stdout out',
      '2 json {"a": 1}',
      '4 message "hello"',
      '5 warning careful',
    ]);
    expect(toPlainText(entries).join('')).toBe('out{"a": 1}\n"hello"\ncareful\n');
  });

  it('show the beginning of a long JSON on one line, and keep the whole', () => {
    const json = `{"words": [${'"word",\n '.repeat(40)}"end"]}`;
    const beginning = `{"words": [${'"word", '.repeat(40)}`.slice(0, 144);
    expect(toLogLines([entry('open'), entry(json, 2, 'json'), entry('x\n', 3)])).toEqual([
      { time: 1, stream: 'stdout', text: 'open', json: null },
      { time: 2, stream: 'json', text: `${beginning}…`, json },
      { time: 3, stream: 'stdout', text: 'x', json: null },
    ]);
  });

  it('say which of them warn or report an error, also while those are still being written', () => {
    const folder = new LogFolder();
    folder.add([entry('one\ntwo\n'), entry('care', 2, 'warning')]);
    expect(folder.noticeLines).toEqual([2]);
    folder.add([entry('ful\nindeed\n', 3, 'warning'), entry('three\n'), entry('wrong\n', 4, 'error')]);
    expect(folder.lines.map(({ text }) => text)).toEqual([
      'one',
      'two',
      'careful',
      'indeed',
      'three',
      'wrong',
    ]);
    expect(folder.noticeLines).toEqual([2, 3, 5]);
  });

  it('tell how many of the last can still change', () => {
    const folder = new LogFolder();
    const openCounts = ['one\n', 'two', ' and more', ' '.repeat(1_500), '\n', 'three'].map((text) => {
      folder.add([entry(text)]);
      return folder.openCount;
    });
    expect(openCounts).toEqual([0, 1, 1, 2, 0, 1]);
  });

  it('are none for an empty log', () => {
    expect(toLogLines([])).toEqual([]);
  });
});
