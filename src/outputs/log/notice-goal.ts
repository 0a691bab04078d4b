import type { NoticeStream } from '../../model/log-notices.ts';
import type { ListWish } from './line-list.ts';

/** A wish to see the first warning, or the first error, of a log. */
export interface NoticeGoal extends ListWish {
  readonly stream: NoticeStream;
}
