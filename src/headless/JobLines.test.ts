import { expect, it } from 'vitest';
import type { LogEntry } from '../model/job.ts';
import { JobLines, type JobLine } from './JobLines.ts';

function entry(stream: LogEntry['stream'], text: string): LogEntry {
  return { time: 1_000, stream, text };
}

it('cuts what comes in pieces into lines, and tells what is left at the end', () => {
  const told: JobLine[] = [];
  const lines = new JobLines((line) => told.push(line));
  lines.add([entry('stdout', 'one'), entry('stderr', 'oops\n'), entry('stdout', ' two\nthree')]);
  lines.add([entry('stdout', '\nrest')]);
  lines.finish([]);
  expect(told).toEqual([
    { stream: 'stderr', text: 'oops' },
    { stream: 'stdout', text: 'one two' },
    { stream: 'stdout', text: 'three' },
    { stream: 'stdout', text: 'rest' },
  ]);
});

it('tells reports of the log that did not come from Python, each as often as it is there', () => {
  const told: JobLine[] = [];
  const lines = new JobLines((line) => told.push(line));
  lines.add([entry('warning', 'mind\n')]);
  lines.finish([
    entry('stdout', 'x\n'),
    entry('warning', 'mind\n'),
    entry('warning', 'mind\n'),
    entry('info', 'b\n'),
  ]);
  expect(told).toEqual([
    { stream: 'warning', text: 'mind' },
    { stream: 'warning', text: 'mind' },
    { stream: 'info', text: 'b' },
  ]);
});
