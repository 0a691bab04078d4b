import { afterEach, expect, it, vi } from 'vitest';
import { createFetchFile } from './fetch-file.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function setup(answer: () => Promise<Response>, isOnline = true) {
  const asked: string[] = [];
  vi.stubGlobal('navigator', { onLine: isOnline });
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return answer();
  });
  const fetchFile = createFetchFile({
    siteUrl: 'https://cahier.example/app/',
    whenReady: () => {
      asked.push('ready');
      return Promise.resolve();
    },
    fetchOutside: (askerId, url) => {
      asked.push(`${askerId} ${url}`);
      return Promise.resolve(new Blob(['outside']));
    },
  });
  const get = async (url: string, signal = new AbortController().signal): Promise<string> => {
    const watch = { signal, onProgress: () => undefined, mostBytes: 10 };
    return await fetchFile('opening', url, watch).then(
      (blob) => blob.text(),
      (error: unknown) => String(error),
    );
  };
  return { get, asked };
}

const answerOk = () => Promise.resolve(new Response('own'));

it('fetches a file of the own origin itself', async () => {
  const { get, asked } = setup(answerOk);
  expect(await get('https://cahier.example/lessons/one.cahier')).toBe('own');
  expect(asked).toEqual(['https://cahier.example/lessons/one.cahier']);
});

it('asks the service worker for files of other hosts, once that is there', async () => {
  const { get, asked } = setup(answerOk);
  expect(await get('https://files.example/one.cahier')).toBe('outside');
  expect(asked).toEqual(['ready', 'opening https://files.example/one.cahier']);
});

it('takes no address for a file at which the service worker answers scripts', async () => {
  const { get, asked } = setup(answerOk);
  for (const path of ['-/out/kernel/https%3A%2F%2Fa.example', '-/mail/kernel']) {
    const url = `https://cahier.example/app/${path}`;
    expect(await get(url)).toBe(`Error: There is no file at ${url}.`);
  }
  expect(asked).toEqual([]);
});

it('says what a host answered in place of a file, and which cannot be reached', async () => {
  const missing = setup(() => Promise.resolve(new Response('', { status: 404, statusText: 'Not Found' })));
  expect(await missing.get('https://cahier.example/a.cahier')).toBe(
    'Error: cahier.example answered with 404 Not Found: it has no file at this address.',
  );
  const unreachable = setup(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await unreachable.get('https://cahier.example/a.cahier')).toBe(
    'Error: cahier.example could not be reached (Failed to fetch).',
  );
});

it('says of a browser without a network that it is offline', async () => {
  const { get, asked } = setup(() => Promise.reject(new TypeError('Failed to fetch')), false);
  const text = 'could not be reached, as this browser is offline. Go online and try again.';
  expect(await get('https://cahier.example/a.cahier')).toBe(`Error: cahier.example ${text}`);
  expect(await get('https://files.example/a.cahier')).toBe(`Error: files.example ${text}`);
  expect(asked).toEqual(['https://cahier.example/a.cahier']);
});

it('gives up a file that is too large, whether its host says so or not', async () => {
  const told = setup(() => Promise.resolve(new Response('x', { headers: { 'content-length': '11' } })));
  const text = 'Error: The file at cahier.example is larger than the 10 B that are taken.';
  expect(await told.get('https://cahier.example/a.cahier')).toBe(text);
  const untold = setup(() => Promise.resolve(new Response('x'.repeat(11))));
  expect(await untold.get('https://cahier.example/a.cahier')).toBe(text);
});

it('is given up quietly', async () => {
  const { get } = setup(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await get('https://cahier.example/a.cahier', AbortSignal.abort())).toMatch(/^AbortError/);
});
