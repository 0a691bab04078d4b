import type { Point } from './graph-layout.ts';

/** How far a line that leads back leaves its boxes before it turns, in pixels. */
const turn = 60;
const arrow = { length: 7, half: 4 } as const;

/** The `d` of a path through the points, which it leaves and reaches level. */
export function drawLine(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  let from = first;
  const parts = [`M${first.x} ${first.y}`];
  for (const to of others) {
    const reach = to.x > from.x ? (to.x - from.x) / 2 : turn;
    parts.push(
      to.y === from.y && to.x > from.x
        ? `H${to.x}`
        : `C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`,
    );
    from = to;
  }
  return parts.join('');
}

/** The `d` of the arrowhead at the end of a line. */
export function drawArrow(points: readonly Point[]): string {
  const end = points.at(-1);
  if (!end) return '';
  return `M${end.x - arrow.length} ${end.y - arrow.half}L${end.x} ${end.y}L${end.x - arrow.length} ${end.y + arrow.half}z`;
}
