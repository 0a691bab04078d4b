import { expect, it } from 'vitest';
import { writeRawJson } from './raw-json.ts';
import { readRawJson } from './read-raw-json.ts';

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

it('what was written is read back as it was', () => {
  const record = {
    text: 'Größe\n\ud800',
    list: [1, -0, NaN, -Infinity, null, undefined, 5n, new Date(5), new Date(NaN)],
    bytes: new Uint8Array([1, 2, 255]),
    map: new Map([['a', { b: new Set([1]) }]]),
    marked: { $: { $: 1 }, other: 2 },
  };
  expect(readRawJson(JSON.parse(writeRawJson(record)))).toEqual({ isOk: true, value: record });
});

it('what nobody wrote is told', () => {
  const problems = [
    { $: 1 },
    { $: {}, a: 1 },
    { $: { number: 5 } },
    { $: { bigint: '1e9' } },
    { $: { date: 'today' } },
    { $: { bytes: '*' } },
    { $: { map: [[1, 2, 3]] } },
    { $: { object: [] } },
    { $: { blob: { byteSize: 3 } } },
    { $: { other: 1 } },
  ].map((json) => {
    const read = readRawJson({ a: [json] });
    return read.isOk ? null : read.problem;
  });
  expect(problems).toEqual([
    'it holds a mark that is none',
    'it holds “$” beside other names',
    'it holds a number that is none',
    'it holds a mark “bigint” that is none',
    'it holds a mark “date” that is none',
    'it holds bytes that are none',
    'it holds a map that is none',
    'it holds a mark “object” that is none',
    'it holds something that is only named',
    'it holds a mark “other” that is none',
  ]);
});
