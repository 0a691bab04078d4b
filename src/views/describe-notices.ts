import type { NoticeCounts, NoticeStream } from '../model/log-notices.ts';
import { formatCount } from '../ui/format.ts';
import type { IconName } from '../ui/icons.ts';

/** How many warnings, or errors, there are. */
export interface NoticeMark {
  readonly look: NoticeStream;
  readonly icon: IconName;
  /** The number alone. */
  readonly text: string;
  /** Such as "2 warnings". */
  readonly label: string;
}

/** Errors before warnings; none of which there are none. */
export function listNoticeMarks({ warnings, errors }: NoticeCounts): NoticeMark[] {
  return [...createMark('error', errors), ...createMark('warning', warnings)];
}

function createMark(look: NoticeStream, count: number): NoticeMark[] {
  if (count === 0) return [];
  const text = formatCount(count);
  return [{ look, icon: look, text, label: `${text} ${look}${count === 1 ? '' : 's'}` }];
}
