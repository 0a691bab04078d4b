import * as v from 'valibot';
import { ProfileId, SessionId } from '../model/ids.ts';
import { parseValue } from '../shared/parse-value.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { decodeBase64Url } from './base64url.ts';
import { tokenModes, type TokenClaims } from './claims.ts';

/** A token that has the form of one; nothing is known yet of whether it is genuine. */
export interface ParsedToken {
  readonly claims: TokenClaims;
  /** What is signed. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Far more than a token of ours has: a longer text is not looked into. */
const longestToken = 8_192;

const signatureLength = 64;

/** One that asks for extensions has to be refused by who knows none: https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11 */
const header = v.object({
  alg: v.string(),
  typ: v.optional(v.literal('JWT')),
  crit: v.optional(v.never()),
});

const second = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const claims: v.GenericSchema<unknown, TokenClaims> = v.object({
  iss: v.string(),
  sub: v.pipe(v.string(), v.transform(ProfileId.from)),
  username: v.string(),
  sid: v.pipe(v.string(), v.transform(SessionId.from)),
  iat: second,
  exp: second,
  jti: v.string(),
  mode: v.picklist(tokenModes),
});

/** Takes a token of the algorithm ES256 apart; the problem is a sentence. */
export function parseToken(token: string): Result<ParsedToken, string> {
  const [head, body, signature, ...rest] = token.split('.');
  const hasForm = head !== undefined && body !== undefined && signature !== undefined && rest.length === 0;
  if (token.length > longestToken || !hasForm) return malformed('it does not have three parts');
  const parsedHead = parseJson(head, header);
  if (!parsedHead.isOk) return malformed(`its header is unreadable, ${parsedHead.problem}`);
  // Before anything of it is believed: what names no algorithm, or another one, is signed by nobody.
  if (parsedHead.value.alg !== 'ES256') {
    return fail(`The token is signed by “${parsedHead.value.alg}”, and only ES256 counts.`);
  }
  const bytes = decodeBase64Url(signature);
  if (!bytes.isOk || bytes.value.length !== signatureLength) return malformed('its signature is unreadable');
  const parsedBody = parseJson(body, claims);
  if (!parsedBody.isOk) return malformed(`its claims are unreadable, ${parsedBody.problem}`);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  return succeed({ claims: parsedBody.value, signed, signature: bytes.value });
}

function malformed(why: string): Result<never, string> {
  return fail(`The token is malformed: ${why}.`);
}

function parseJson<Value>(part: string, schema: v.GenericSchema<unknown, Value>): Result<Value, string> {
  const bytes = decodeBase64Url(part);
  if (!bytes.isOk) return bytes;
  try {
    return parseValue(schema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value)));
  } catch {
    return fail('it is no JSON');
  }
}
