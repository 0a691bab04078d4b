import type { ProfileId } from '../model/ids.ts';
import type { Profile } from '../model/profile.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { encodeBase64Url } from './base64url.ts';
import type { TokenClaims } from './claims.ts';
import { parseToken } from './parse-token.ts';
import { isSignedBy, sign, type SigningKey } from './signing-key.ts';

const head = encodeJson({ alg: 'ES256', typ: 'JWT' });

/** Makes a token: a JSON Web Token that is signed by ES256, https://www.rfc-editor.org/rfc/rfc7519 */
export async function signToken(claims: TokenClaims, key: SigningKey): Promise<string> {
  const signed = `${head}.${encodeJson(claims)}`;
  return `${signed}.${encodeBase64Url(await sign(key, new TextEncoder().encode(signed)))}`;
}

function encodeJson(value: object): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)));
}

/** What a token is checked against. */
export interface TokenCheck {
  readonly key: Pick<SigningKey, 'publicKey'>;
  /** That of the workspace. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly findProfile: (id: ProfileId) => Profile | null;
}

/**
 * How far a token may lie in the future, in seconds. One is made and checked by one clock, so that further ahead is one
 * whose clock was set back since: it would be good for longer than it was made for.
 */
const skewSeconds = 60;

/** The profile that a token speaks for, if it is genuine and good now; the problem is a sentence for who sent it. */
export async function verifyToken(token: string, check: TokenCheck): Promise<Result<Profile, string>> {
  const parsed = parseToken(token);
  if (!parsed.isOk) return parsed;
  const { claims, signed, signature } = parsed.value;
  if (!(await isSignedBy(check.key, signed, signature))) {
    return fail('The token was not signed by this workspace, or was changed since.');
  }
  if (claims.iss !== check.issuer) return fail('The token is of another workspace.');
  const seconds = check.now / 1_000;
  if (seconds >= claims.exp) {
    return fail(
      'The token has expired: it is good as long as its job may take, and a minute. Run the cell again.',
    );
  }
  if (claims.iat > seconds + skewSeconds) {
    return fail('The token is of the future: the clock was set back since it was made. Run the cell again.');
  }
  const profile = check.findProfile(claims.sub);
  return profile ? succeed(profile) : fail('The profile that the token speaks for was deleted.');
}
