import { beforeAll, describe, expect, it } from 'vitest';
import { ProfileId, SessionId, WorkspaceId } from '../model/ids.ts';
import type { Profile } from '../model/profile.ts';
import { buildProfile } from '../model/testing/builders.ts';
import { fail, succeed } from '../shared/result.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { createClaims, toIssuer, type TokenClaims, type TokenMode } from './claims.ts';
import { createSigningKey, sign, type SigningKey } from './signing-key.ts';
import { signToken, verifyToken } from './token.ts';

const workspaceId = WorkspaceId.from('school');
const ada: Profile = { ...buildProfile('ada'), displayName: 'Ada Lovelace' };
/** In milliseconds, half a second after a whole one. */
const now = 1_800_000_000_500;
const timeoutSeconds = 300;

let key: SigningKey;
beforeAll(async () => {
  key = await createSigningKey();
});

function claim(mode: TokenMode = 'manual'): TokenClaims {
  const subject = { profile: ada, sessionId: SessionId.from('session'), mode, timeoutSeconds };
  return createClaims(subject, workspaceId, now);
}

async function verify(token: string, changes: { readonly at?: number; readonly key?: SigningKey } = {}) {
  return await verifyToken(token, {
    key: changes.key ?? key,
    issuer: toIssuer(workspaceId),
    now: changes.at ?? now,
    findProfile: (id) => (id === ada.id ? ada : null),
  });
}

function encode(value: unknown): string {
  return encodeBase64Url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));
}

function decode(part: string): unknown {
  const bytes = decodeBase64Url(part);
  return bytes.isOk ? JSON.parse(new TextDecoder().decode(bytes.value)) : null;
}

/** Signs whatever it is given, as only who has the key can. */
async function forge(head: unknown, body: unknown): Promise<string> {
  const signed = `${encode(head)}.${encode(body)}`;
  return `${signed}.${encodeBase64Url(await sign(key, new TextEncoder().encode(signed)))}`;
}

const standardHead = { alg: 'ES256', typ: 'JWT' };

describe('a token', () => {
  it('speaks for its profile, and says for which job it was made', async () => {
    const token = await signToken(claim('schedule'), key);
    const [head = '', body = ''] = token.split('.');
    expect([decode(head), decode(body)]).toEqual([
      standardHead,
      {
        iss: 'cahier:school',
        sub: ada.id,
        username: 'ada',
        sid: 'session',
        iat: 1_800_000_000,
        exp: 1_800_000_360,
        jti: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        mode: 'schedule',
      },
    ]);
    expect(await verify(token)).toEqual(succeed(ada));
  });

  it('is another one for each job', async () => {
    expect(claim().jti).not.toBe(claim().jti);
  });

  it('holds names in any alphabet', async () => {
    const profile = { ...ada, username: 'Ада 🦊' };
    const subject = { profile, sessionId: SessionId.from('s'), mode: 'manual', timeoutSeconds } as const;
    const token = await signToken(createClaims(subject, workspaceId, now), key);
    expect(decode(token.split('.')[1] ?? '')).toMatchObject({ username: 'Ада 🦊' });
    expect((await verify(token)).isOk).toBe(true);
  });

  it('is read by the private key of nobody: that cannot be taken out of the browser', async () => {
    expect([key.privateKey.extractable, key.privateKey.usages]).toEqual([false, ['sign']]);
    await expect(crypto.subtle.exportKey('jwk', key.privateKey)).rejects.toThrow();
  });
});

