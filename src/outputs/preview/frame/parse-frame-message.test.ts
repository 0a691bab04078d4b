import { expect, it } from 'vitest';
import { parseChartMessage } from '../chart/parse-chart-message.ts';
import { parseFrameMessage } from './parse-frame-message.ts';

it.each([null, 'frame-ready', {}, { type: 'frame-sized' }, { type: 'frame-sized', height: '3' }])(
  'what a frame sends is refused where it is no message: %j',
  (message) => {
    expect(parseFrameMessage(message).isOk).toBe(false);
  },
);

it.each([NaN, Infinity, -Infinity])('a height of %s is none', (height) => {
  expect(parseFrameMessage({ type: 'frame-sized', height }).isOk).toBe(false);
  expect(parseChartMessage({ type: 'sized', height }).isOk).toBe(false);
});

it('what a chart says is cut, and is not too much', () => {
  expect(parseChartMessage({ type: 'failed', problem: 'x'.repeat(5000) })).toEqual({
    isOk: true,
    value: { type: 'failed', problem: 'x'.repeat(1000) },
  });
  expect(parseChartMessage({ type: 'drawn', notes: Array(21).fill('x') }).isOk).toBe(false);
});
