import type { RunStep } from '../model/line-run.ts';
import type { SessionCause } from '../model/session.ts';
import type { RunAs } from './run-as.ts';

/** A notebook is run whole for another reason than that somebody asked for just that. */
export interface RunOrder {
  readonly cause: SessionCause;
  readonly runAs: RunAs;
  /** Stops it. */
  readonly signal: AbortSignal;
  /** Told when it has waited for all that it has to, and begins. */
  readonly onBegin: () => void;
}

/** How such a run ended. */
export type RunEnd = Pick<RunStep, 'sessionId' | 'status' | 'reason'>;
