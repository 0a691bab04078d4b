import { describe, expect, it } from 'vitest';
import { createGatedFetch } from './network-fetch.ts';

const siteUrl = 'https://site.example/app/';
const kernelId = '4f5b7f0c-3c0e-4b43-9d2c-0d8d6f3c8a11';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function setup(
  answer: () => Response,
  hasServiceWorker = true,
): { asked: Asked[]; told: string[]; fetch: typeof fetch } {
  const asked: Asked[] = [];
  const told: string[] = [];
  const native: typeof fetch = async (input, options) => {
    const request = new Request(input, options);
    request.signal.throwIfAborted();
    // The browser would look for itself.
    expect(request.integrity).toBe('');
    const { method, url } = request;
    asked.push({ method, url, headers: Object.fromEntries(request.headers), body: await request.text() });
    return answer();
  };
  const gate = {
    siteUrl,
    kernelId,
    hasServiceWorker,
    onRefusal: (text: string) => told.push(text),
    lookForStop: () => undefined,
  };
  return { asked, told, fetch: createGatedFetch(native, gate) };
}

function answerFrom(url: string, body: BodyInit | null = 'content', status = 200): () => Response {
  return () => new Response(body, { status, headers: { 'content-type': 'text/csv', 'x-cahier-url': url } });
}

function refuse(kind: string, reason: string): () => Response {
  return () => Response.json({ error: kind, reason }, { status: 403, headers: { 'x-cahier-refused': kind } });
}

function throughGate(url: string): string {
  return `${siteUrl}-/out/${kernelId}/${encodeURIComponent(url)}`;
}

const tableUrl = 'https://data.example/table.csv?a=1&b=%20x';

