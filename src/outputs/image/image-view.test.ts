import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findStep, fitScale, panBy, placeImage, wholeImage, zoomAt, type ImageView } from './image-view.ts';

const stage = { width: 400, height: 200 };
const large = { width: 800, height: 800 };
const small = { width: 40, height: 20 };

describe('an image on its stage', () => {
  it('is seen whole at first, in the middle, and not above its own size', () => {
    expect(placeImage(wholeImage, stage, large)).toEqual({ x: 100, y: 0, width: 200, height: 200 });
    expect(placeImage(wholeImage, stage, small)).toEqual({ x: 180, y: 90, width: 40, height: 20 });
    expect(fitScale(stage, { width: 0, height: 0 })).toBe(1);
  });

  it('leaves no gap at its edges where it is larger', () => {
    const corner: ImageView = { scale: 1, middle: { x: 0, y: 1 } };
    expect(placeImage(corner, stage, large)).toEqual({ x: 0, y: -600, width: 800, height: 800 });
  });

  it('moves with the pointer, and not beyond its edges', () => {
    const middle: ImageView = { scale: 1, middle: { x: 0.5, y: 0.5 } };
    expect(placeImage(panBy(middle, { x: -50, y: 20 }, stage, large), stage, large)).toMatchObject({
      x: -250,
      y: -280,
    });
    const beyond = panBy(middle, { x: -5000, y: 5000 }, stage, large);
    expect(placeImage(beyond, stage, large)).toMatchObject({ x: -400, y: 0 });
    // The first step back is seen at once.
    expect(placeImage(panBy(beyond, { x: 10, y: 0 }, stage, large), stage, large)).toMatchObject({ x: -390 });
  });

  it('keeps what is under the pointer where it is while it grows, as long as it is larger than the stage', () => {
    const coordinate = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.double({ min: 1, max: 30, noNaN: true }),
        coordinate,
        coordinate,
        (x, y, scale, middleX, middleY) => {
          const point = { x: x * stage.width, y: y * stage.height };
          const view = { scale: 1, middle: { x: middleX, y: middleY } };
          const before = placeImage(view, stage, large);
          const after = placeImage(zoomAt(view, scale, point, stage, large), stage, large);
          expect((point.x - after.x) / after.width).toBeCloseTo((point.x - before.x) / before.width, 6);
          expect((point.y - after.y) / after.height).toBeCloseTo((point.y - before.y) / before.height, 6);
        },
      ),
    );
  });

  it('grows and shrinks within bounds, and by steps', () => {
    const point = { x: 0, y: 0 };
    expect(zoomAt(wholeImage, 1e9, point, stage, large).scale).toBe(32);
    expect(zoomAt(wholeImage, 0, point, stage, large).scale).toBe(0.02);
    expect([findStep(1, 1), findStep(0.3, -1), findStep(32, 1), findStep(0.05, -1)]).toEqual([
      2,
      0.25,
      null,
      null,
    ]);
  });
});
