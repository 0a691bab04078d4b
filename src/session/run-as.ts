import type { TokenMode } from '../identity/claims.ts';
import type { SessionId } from '../model/ids.ts';
import type { Profile } from '../model/profile.ts';
import type { Result } from '../shared/result.ts';

/** As whom the jobs of a session run, and what had them run. */
export interface RunAs {
  readonly profile: Profile;
  readonly mode: TokenMode;
}

/** A job that is to be given what proves as whom it runs. */
export interface AuthorizedJob {
  readonly runAs: RunAs;
  readonly sessionId: SessionId;
  readonly timeoutSeconds: number;
}

/** Gives the value of `od_authorization` for a job; the problem is a sentence. */
export type CreateAuthorization = (job: AuthorizedJob) => Promise<Result<string, string>>;
