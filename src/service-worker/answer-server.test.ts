import { describe, expect, it } from 'vitest';
import type { ServerVerdict } from '../protocol/service-worker.ts';
import { answerServer, type ServerLimits } from './answer-server.ts';

const target = new URL('http://onedata-server:8080/api/v1/users/me?a=1');
const real = 'https://od.example/base/api/v1/users/me?a=1';
const never = new AbortController().signal;

interface Setup {
  readonly verdict: ServerVerdict;
  readonly respond?: (signal: AbortSignal | null | undefined) => Promise<Response> | Response;
  readonly finalUrl?: string;
  readonly isRedirected?: (url: string) => boolean;
  readonly ended?: AbortSignal;
  readonly limits?: ServerLimits;
}

/** What the script gets, after what was asked of the page and sent to the real server. */
async function answer(
  { verdict, respond, finalUrl = real, isRedirected = () => false, ended = never, limits }: Setup,
  options: RequestInit = {},
): Promise<{ readonly log: readonly unknown[]; readonly answer: unknown }> {
  const log: unknown[] = [];
  const request = new Request('https://host.org/-/out/k/x', options);
  const response = await answerServer(request, target, {
    ...(limits && { limits }),
    userAgent: 'Browser 1',
    ended,
    ask: (authorization) => {
      log.push(`ask with ${authorization}`);
      return Promise.resolve(verdict);
    },
    fetch: async (url, given = {}) => {
      const { method, headers, body, signal, credentials, redirect } = given;
      const sent = body instanceof ArrayBuffer ? new TextDecoder().decode(body) : body;
      log.push({ url: String(url), method, headers: Object.fromEntries(new Headers(headers)), sent });
      log.push([credentials, redirect]);
      if (!respond) throw new TypeError('Failed to fetch');
      if (redirect === 'manual' && isRedirected(String(url))) return createOpaqueRedirect();
      const found = await respond(signal);
      Object.defineProperty(found, 'url', { value: finalUrl });
      return found;
    },
  });
  const { status, headers } = response;
  return { log, answer: [status, Object.fromEntries(headers), await response.text()] };
}

/** What a browser gives of a redirect that it was told not to follow. */
function createOpaqueRedirect(): Response {
  return Object.defineProperties(Response.error(), {
    type: { value: 'opaqueredirect' },
    url: { value: real },
  });
}

function refused(error: string, status: number, reason: string): unknown {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-cahier-refused': error,
  };
  return [status, headers, JSON.stringify({ error, reason })];
}

const forward: ServerVerdict = { isAllowed: true, forwardTo: real };
const called = 'https://od.example, which is connected as onedata-server under “Profile”,';

describe('a request for the server', () => {
  it('is answered with what the page says, as if it came from there', async () => {
    const headers = { 'content-type': 'application/json', 'www-authenticate': 'Bearer' };
    const verdict = { isAllowed: true, answer: { status: 401, headers, body: '{"a":1}' } } as const;
    expect(await answer({ verdict }, { headers: { authorization: 'Bearer t' } })).toEqual({
      log: ['ask with Bearer t'],
      answer: [401, { ...headers, 'x-cahier-url': target.href }, '{"a":1}'],
    });
    expect((await answer({ verdict })).log).toEqual(['ask with null']);
  });

  it('may have an answer without content', async () => {
    const verdict = { isAllowed: true, answer: { status: 204, headers: {}, body: '' } } as const;
    expect((await answer({ verdict })).answer).toEqual([204, { 'x-cahier-url': target.href }, '']);
  });

  it('is refused where no page answers', async () => {
    const verdict = { isAllowed: false, reason: 'No page.' } as const;
    expect((await answer({ verdict })).answer).toEqual(refused('policy', 403, 'No page.'));
  });

  it('ends with its job', async () => {
    const { answer: got } = await answer({ verdict: forward, ended: AbortSignal.abort() });
    const reason = 'The job was stopped while it waited for onedata-server.';
    expect(got).toEqual(refused('network', 502, reason));
  });
});

