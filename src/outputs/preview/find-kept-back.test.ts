import { expect, it } from 'vitest';
import type { Preview, StoredValue } from '../../model/preview.ts';
import { buildHash } from '../../model/testing/builders.ts';
import { findKeptBack } from './find-kept-back.ts';

const text: StoredValue = { blob: buildHash('1'), byteSize: 10 };
const stored = { mediaType: 'image/png', data: text };
const summary = { rowCount: 0, columns: [] };

it.each<[string, Preview['content'], string | null]>([
  ['a table', { type: 'table', table: { ...text, summary }, rowCount: 0, isShortened: false }, null],
  ['text', { type: 'text', language: null, text }, null],
  ['JSON', { type: 'json', text }, null],
  ['Markdown', { type: 'markdown', text }, null],
  ['CSV', { type: 'csv', text }, null],
  ['an image', { type: 'image', images: [stored] }, null],
  ['a video', { type: 'video', source: stored }, null],
  ['a sound in its address', { type: 'audio', source: { url: 'data:audio/wav;base64,UklGRg==' } }, null],
  ['an image of no site', { type: 'image', images: [{ url: 'file:///etc/passwd' }] }, null],
  ['a chart of Vega-Lite', { type: 'vega-lite', text }, null],
  ['an unknown type', { type: 'other', name: 'html5', text }, null],
  ['a problem', { type: 'problem', problem: 'It was too large.' }, null],
  ['HTML', { type: 'html', text }, 'HTML, which can run scripts'],
  ['a plot', { type: 'plotly', text }, 'A plot of Plotly, which runs scripts'],
  ['a site', { type: 'iframe', url: 'https://a.example/' }, 'A page of another site at https://a.example/'],
  [
    'a text elsewhere',
    { type: 'remote', shownAs: 'json', language: null, url: 'https://a.example/x' },
    'A text on another host at https://a.example/x',
  ],
  [
    'a video elsewhere',
    { type: 'video', source: { url: 'HTTPS://a.example/v' } },
    'A video on another host at HTTPS://a.example/v',
  ],
  [
    'a sound elsewhere',
    { type: 'audio', source: { url: 'http://a.example/s' } },
    'A sound on another host at http://a.example/s',
  ],
  [
    'one of two images',
    { type: 'image', images: [stored, { url: ' https://a.example/i' }] },
    'An image on another host at  https://a.example/i',
  ],
  [
    'two images',
    { type: 'image', images: [{ url: 'https://a.example/1' }, { url: 'https://b.example/2' }] },
    '2 images on other hosts',
  ],
])('of %s what runs scripts or asks other hosts is kept back', (_what, content, expected) => {
  const keptBack = findKeptBack(content);
  expect(
    keptBack && [keptBack.what, ...(keptBack.address === null ? [] : [keptBack.address])].join(' at '),
  ).toBe(expected);
});
