import { expect, it } from 'vitest';
import { writeRawJson } from './raw-json.ts';

it('a record of any kind becomes one line of JSON, and what JSON has no word for is marked', () => {
  const text = writeRawJson({
    text: 'Größe\n\ud800',
    list: [1, -0, NaN, Infinity, null, undefined, 5n],
    date: new Date(5),
    bytes: new Uint8Array([1, 2, 255]).subarray(1),
    buffer: new Uint8Array([7]).buffer,
    blob: new Blob(['abc'], { type: 'text/plain' }),
    map: new Map([['a', { b: 1 }]]),
    set: new Set([1]),
    marked: { $: 1 },
    other: /x/,
  });
  expect(text).not.toContain('\n');
  expect(JSON.parse(text)).toEqual({
    text: 'Größe\n\ud800',
    list: [
      1,
      { $: { number: '-0' } },
      { $: { number: 'NaN' } },
      { $: { number: 'Infinity' } },
      null,
      { $: { undefined: true } },
      { $: { bigint: '5' } },
    ],
    date: { $: { date: 5 } },
    bytes: { $: { bytes: 'Av8=' } },
    buffer: { $: { bytes: 'Bw==' } },
    blob: { $: { blob: { byteSize: 3, mediaType: 'text/plain' } } },
    map: { $: { map: [['a', { b: 1 }]] } },
    set: { $: { set: [1] } },
    marked: { $: { object: { $: 1 } } },
    other: { $: { unknown: 'RegExp' } },
  });
});
