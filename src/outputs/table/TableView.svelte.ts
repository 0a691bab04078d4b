import type { CellKind, CellWindow, IndexRange, TableSource } from '../../data/TableSource.ts';
import type { DatasetSummary } from '../../model/dataset.ts';
import { formatCount } from '../../ui/format.ts';
import { columnEdges } from '../../ui/virtual-window.ts';
import { columnWidths, type TextMeasure } from './column-widths.ts';
import { positionAfterKey, type CellPosition } from './grid-keys.ts';
import { TableScroll } from './TableScroll.svelte.ts';
import { WindowLoader } from './WindowLoader.ts';

/** How much more than is drawn a window takes in, so that not every scroll asks for another. */
const spareRows = 40;
const spareColumns = 4;
/** What is read first: rows to fill a screen, and columns whose widths are then taken from their values. */
const firstRowCount = 60;
const firstColumnCount = 200;

export interface ShownCell {
  readonly kind: CellKind;
  readonly text: string;
}

/** The state of one table on the screen. */
export class TableView {
  readonly scroll = new TableScroll();
  /** The table on the screen; null until its first window, or why there is none, has arrived. */
  summary = $state.raw<DatasetSummary | null>(null);
  active = $state.raw<CellPosition>({ row: 0, column: 0 });
  /** Why rows could not be read. */
  problem = $state.raw<string | null>(null);
  #window = $state.raw<CellWindow | null>(null);
  #source: TableSource | null = null;
  #loader: WindowLoader | null = null;
  #opening: WindowLoader | null = null;

  /**
   * Shows another table. The one before stays on the screen until the first window of the new one is there, and the
   * place scrolled to is kept. Returns what stops it.
   */
  show(source: TableSource, measure: () => TextMeasure): () => void {
    const start = Math.max(0, Math.min(this.scroll.rows.start, source.summary.rowCount - firstRowCount));
    this.#opening?.stop();
    this.#opening = new WindowLoader(
      source,
      (window) => {
        this.#adopt(source, window, measure());
      },
      (problem) => {
        this.#adopt(source, null, measure());
        this.#fail(problem);
      },
    );
    this.#opening.want({ start, end: start + firstRowCount }, { start: 0, end: firstColumnCount });
    return () => {
      this.#opening?.stop();
    };
  }

  /** Lets go of the table. */
  stop(): void {
    this.#opening?.stop();
    this.#loader?.stop();
  }

  /** Reads what is drawn but not there yet. */
  load(): void {
    const { rows, columns } = this.scroll;
    if (this.#loader === null || rows.start === rows.end || columns.start === columns.end) return;
    if (this.#window !== null && holds(this.#window.rows, rows) && holds(this.#window.columns, columns))
      return;
    this.#loader.want(widen(rows, spareRows), widen(columns, spareColumns));
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.problem = null;
    this.#window = null;
    this.load();
  }

  /** What is known of a cell now; null while it is on its way. */
  cell(row: number, column: number): ShownCell | null {
    if (this.#window === null) return null;
    const { rows, columns, cells } = this.#window;
    const read = cells[column - columns.start];
    const text = read?.texts[row - rows.start];
    const kind = read?.kinds[row - rows.start];
    return text === undefined || kind === undefined ? null : { text, kind };
  }

  /** The whole text of a cell. */
  async readCell({ row, column }: CellPosition): Promise<string> {
    if (this.#source === null) throw new Error('The table is not there yet.');
    return await this.#source.readCell(row, column);
  }

  /** Makes a cell the active one and brings it into view. */
  activate(position: CellPosition): void {
    this.active = position;
    this.scroll.reveal(position);
  }

  /** Moves the active cell; returns whether the key was one that does. */
  moveBy(event: KeyboardEvent): boolean {
    if (this.summary === null || this.summary.rowCount === 0 || this.summary.columns.length === 0)
      return false;
    const position = positionAfterKey(event, this.active, {
      rowCount: this.summary.rowCount,
      columnCount: this.summary.columns.length,
      pageRowCount: this.scroll.pageRowCount,
    });
    if (position === null) return false;
    this.activate(position);
    return true;
  }

  #adopt(source: TableSource, window: CellWindow | null, measure: TextMeasure): void {
    const { summary } = source;
    this.#loader?.stop();
    this.#loader = new WindowLoader(
      source,
      (next) => {
        this.#window = next;
        this.problem = null;
      },
      (problem) => {
        this.#fail(problem);
      },
    );
    this.#source = source;
    this.#window = window;
    this.problem = null;
    this.summary = summary;
    this.scroll.rowCount = summary.rowCount;
    this.scroll.numberWidth = Math.ceil(measure.type(formatCount(summary.rowCount))) + 24;
    this.scroll.hold();
    this.scroll.edges = columnEdges(columnWidths(summary, window, measure));
    this.active = {
      row: Math.max(0, Math.min(this.active.row, summary.rowCount - 1)),
      column: Math.max(0, Math.min(this.active.column, summary.columns.length - 1)),
    };
  }

  #fail(problem: unknown): void {
    this.problem = problem instanceof Error ? problem.message : String(problem);
  }
}

function holds(outer: IndexRange, inner: IndexRange): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

function widen({ start, end }: IndexRange, by: number): IndexRange {
  return { start: Math.max(0, start - by), end: end + by };
}
