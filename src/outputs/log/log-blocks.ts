import type { LogStream } from '../../model/job.ts';
import type { LogLine } from '../../model/log-text.ts';
import { formatClock } from '../../ui/format.ts';

/** Lines of one stream that are drawn as one piece of text. */
export interface LogBlock {
  readonly stream: LogStream;
  readonly lineCount: number;
  /** The time of every line, and the stream where it is not the usual one. */
  readonly times: string;
  readonly text: string;
}

const longestBlock = 200;

const streamNotes: Record<LogStream, string> = { stdout: '', stderr: ' err', warning: ' warn' };

/** Gathers lines in blocks, so that a long log is few elements. */
export function toLogBlocks(lines: readonly LogLine[]): LogBlock[] {
  const blocks: LogBlock[] = [];
  for (let start = 0; start < lines.length;) {
    const stream = lines[start]?.stream ?? 'stdout';
    let end = start + 1;
    while (end < lines.length && end - start < longestBlock && lines[end]?.stream === stream) end += 1;
    const part = lines.slice(start, end);
    blocks.push({
      stream,
      lineCount: part.length,
      times: part.map((line) => formatClock(line.time) + streamNotes[stream]).join('\n'),
      text: part.map((line) => line.text).join('\n'),
    });
    start = end;
  }
  return blocks;
}
