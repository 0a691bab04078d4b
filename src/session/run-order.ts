import type { ProfileId } from '../model/ids.ts';
import type { RunStep } from '../model/line-run.ts';
import type { SessionCause } from '../model/session.ts';

/** A notebook is run whole for another reason than that somebody asked it for that. */
export interface RunOrder {
  readonly cause: Extract<SessionCause, { readonly type: 'schedule' | 'production-line' }>;
  readonly runAs: ProfileId;
}

/** How such a run ended. */
export type RunEnd = Pick<RunStep, 'sessionId' | 'status' | 'reason'>;
