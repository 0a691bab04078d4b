import { describe, expect, it } from 'vitest';
import { drawArrow, drawLine } from './draw-line.ts';

describe('a line of the graph', () => {
  it('leaves and reaches its points level, and is straight where they are', () => {
    const points = [
      { x: 0, y: 10 },
      { x: 40, y: 30 },
      { x: 100, y: 30 },
    ];
    expect([drawLine(points), drawArrow(points)]).toEqual([
      'M0 10C20 10 20 30 40 30H100',
      'M93 26L100 30L93 34z',
    ]);
  });

  it('that leads back turns outside of its boxes', () => {
    const points = [
      { x: 100, y: 0 },
      { x: 0, y: 50 },
    ];
    expect(drawLine(points)).toBe('M100 0C160 0 -60 50 0 50');
  });
});