describe('a token is refused', () => {
  const malformed = 'The token is malformed: ';

  it.each([
    ['', `${malformed}it does not have three parts.`],
    ['a.b', `${malformed}it does not have three parts.`],
    ['a.b.c.d', `${malformed}it does not have three parts.`],
    ['x'.repeat(10_000), `${malformed}it does not have three parts.`],
    ['+++.b.c', `${malformed}its header is unreadable, it is not base64url.`],
    [`${encode('nothing')}.b.c`, `${malformed}its header is unreadable, it is no JSON.`],
    [`${encode([])}.b.c`, `${malformed}its header is unreadable, at alg: expected "alg", got undefined.`],
    [`${encode(standardHead)}.e30.AAAA`, `${malformed}its signature is unreadable.`],
  ])('when it has no form of one: %s', async (token, problem) => {
    expect(await verify(token)).toEqual(fail(problem));
  });

  it.each([
    ['none', 'none'],
    ['None', 'None'],
    ['HS256', 'HS256'],
    ['ES384', 'ES384'],
    ['es256', 'es256'],
  ])('when it names the algorithm %s, whatever its signature is', async (alg) => {
    const forged = await forge({ ...standardHead, alg }, claim());
    const unsigned = `${forged.slice(0, forged.lastIndexOf('.'))}.`;
    const problem = fail(`The token is signed by “${alg}”, and only ES256 counts.`);
    expect([await verify(forged), await verify(unsigned)]).toEqual([problem, problem]);
  });

  it('when it asks for extensions that nobody here knows', async () => {
    const problem = `${malformed}its header is unreadable, at crit: expected never, got Array.`;
    expect(await verify(await forge({ ...standardHead, crit: ['b64'] }, claim()))).toEqual(fail(problem));
  });

  it('when another key has signed it', async () => {
    const token = await signToken(claim(), key);
    const other = await createSigningKey();
    const problem = fail('The token was not signed by this workspace, or was changed since.');
    expect(await verify(token, { key: other })).toEqual(problem);
  });

  it('when anything of it was changed', async () => {
    const token = await signToken(claim(), key);
    const [head = '', , signature = ''] = token.split('.');
    const swapped = `${head}.${encode({ ...claim(), username: 'root' })}.${signature}`;
    const empty = `${head}.${encode(claim())}.${encodeBase64Url(new Uint8Array(64))}`;
    const problem = fail('The token was not signed by this workspace, or was changed since.');
    expect([await verify(swapped), await verify(empty)]).toEqual([problem, problem]);
    // Every letter counts, also the last one, of which two bits are no part of the signature.
    const letters = [...token].map((letter, index) => {
      const other = letter === 'A' ? 'B' : 'A';
      return token.slice(0, index) + (letter === '.' ? '_' : other) + token.slice(index + 1);
    });
    const verdicts = await Promise.all(letters.map(async (each) => (await verify(each)).isOk));
    expect(verdicts.filter(Boolean)).toEqual([]);
    const last = token.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = alphabet.charAt(alphabet.indexOf(last) ^ 1);
    expect(await verify(token.slice(0, -1) + twin)).toEqual(fail(`${malformed}its signature is unreadable.`));
  });

  it('when its time is over, to the second', async () => {
    const token = await signToken(claim(), key);
    const end = claim().exp * 1_000;
    const problem =
      'The token has expired: it is good as long as its job may take, and a minute. Run the cell again.';
    expect(await verify(token, { at: end - 1 })).toEqual(succeed(ada));
    expect(await verify(token, { at: end })).toEqual(fail(problem));
  });

  it('when the clock was set back since it was made, by more than a minute', async () => {
    const token = await signToken(claim(), key);
    const made = claim().iat * 1_000;
    const problem =
      'The token is of the future: the clock was set back since it was made. Run the cell again.';
    expect(await verify(token, { at: made - 60_000 })).toEqual(succeed(ada));
    expect(await verify(token, { at: made - 60_001 })).toEqual(fail(problem));
  });

  it('when it is of another workspace', async () => {
    const token = await signToken({ ...claim(), iss: 'cahier:elsewhere' }, key);
    expect(await verify(token)).toEqual(fail('The token is of another workspace.'));
  });

  it('when its profile is gone', async () => {
    const token = await signToken({ ...claim(), sub: ProfileId.from('deleted') }, key);
    expect(await verify(token)).toEqual(fail('The profile that the token speaks for was deleted.'));
  });

  it.each([
    ['exp', '9999999999', 'expected number, got "9999999999"'],
    ['exp', null, 'expected number, got null'],
    ['exp', 1e300, 'expected'],
    ['iat', -1, 'expected'],
    ['mode', 'admin', 'expected'],
    ['sub', undefined, 'expected "sub", got undefined'],
  ])('when the claim %s is %s, though it is signed', async (name, value, problem) => {
    const verified = await verify(await forge(standardHead, { ...claim(), [name]: value }));
    expect(verified.isOk ? '' : verified.problem).toContain(
      `its claims are unreadable, at ${name}: ${problem}`,
    );
  });
});
