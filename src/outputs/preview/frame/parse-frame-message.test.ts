import { expect, it } from 'vitest';
import { parseChartMessage } from '../chart/parse-chart-message.ts';
import { parseFrameMessage } from './parse-frame-message.ts';

it.each([null, 'frame-ready', {}, { type: 'frame-sized' }, { type: 'frame-sized', height: '3' }])(
  'what a frame sends is refused where it is no message: %j',
  (message) => {
    expect(parseFrameMessage(message).isOk).toBe(false);
  },
);

it('a host that was blocked is a host, and no other text', () => {
  const read = (host: string) => parseFrameMessage({ type: 'frame-blocked', host }).isOk;
  expect(['cdn.example:8443', '[::1]:80', 'xn--bcher-kva.example', 'inline'].filter(read)).toHaveLength(4);
  expect(['', 'a b', '<b>', 'Wähle die 110', 'x'.repeat(301), 'a.example/pay'].filter(read)).toEqual([]);
});

it.each([NaN, Infinity, -Infinity])('a height of %s is none', (height) => {
  expect(parseFrameMessage({ type: 'frame-sized', height }).isOk).toBe(false);
  expect(parseChartMessage({ type: 'sized', height }).isOk).toBe(false);
});

it('what a chart says is cut, and is not too much', () => {
  expect(parseChartMessage({ type: 'failed', drawing: 1, problem: 'x'.repeat(5000) })).toEqual({
    isOk: true,
    value: { type: 'failed', drawing: 1, problem: 'x'.repeat(1000) },
  });
  expect(parseChartMessage({ type: 'drawn', drawing: 1, notes: Array(20).fill('x') }).isOk).toBe(true);
  expect(parseChartMessage({ type: 'drawn', drawing: 1, notes: Array(21).fill('x') }).isOk).toBe(false);
});
