/**
 * Which part of a very long or very wide thing is to be drawn. All lengths are CSS pixels, all ranges run from `start` up
 * to, not including, `end`.
 *
 * Browsers limit how high an element may be (some 17 million pixels in Firefox), so beyond `heightLimit` the element that
 * is scrolled is shorter than what it stands for. It then has three parts: at its top and bottom one of its pixels is one
 * pixel of the content, and between them one of its pixels stands for many. Wherever one is, scrolling by a little moves
 * the content by as much: an anchor says which position of the content belongs to which position of the element, and
 * only a jump, as of a dragged scroll bar, goes by proportion.
 */

export interface ScrollGeometry {
  /** Height of all rows together. */
  readonly contentHeight: number;
  /** Height of what is seen of them. */
  readonly viewHeight: number;
}

/** That the content's position `contentTop` is at the top of the view while the element is scrolled to `elementTop`. */
export interface ScrollAnchor {
  readonly elementTop: number;
  readonly contentTop: number;
}

export interface IndexSpan {
  readonly start: number;
  readonly end: number;
}

/** No scrolled element is made higher than this. */
export const heightLimit = 8_000_000;
/** The parts at the top and the bottom in which a pixel is a pixel. */
const endHeight = 1_000_000;
/** A move of more than this is a jump. A wheel moves by hundreds at a time, a scroll bar here by thousands. */
const localLimit = 4000;

export function elementHeight({ contentHeight }: ScrollGeometry): number {
  return Math.min(contentHeight, heightLimit);
}

export function lastContentTop({ contentHeight, viewHeight }: ScrollGeometry): number {
  return Math.max(0, contentHeight - viewHeight);
}

function lastElementTop(geometry: ScrollGeometry): number {
  return Math.max(0, elementHeight(geometry) - geometry.viewHeight);
}

/** Where the element is scrolled to for a position of the content. */
export function elementTopOf(geometry: ScrollGeometry, contentTop: number): number {
  return moveThroughParts(contentTop, lastContentTop(geometry), lastElementTop(geometry));
}

/** The position of the content that the element's scroll position stands for. */
export function contentTopOf(geometry: ScrollGeometry, elementTop: number): number {
  return moveThroughParts(elementTop, lastElementTop(geometry), lastContentTop(geometry));
}

function moveThroughParts(position: number, last: number, targetLast: number): number {
  const within = clamp(position, 0, last);
  if (last === targetLast || within <= endHeight) return within;
  const fromEnd = last - within;
  if (fromEnd <= endHeight) return targetLast - fromEnd;
  const scale = (targetLast - 2 * endHeight) / (last - 2 * endHeight);
  return endHeight + (within - endHeight) * scale;
}

/** The anchor after the element was scrolled to `elementTop`; its own `elementTop` is where the element should be. */
export function scrollTo(geometry: ScrollGeometry, anchor: ScrollAnchor, elementTop: number): ScrollAnchor {
  const distance = elementTop - anchor.elementTop;
  if (Math.abs(distance) > localLimit) {
    return { elementTop, contentTop: contentTopOf(geometry, elementTop) };
  }
  const contentTop = clamp(anchor.contentTop + distance, 0, lastContentTop(geometry));
  // The ends of the element belong to the ends of the content: who strays there is led back to where he is.
  const isAtEnd = elementTop <= endHeight || elementTop >= lastElementTop(geometry) - endHeight;
  return isAtEnd ? settle(geometry, { elementTop, contentTop }) : { elementTop, contentTop };
}

/** The anchor for the same content with the element where it belongs; to be taken once scrolling has come to rest. */
export function settle(geometry: ScrollGeometry, { contentTop }: ScrollAnchor): ScrollAnchor {
  return anchorAt(geometry, contentTop);
}

/** The anchor that shows a position of the content, or the nearest there is. */
export function anchorAt(geometry: ScrollGeometry, contentTop: number): ScrollAnchor {
  const within = clamp(contentTop, 0, lastContentTop(geometry));
  return { elementTop: elementTopOf(geometry, within), contentTop: within };
}

/** The rows to be drawn, `overscan` more at either side than are seen, never more than `limit`. */
export function rowsInView(
  { contentHeight, viewHeight }: ScrollGeometry,
  contentTop: number,
  rowHeight: number,
  overscan: number,
  limit: number,
): IndexSpan {
  const rowCount = Math.round(contentHeight / rowHeight);
  const first = Math.floor(contentTop / rowHeight);
  const end = Math.min(rowCount, Math.ceil((contentTop + viewHeight) / rowHeight) + overscan);
  const start = clamp(first - overscan, 0, rowCount);
  // A view too high for the limit is filled from its top.
  return end - start <= limit ? { start, end: Math.max(start, end) } : { start: first, end: first + limit };
}

/** Where each column begins, and after them where the last one ends. */
export function columnEdges(widths: readonly number[]): Float64Array {
  const edges = new Float64Array(widths.length + 1);
  widths.forEach((width, index) => {
    edges[index + 1] = (edges[index] ?? 0) + width;
  });
  return edges;
}

/** The columns to be drawn for a stretch of `viewWidth` from `left`, `overscan` more at either side. */
export function columnsInView(
  edges: Float64Array,
  left: number,
  viewWidth: number,
  overscan: number,
): IndexSpan {
  const count = edges.length - 1;
  const start = columnAt(edges, left);
  const end = columnAt(edges, left + Math.max(0, viewWidth - 1)) + 1;
  return { start: Math.max(0, start - overscan), end: Math.min(count, end + overscan) };
}

/** The last column that begins at `position` or before it; the first one where there is none. */
export function columnAt(edges: Float64Array, position: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

/** How far to scroll so that `start` to `end` is within the view, moving no further than needed. */
export function scrollIntoView(top: number, viewLength: number, start: number, end: number): number {
  if (start < top) return start;
  if (end > top + viewLength) return Math.max(0, Math.min(start, end - viewLength));
  return top;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
