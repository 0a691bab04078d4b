import type { Job } from '../model/job.ts';
import type { SessionId } from '../model/ids.ts';
import type { SkippedCell } from '../model/session.ts';
import type { RunEnd } from './run-order.ts';
import { shortenTitle } from './shorten-title.ts';

/** What becomes of the cells of one session, for whoever ordered it. */
export class OrderedRun {
  readonly sessionId: SessionId;
  readonly #jobs: Job[] = [];
  readonly #skipped: SkippedCell[] = [];

  constructor(sessionId: SessionId) {
    this.sessionId = sessionId;
  }

  noteJob(job: Job): void {
    this.#jobs.push(job);
  }

  noteSkipped(cells: readonly SkippedCell[]): void {
    this.#skipped.push(...cells);
  }

  /** To be asked when no cell of the session runs or waits. */
  describeEnd(): RunEnd {
    const { sessionId } = this;
    const [skipped] = this.#skipped;
    for (const { title, outcome } of this.#jobs) {
      if (outcome.status === 'failed') {
        const reason = `“${shortenTitle(title)}” failed: ${outcome.error.message}`;
        return { sessionId, status: 'failed', reason };
      }
    }
    const stopped = this.#jobs.find(({ outcome }) => outcome.status === 'stopped');
    if (stopped) {
      return { sessionId, status: 'stopped', reason: `“${shortenTitle(stopped.title)}” was stopped.` };
    }
    if (skipped) {
      const reason = `“${shortenTitle(skipped.title)}” – ${skipped.reason}`;
      return { sessionId: this.#jobs.length > 0 ? sessionId : null, status: 'failed', reason };
    }
    return { sessionId, status: 'done', reason: null };
  }
}
