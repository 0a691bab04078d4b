import { afterEach, expect, it, vi } from 'vitest';
import type { FetchProgress } from '../model/fetch-watch.ts';
import { createFetchOutside } from './fetch-outside.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const fetchOutside = createFetchOutside('https://site.example/', () => true);

/** Parts that come one after the other, with what a host says of them. */
function answer(parts: readonly string[], headers: Record<string, string>): void {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { headers })));
}

async function fetchWatched(): Promise<{ text: string; told: FetchProgress[] }> {
  const told: FetchProgress[] = [];
  const onProgress = (progress: FetchProgress) => told.push(progress);
  const blob = await fetchOutside('kernel', 'https://open.example/a.csv', { onProgress });
  return { text: await blob.text(), told };
}

it('tells how much of a file has come', async () => {
  answer(['a\n', '1\n2'], { 'content-length': '5' });
  expect(await fetchWatched()).toEqual({
    text: 'a\n1\n2',
    told: [
      { doneBytes: 0, allBytes: 5 },
      { doneBytes: 2, allBytes: 5 },
      { doneBytes: 5, allBytes: 5 },
    ],
  });
});

it('knows no length of what is packed on its way', async () => {
  answer(['a\n1'], { 'content-length': '2', 'content-encoding': 'gzip' });
  expect((await fetchWatched()).told.map(({ allBytes }) => allBytes)).toEqual([null, null]);
});

it('says where a host sent less than it said', async () => {
  answer(['a\n'], { 'content-length': '4000' });
  await expect(fetchWatched()).rejects.toThrow('open.example sent 2 B of 4.0 kB and no more. Try again.');
});
