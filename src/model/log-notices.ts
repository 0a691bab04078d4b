import type { LogEntry, LogStream } from './job.ts';

/** How often a job warned, and how many errors it reported while it ran. */
export interface NoticeCounts {
  readonly warnings: number;
  readonly errors: number;
}

export const noNotices: NoticeCounts = { warnings: 0, errors: 0 };

/** The streams whose entries are counted: each is one warning or one error. */
export type NoticeStream = 'warning' | 'error';

export function isNotice(stream: LogStream): stream is NoticeStream {
  return stream === 'warning' || stream === 'error';
}

/** Counts on from `before`. */
export function countNotices(entries: readonly LogEntry[], before: NoticeCounts = noNotices): NoticeCounts {
  let { warnings, errors } = before;
  for (const { stream } of entries) {
    if (stream === 'warning') warnings += 1;
    else if (stream === 'error') errors += 1;
  }
  return { warnings, errors };
}
