import type { ProfileId, SessionId, WorkspaceId } from '../model/ids.ts';

export const tokenModes = ['manual', 'production-line', 'schedule'] as const;

/** What had the job run that a token was made for. */
export type TokenMode = (typeof tokenModes)[number];

/** What a token says, by the names that tokens have for it; times are whole seconds since 1970. */
export interface TokenClaims {
  /** The workspace that made it. */
  readonly iss: string;
  /** The profile that the job runs as. */
  readonly sub: ProfileId;
  /** The name that the profile had when the token was made. */
  readonly username: string;
  /** The session of the job. */
  readonly sid: SessionId;
  readonly iat: number;
  readonly exp: number;
  /** No other token has it. */
  readonly jti: string;
  readonly mode: TokenMode;
}

/** How long a token is good after its job has to be over, in seconds. */
const graceSeconds = 60;

/** What of the claims is said by who asks for a token. */
export interface TokenSubject {
  readonly profile: { readonly id: ProfileId; readonly username: string };
  readonly sessionId: SessionId;
  readonly mode: TokenMode;
  /** That of the job. */
  readonly timeoutSeconds: number;
}

/** The claims of a new token; `now` is in milliseconds since 1970. */
export function createClaims(subject: TokenSubject, workspaceId: WorkspaceId, now: number): TokenClaims {
  const { profile, sessionId, mode, timeoutSeconds } = subject;
  const iat = Math.floor(now / 1_000);
  return {
    iss: toIssuer(workspaceId),
    sub: profile.id,
    username: profile.username,
    sid: sessionId,
    iat,
    exp: iat + timeoutSeconds + graceSeconds,
    jti: crypto.randomUUID(),
    mode,
  };
}

/** What a workspace calls itself in its tokens. */
export function toIssuer(workspaceId: WorkspaceId): string {
  return `cahier:${workspaceId}`;
}
