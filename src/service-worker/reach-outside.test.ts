import { describe, expect, it, vi } from 'vitest';
import type { HostVerdict } from '../protocol/service-worker.ts';
import { reachOutside, type Outside } from './reach-outside.ts';

const target = new URL('https://example.org/a');
const allowed: HostVerdict = { isAllowed: true };

interface Told {
  /** What was asked and sent, in order. */
  readonly log: unknown[];
  readonly outside: Outside;
}

/** Outside as the test wants it: these origins are allowed, and this is what comes back, from this address. */
function setup(
  origins: readonly string[],
  response: Response | null,
  finalUrl = target.href,
  ended = new AbortController().signal,
): Told {
  const log: unknown[] = [];
  const outside: Outside = {
    userAgent: 'Browser 1',
    ended,
    ask: (method, url) => {
      log.push(`ask ${method} ${url}`);
      const { origin, host } = new URL(url);
      return Promise.resolve(
        origins.includes(origin) ? allowed : { isAllowed: false, reason: `${host} is not allowed.` },
      );
    },
    fetch: (_, options) => {
      const { headers, signal, body, ...rest } = options ?? {};
      log.push({ ...rest, headers: Object.fromEntries(new Headers(headers)), hasSignal: Boolean(signal) });
      log.push(body instanceof ArrayBuffer ? new TextDecoder().decode(body) : body);
      if (!response) return Promise.reject(new TypeError('Failed to fetch'));
      Object.defineProperty(response, 'url', { value: finalUrl });
      return Promise.resolve(response);
    },
  };
  return { log, outside };
}

async function read(response: Response): Promise<unknown> {
  return [response.status, Object.fromEntries(response.headers), await response.text()];
}

function request(options: RequestInit = {}): Request {
  return new Request('https://host.org/-/out/k/x', options);
}

const sent = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  redirect: 'follow',
  cache: 'default',
  hasSignal: true,
};

describe('a request for another host', () => {
  it('is sent as the script made it, without what is the site’s or the browser’s', async () => {
    const { log, outside } = setup([target.origin], new Response('fine'));
    const headers = {
      'x-cahier-secret': '1',
      'x-own': '2',
      'user-agent': 'Browser 1',
      'content-type': 'text/csv',
    };
    await reachOutside(request({ method: 'POST', headers, body: 'a,b' }), target, outside);
    expect(log).toEqual([
      'ask POST https://example.org/a',
      { ...sent, method: 'POST', headers: { 'x-own': '2', 'content-type': 'text/csv' } },
      'a,b',
    ]);
  });

  it('keeps what a script calls itself, and follows no redirect where the script does not want it', async () => {
    const { log, outside } = setup([target.origin], new Response('fine'));
    await reachOutside(
      request({ headers: { 'user-agent': 'Script 2' }, redirect: 'error', cache: 'reload' }),
      target,
      outside,
    );
    expect(log).toEqual([
      'ask GET https://example.org/a',
      { ...sent, method: 'GET', headers: { 'user-agent': 'Script 2' }, redirect: 'error', cache: 'reload' },
      null,
    ]);
  });

  it('is answered with what came, without what describes the way or passes for the site’s own', async () => {
    const headers = {
      'content-type': 'text/plain',
      'content-encoding': 'br',
      'content-length': '3',
      connection: 'close',
      'x-cahier-refused': 'network',
      'x-own': '1',
    };
    const { outside } = setup([target.origin], new Response('fine', { status: 404, headers }));
    expect(await read(await reachOutside(request(), target, outside))).toEqual([
      404,
      { 'content-type': 'text/plain', 'x-own': '1', 'x-cahier-url': target.href },
      'fine',
    ]);
  });

  it.each([204, 205, 304])('is answered with the status %i, which has no body', async (status) => {
    const { outside } = setup([target.origin], new Response(null, { status }));
    expect((await reachOutside(request(), target, outside)).status).toBe(status);
  });

  it('is not sent where it is refused', async () => {
    const { log, outside } = setup([], new Response('secret'));
    expect(await read(await reachOutside(request(), target, outside))).toEqual([
      403,
      { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-cahier-refused': 'policy' },
      '{"error":"policy","reason":"example.org is not allowed."}',
    ]);
    expect(log).toEqual(['ask GET https://example.org/a']);
  });

  it('is asked about again when it ended at another host', async () => {
    const { log, outside } = setup([target.origin], new Response('secret'), 'https://other.org/b');
    expect(await read(await reachOutside(request(), target, outside))).toEqual([
      403,
      expect.anything(),
      '{"error":"policy","reason":"example.org redirects to other.org: other.org is not allowed."}',
    ]);
    expect(log).toContain('ask GET https://other.org/b');
    const both = setup([target.origin, 'https://other.org'], new Response('fine'), 'https://other.org/b');
    expect(await read(await reachOutside(request(), target, both.outside))).toEqual([
      200,
      { 'content-type': 'text/plain;charset=UTF-8', 'x-cahier-url': 'https://other.org/b' },
      'fine',
    ]);
  });

  it('names the host that does not answer', async () => {
    const { outside } = setup([target.origin], null);
    expect(await read(await reachOutside(request(), target, outside))).toEqual([
      502,
      { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-cahier-refused': 'network' },
      '{"error":"network","reason":"example.org could not be reached, or does not let pages of other sites read its answers (CORS). The browser does not say which."}',
    ]);
  });

  it('is over when its job has ended, whatever it waits for', async () => {
    const job = new AbortController();
    const { outside } = setup([target.origin], null, target.href, job.signal);
    const silent = { ...outside, ask: () => new Promise<HostVerdict>(() => undefined) };
    const answer = reachOutside(request(), target, silent);
    job.abort();
    const refused = await read(await answer);
    expect(refused).toEqual([
      502,
      expect.objectContaining({ 'x-cahier-refused': 'network' }),
      expect.stringContaining('The job was stopped while it waited for example.org.'),
    ]);
    expect(await read(await reachOutside(request(), target, silent))).toEqual(refused);
  });

  it('is taken back from the host when its job has ended', async () => {
    const job = new AbortController();
    const { outside } = setup([target.origin], null, target.href, job.signal);
    const signals: (AbortSignal | null | undefined)[] = [];
    const answer = reachOutside(request(), target, {
      ...outside,
      fetch: (_, options) => {
        signals.push(options?.signal);
        return new Promise(() => undefined);
      },
    });
    await vi.waitFor(() => {
      expect(signals.length).toBe(1);
    });
    job.abort();
    await answer;
    expect(signals[0]?.aborted).toBe(true);
  });
});