describe('a request for a real server', () => {
  it('goes there with what the script sent, and comes back with what it says, be it garbage', async () => {
    const respond = (): Response =>
      new Response('<<garbage', {
        status: 418,
        headers: { 'content-type': 'x/y', 'x-cahier-url': 'forged' },
      });
    const options = { method: 'POST', headers: { authorization: 'Bearer t', 'x-a': 'b' }, body: 'text' };
    expect(await answer({ verdict: forward, respond }, options)).toEqual({
      log: [
        'ask with Bearer t',
        {
          url: real,
          method: 'POST',
          headers: { authorization: 'Bearer t', 'x-a': 'b', 'content-type': 'text/plain;charset=UTF-8' },
          sent: 'text',
        },
        ['omit', 'manual'],
      ],
      answer: [418, { 'content-type': 'x/y', 'x-cahier-url': target.href }, '<<garbage'],
    });
  });

  const moved = 'https://od.example/login';
  const headers = { authorization: 'Bearer t' };
  const respond = (): Response => new Response('moved');
  const unfollowed = `${called} redirects this request, and where to is not told before all of it is sent there, its token included. Ask for the address that it redirects to.`;

  it('may lead to another address of it, which is found out without the token', async () => {
    const isRedirected = (url: string): boolean => url === real;
    const found = await answer({ verdict: forward, respond, finalUrl: moved, isRedirected }, { headers });
    const sent = { method: 'GET', sent: null };
    expect(found).toEqual({
      log: [
        'ask with Bearer t',
        { ...sent, url: real, headers },
        ['omit', 'manual'],
        { ...sent, url: real, headers: {}, sent: undefined },
        ['omit', 'follow'],
        { ...sent, url: moved, headers },
        ['omit', 'manual'],
      ],
      answer: [200, { 'content-type': 'text/plain;charset=UTF-8', 'x-cahier-url': target.href }, 'moved'],
    });
  });

  it('sends nothing of a script on to another host', async () => {
    const isRedirected = (): boolean => true;
    const finalUrl = 'https://evil.example/';
    const beyond = await answer({ verdict: forward, respond, finalUrl, isRedirected }, { headers });
    const reason = `${called} redirects to https://evil.example. Connect that address instead, if it is the server that you mean.`;
    expect(beyond.answer).toEqual(refused('network', 502, reason));
    expect(beyond.log).toEqual([
      'ask with Bearer t',
      { url: real, method: 'GET', headers, sent: null },
      ['omit', 'manual'],
      { url: real, method: 'GET', headers: {}, sent: undefined },
      ['omit', 'follow'],
    ]);
  });

  it.each([
    ['changes something', moved, 'POST', 1],
    ['is redirected only where it proves itself', real, 'GET', 2],
    ['is redirected again', moved, 'GET', 3],
  ])('is refused where it %s', async (_, finalUrl, method, count) => {
    const isRedirected = (): boolean => true;
    const { log, answer: got } = await answer(
      { verdict: forward, respond, finalUrl, isRedirected },
      { method },
    );
    expect(got).toEqual(refused('network', 502, unfollowed));
    expect(log.length).toBe(1 + 2 * count);
  });

  it('says that it is down, or does not allow it', async () => {
    const reason = `${called} could not be reached, or does not let pages of other sites send it such a request and read its answer (CORS). The browser does not say which.`;
    expect((await answer({ verdict: forward })).answer).toEqual(refused('network', 502, reason));
  });

  it('is not waited for without end, neither for the beginning of the answer nor for the rest', async () => {
    const limits = { milliseconds: 50, bytes: 10 };
    const reason = `${called} has not answered within 0.05 s.`;
    const silent = (signal?: AbortSignal | null): Promise<Response> =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new DOMException('over', 'AbortError'));
        });
      });
    const halting = (signal?: AbortSignal | null): Response =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('half'));
            signal?.addEventListener('abort', () => {
              controller.error(new DOMException('over', 'AbortError'));
            });
          },
        }),
      );
    for (const respond of [silent, halting]) {
      const { answer: got } = await answer({ verdict: forward, respond, limits });
      expect(got).toEqual(refused('network', 502, reason));
    }
  });

  it('is not read without end', async () => {
    let isCancelled = false;
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.enqueue(new Uint8Array(1_000_000));
          },
          cancel: () => {
            isCancelled = true;
          },
        }),
      );
    const limits = { milliseconds: 10_000, bytes: 3_000_000 };
    const { answer: got } = await answer({ verdict: forward, respond: endless, limits });
    expect([got, isCancelled]).toEqual([
      refused('network', 502, `${called} answered with more than 3 MB.`),
      true,
    ]);
  });
});
