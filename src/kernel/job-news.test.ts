import { expect, test } from 'vitest';
import type { JobNews } from './job-news.ts';
import { JobFlood } from './job-news.ts';

const tooMany = 'as it shows without end';

function createPreview(id: string | null): JobNews {
  const content = { type: 'iframe', url: 'https://example.com/' } as const;
  return { type: 'preview-added', preview: { id, time: 0, content } };
}

test('a job shows 2,000 previews at most', () => {
  const flood = new JobFlood();
  const problems = Array.from({ length: 2_001 }, (_, index) =>
    flood.findProblem(createPreview(index % 2 ? null : `plot ${String(index)}`)),
  );
  expect(problems).toEqual([...Array.from({ length: 2_000 }, () => null), tooMany]);
});

test('a preview is replaced as long as a job goes on', () => {
  let now = 0;
  const flood = new JobFlood(() => now);
  const problems = Array.from({ length: 10_000 }, () => {
    now += 300;
    return flood.findProblem(createPreview('plot'));
  });
  expect(new Set(problems)).toEqual(new Set([null]));
});

test('a preview is not replaced more often than Python lets it be', () => {
  const flood = new JobFlood(() => 0);
  const problems = Array.from({ length: 102 }, () => flood.findProblem(createPreview('plot')));
  expect(problems).toEqual([...Array.from({ length: 101 }, () => null), tooMany]);
});
