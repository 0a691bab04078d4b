import {
  anchorAt,
  columnEdges,
  columnsInView,
  elementHeight,
  rowsInView,
  scrollIntoView,
  scrollTo,
  settle,
  type ScrollAnchor,
  type ScrollGeometry,
} from '../../ui/virtual-window.ts';
import type { CellPosition } from './grid-keys.ts';

/** CSS pixels; the same as `--row-height`. */
export const rowHeight = 28;
const rowOverscan = 8;
const columnOverscan = 1;
/** Rows drawn at most. */
const rowLimit = 180;
/** Scrolling that pauses for this long has come to rest. */
const restMs = 150;

/** Where a table, or a long list, is scrolled to, and so what of it is to be drawn. */
export class TableScroll {
  rowCount = $state(0);
  edges = $state.raw(columnEdges([]));
  /** Width of the column of row numbers. */
  numberWidth = $state(0);
  /** Width of the columns that stay beside the row numbers. */
  pinnedWidth = $state(0);
  headHeight = $state(0);
  /** What the scrolled element shows, without scroll bars. */
  width = $state(0);
  height = $state(0);
  /** Height of the horizontal scroll bar where it takes room. */
  barHeight = $state(0);
  /** Whether it was scrolled just now. */
  isMoving = $state(false);

  #rowHeight = $state(rowHeight);
  #element: HTMLElement | null = null;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #anchor = $state.raw<ScrollAnchor>({ elementTop: 0, contentTop: 0 });
  #left = $state(0);

  readonly #geometry: ScrollGeometry = $derived({
    contentHeight: this.rowCount * this.#rowHeight,
    viewHeight: Math.max(0, this.height - this.headHeight),
  });
  /** Width of what stays at the left. */
  readonly fixedWidth = $derived(this.numberWidth + this.pinnedWidth);
  readonly rows = $derived(
    rowsInView(this.#geometry, this.#anchor.contentTop, this.#rowHeight, rowOverscan, rowLimit),
  );
  readonly columns = $derived(
    columnsInView(this.edges, this.#left, this.width - this.fixedWidth, columnOverscan),
  );
  /** Size of what is scrolled, without the header. */
  readonly contentHeight = $derived(elementHeight(this.#geometry));
  readonly contentWidth = $derived(this.fixedWidth + (this.edges.at(-1) ?? 0));
  /** Where the first drawn row stands, below the header. */
  readonly rowsTop = $derived(
    this.#anchor.elementTop - this.#anchor.contentTop + this.rows.start * this.#rowHeight,
  );
  /** The first row that is seen, be it in part. */
  readonly topRow = $derived(Math.floor(this.#anchor.contentTop / this.#rowHeight));
  /** Rows that a page key moves by: one less than are seen, so that one stays to be recognised. */
  readonly pageRowCount = $derived(Math.max(1, Math.floor(this.#geometry.viewHeight / this.#rowHeight) - 1));

  constructor(ownRowHeight = rowHeight) {
    this.#rowHeight = ownRowHeight;
  }

  /** How far it is scrolled to the right. */
  get left(): number {
    return this.#left;
  }

  /** Ties it to the element that is scrolled. */
  readonly attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const measure = () => {
      this.width = element.clientWidth;
      this.height = element.clientHeight;
      this.barHeight = element.offsetHeight - element.clientHeight;
    };
    const onScroll = () => {
      this.#follow(element);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    measure();
    return () => {
      clearTimeout(this.#restTimer);
      this.isMoving = false;
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      this.#element = null;
    };
  };

  /** Holds the place in the content, or the nearest there is, after the number of rows has changed. */
  hold(): void {
    this.#moveTo(anchorAt(this.#geometry, this.#anchor.contentTop));
  }

  /** Scrolls no further than is needed to see a cell whole; a column below 0 is one that stays in view. */
  reveal({ row, column }: CellPosition): void {
    this.revealRow(row);
    if (column < 0) return;
    const [start = 0, end = 0] = this.edges.subarray(column, column + 2);
    const left = scrollIntoView(this.#left, this.width - this.fixedWidth, start, end);
    if (this.#element !== null && left !== this.#left) {
      this.#element.scrollLeft = left;
      this.#left = this.#element.scrollLeft;
    }
  }

  /** Scrolls up or down no further than is needed to see a row. */
  revealRow(row: number): void {
    const { contentTop } = this.#anchor;
    const { viewHeight } = this.#geometry;
    const top = row * this.#rowHeight;
    this.#moveTo(
      anchorAt(this.#geometry, scrollIntoView(contentTop, viewHeight, top, top + this.#rowHeight)),
    );
  }

  /** Scrolls so that a row is the first that is seen. */
  showRow(row: number): void {
    this.#moveTo(anchorAt(this.#geometry, row * this.#rowHeight));
  }

  /** Scrolls to the last row. */
  showEnd(): void {
    this.#moveTo(anchorAt(this.#geometry, this.#geometry.contentHeight));
  }

  #follow(element: HTMLElement): void {
    this.#left = element.scrollLeft;
    this.#moveTo(scrollTo(this.#geometry, this.#anchor, element.scrollTop));
    this.isMoving = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.isMoving = false;
      this.#moveTo(settle(this.#geometry, this.#anchor));
    }, restMs);
  }

  #moveTo(anchor: ScrollAnchor): void {
    this.#anchor = anchor;
    if (this.#element === null || Math.abs(this.#element.scrollTop - anchor.elementTop) < 1) return;
    this.#element.scrollTop = anchor.elementTop;
    // Browsers round: what counts is where the element is, so that the next scroll is measured from there.
    this.#anchor = { elementTop: this.#element.scrollTop, contentTop: anchor.contentTop };
  }
}