describe('fetch', () => {
  it('sends a request for another host through the gate, and gives its answer as if it had gone straight', async () => {
    const { asked, told, fetch } = setup(answerFrom(tableUrl));
    const response = await fetch(`${tableUrl}#part`);
    expect(asked).toEqual([{ method: 'GET', url: throughGate(tableUrl), headers: {}, body: '' }]);
    const { status, url, redirected } = response;
    expect([status, url, redirected, [...response.headers], await response.clone().text()]).toEqual([
      200,
      tableUrl,
      false,
      [['content-type', 'text/csv']],
      'content',
    ]);
    expect([response.clone().url, await response.text(), told]).toEqual([tableUrl, 'content', []]);
  });

  const options = { method: 'PUT', headers: { 'X-Key': 'a' }, body: 'text' };

  it.each<[string, Parameters<typeof fetch>]>([
    ['options', [tableUrl, options]],
    ['a request', [new Request(tableUrl, options)]],
    ['a request and options', [new Request(tableUrl, { method: 'POST', body: 'other' }), options]],
  ])('hands on method, headers and body given by %s', async (_how, given) => {
    const { asked, fetch } = setup(answerFrom(tableUrl));
    await fetch(...given);
    const headers = { 'content-type': 'text/plain;charset=UTF-8', 'x-key': 'a' };
    expect(asked).toEqual([{ method: 'PUT', url: throughGate(tableUrl), headers, body: 'text' }]);
  });

  it.each([
    'https://site.example/app/python/sdk.zip',
    'https://site.example/elsewhere',
    'data:text/plain,hello',
    'blob:https://site.example/4f5b7f0c',
    'ftp://data.example/',
  ])('leaves %s alone', async (url) => {
    const { asked, fetch } = setup(() => new Response('own'));
    expect(await (await fetch(url)).text()).toBe('own');
    expect(asked.map((request) => request.url)).toEqual([url]);
  });

  it.each([
    ['http://site.example/app/', 'the same host without encryption'],
    ['https://site.example:8443/app/', 'the same host at another port'],
    ['https://site.example.evil.example/', 'a host whose name begins alike'],
    ['HTTPS://DATA.EXAMPLE/', 'a host in capitals'],
  ])('takes %s for outside: %s', async (url) => {
    const { asked, fetch } = setup(answerFrom(url));
    await fetch(url);
    expect(asked.map((request) => request.url)).toEqual([throughGate(new URL(url).href)]);
  });

  it('gives an answer without a body, and one that is an error of the other host', async () => {
    const empty = await setup(answerFrom(tableUrl, null, 204)).fetch(tableUrl);
    expect([empty.status, empty.body]).toEqual([204, null]);
    const missing = await setup(answerFrom(tableUrl, 'nothing here', 404)).fetch(tableUrl);
    expect([missing.status, missing.ok, await missing.text()]).toEqual([404, false, 'nothing here']);
  });

  it('tells where a redirect led, and does not follow one that the request does not want', async () => {
    const final = 'https://other.example/moved';
    const response = await setup(answerFrom(final)).fetch(tableUrl);
    expect([response.url, response.redirected]).toEqual([final, true]);
    const refused = setup(answerFrom(final)).fetch(tableUrl, { redirect: 'error' });
    await expect(refused).rejects.toThrow(
      new TypeError(
        `data.example redirects to ${final}, and the request was made with redirect "error": ask for that address instead.`,
      ),
    );
  });

  it.each([
    ['the policy refuses it', refuse('policy', 'No. Allow it there.'), 'No. Allow it there.'],
    [
      'the policy refuses it without a word',
      () => new Response('', { headers: { 'x-cahier-refused': 'policy' } }),
      "data.example is not allowed by the workspace's network policy.",
    ],
    [
      'the other host cannot be reached',
      refuse('network', 'data.example does not answer.'),
      'data.example does not answer.',
    ],
    [
      'a static host answers in place of a service worker',
      () => new Response('<!doctype html>', { status: 404 }),
      'This browser tab has no service worker, so nothing outside this site can be reached. Reload the page; in a private window, where browsers often have none, open it in an ordinary one.',
    ],
  ])('says why when %s', async (_why, answer, message) => {
    const { told, fetch } = setup(answer);
    await expect(fetch(tableUrl)).rejects.toThrow(new TypeError(message));
    expect(told).toEqual([message]);
  });

  it.each([
    ['sha256-7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=', 'content'],
    ['sha256-AAAA sha256-7XACtDnprIRfIjV9giusFERzD722AW0-yUMil7nsn3M=', 'content'],
    ['md5-AAAA', 'content'],
    ['sha256-AAAA', null],
    ['sha512-AAAA sha256-7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=', null],
  ])('hands out a file with the integrity %s: %s', async (integrity, expected) => {
    const response = await setup(answerFrom(tableUrl)).fetch(tableUrl, { integrity });
    const text = await response.text().catch((error: unknown) => error);
    expect(text).toEqual(
      expected ?? new TypeError('The file that came is not the one that was asked for: its hash differs.'),
    );
  });

  it('says why a file with an integrity was refused, and not that it was forged', async () => {
    const { fetch } = setup(refuse('policy', 'No. Allow it there.'));
    await expect(fetch(tableUrl, { integrity: 'sha256-AAAA' })).rejects.toThrow('No. Allow it there.');
  });

  it('asks nobody when there is no service worker', async () => {
    const { asked, told, fetch } = setup(() => new Response(''), false);
    await expect(fetch(tableUrl, { method: 'POST', body: 'secret' })).rejects.toThrow(
      'has no service worker',
    );
    expect([asked, told.length]).toEqual([[], 1]);
  });

  it('says so of the server that the app stands for, as well', async () => {
    const { fetch } = setup(() => new Response(''), false);
    await expect(fetch('http://onedata-server:8080/api/v1/models')).rejects.toThrow(
      'This browser tab has no service worker, and so nobody answers for onedata-server:8080. Reload the page;',
    );
  });

  it('ends when its signal says so', async () => {
    const { fetch } = setup(answerFrom(tableUrl));
    await expect(fetch(tableUrl, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
