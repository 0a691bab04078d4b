import { expect, it } from 'vitest';
import { describeMissing } from './missing-values.ts';
import { buildCell, buildHash, buildJob, buildOutput } from './testing/builders.ts';

it('what is gone of a job’s results is named, the rest is not', () => {
  const job = buildJob(buildCell('cell'), 1, {
    previews: [
      { id: null, time: 1, content: { type: 'json', text: { blob: buildHash('1'), byteSize: 1 } } },
      { id: null, time: 1, content: { type: 'markdown', text: { blob: buildHash('2'), byteSize: 1 } } },
      { id: null, time: 1, content: { type: 'iframe', url: 'https://example.org' } },
    ],
    outcome: {
      status: 'done',
      outputs: [buildOutput('rows', buildHash('3')), buildOutput('others', buildHash('4'))],
      images: [{ name: 'plot', mediaType: 'image/png', blob: buildHash('5'), byteSize: 1 }],
    },
  });
  const missing = new Set(['2', '3', '5'].map(buildHash));
  expect(describeMissing(job, missing)).toEqual([
    'the output “rows”',
    'the image “plot”',
    'preview 2 (markdown)',
  ]);
  expect(describeMissing(job, new Set())).toEqual([]);
});
