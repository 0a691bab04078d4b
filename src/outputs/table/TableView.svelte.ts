// Longer than most files: how the columns and rows of a table stand, which all its parts draw by.
import type { CellKind, IndexRange, TableSource } from '../../data/TableSource.ts';
import type { ColumnSummary, DatasetSummary } from '../../model/dataset.ts';
import { formatCount } from '../../ui/format.ts';
import { columnEdges } from '../../ui/virtual-window.ts';
import { createLayout, setWidth, shownColumns, type ColumnLayout } from './column-layout.ts';
import { columnWidths, type TextMeasure } from './column-widths.ts';
import { positionAfterKey, type CellPosition } from './grid-keys.ts';
import { haveSameColumns } from './query-edits.ts';
import type { ColumnsWindow } from './read-columns.ts';
import { TableScroll } from './TableScroll.svelte.ts';
import { isNumeric } from './type-label.ts';
import { WindowLoader } from './WindowLoader.ts';

/** How much more than is drawn a window takes in, so that not every scroll asks for another. */
const spareRows = 40;
const spareColumns = 4;
/** What is read first: rows to fill a screen, and columns whose widths are then taken from their values. */
const firstRowCount = 40;
const firstColumnCount = 200;
const fewestFirstRows = 20;
/** So much of what is seen may stay at the left; where more is pinned, the rest is scrolled. */
const pinnedShare = 0.6;

export interface ShownCell {
  readonly kind: CellKind;
  readonly text: string;
}

/** A column that is drawn, as all rows have it. */
export interface DrawnColumn {
  readonly place: number;
  readonly isPinned: boolean;
  readonly isNumeric: boolean;
  readonly isFloat: boolean;
  /** Where its cells stand in their row. */
  readonly style: string;
}

/** A rectangle of cells, by their places on the screen. */
export interface CellRange {
  readonly rows: IndexRange;
  readonly columns: IndexRange;
}

/** The state of one table on the screen. Columns are named by their places on the screen, where it is not said otherwise. */
export class TableView {
  readonly scroll = new TableScroll();
  /** The table on the screen; null until its first window, or why there is none, has arrived. */
  summary = $state.raw<DatasetSummary | null>(null);
  /** By their places in the table. */
  layout = $state.raw<ColumnLayout>(createLayout(0));
  active = $state.raw<CellPosition>({ row: 0, column: 0 });
  /** The other corner of what is selected; null where that is the active cell alone. */
  anchor = $state.raw<CellPosition | null>(null);
  /** Why rows could not be read. */
  problem = $state.raw<string | null>(null);
  #naturalWidths = $state.raw<readonly number[]>([]);
  #window = $state.raw<ColumnsWindow | null>(null);
  #source = $state.raw<TableSource | null>(null);
  #loader: WindowLoader | null = null;
  #opening: WindowLoader | null = null;

  /** The columns that are shown, from the left, by their places in the table. */
  readonly shown = $derived(shownColumns(this.layout));
  /** So many of them stay at the left. */
  readonly pinnedCount = $derived.by(() => {
    const room = (this.scroll.width - this.scroll.numberWidth) * pinnedShare;
    let width = 0;
    const end = this.shown.findIndex((column) => {
      width += this.widthOf(column);
      return !this.layout.pinned.has(column) || width > room;
    });
    return end === -1 ? this.shown.length : end;
  });
  /** The places of the columns that are drawn: those that stay, and those in view. */
  readonly drawn = $derived.by(() => {
    const { start, end } = this.scroll.columns;
    const scrolled = Array.from({ length: end - start }, (_, index) => this.pinnedCount + start + index);
    return [...Array.from({ length: this.pinnedCount }, (_, index) => index), ...scrolled].filter(
      (place) => place < this.shown.length,
    );
  });
  readonly drawnColumns: readonly DrawnColumn[] = $derived(
    this.drawn.flatMap((place) => {
      const column = this.columnAt(place);
      const width = this.widthOf(this.shown[place] ?? -1);
      const style = `left: ${String(this.leftOf(place))}px; width: ${String(width)}px`;
      const isPinned = place < this.pinnedCount;
      if (column === null) return [];
      return [{ place, isPinned, isNumeric: isNumeric(column), isFloat: column.type === 'float64', style }];
    }),
  );
  readonly selected: CellRange = $derived.by(() => {
    const { active, anchor } = this;
    const between = (one: number, other: number) => ({
      start: Math.min(one, other),
      end: Math.max(one, other) + 1,
    });
    return {
      rows: between(active.row, anchor?.row ?? active.row),
      columns: between(active.column, anchor?.column ?? active.column),
    };
  });

  /**
   * Shows another table. The one before stays on the screen until the first window of the new one is there; the place
   * scrolled to is kept, and where the columns are the same, how they are laid out. Returns what stops it.
   */
  show(source: TableSource, measure: () => TextMeasure): () => void {
    // Of columns that are laid out already no more is read at first than is drawn.
    const isLaidOut = this.#keepsLayout(source.summary) && this.drawn.length > 0;
    const { rows } = this.scroll;
    const count = isLaidOut ? Math.max(fewestFirstRows, rows.end - rows.start) : firstRowCount;
    const start = Math.max(0, Math.min(rows.start, source.summary.rowCount - count));
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
    const columns = isLaidOut
      ? this.drawn.flatMap((place) => this.shown[place] ?? [])
      : [...source.summary.columns.keys()].slice(0, firstColumnCount);
    this.#opening.want({ start, end: start + count }, columns);
    return () => {
      this.#opening?.stop();
    };
  }

  /** Lets go of the table. */
  stop(): void {
    this.#opening?.stop();
    this.#loader?.stop();
  }

  /** Ties what is drawn to how columns are laid out. */
  arrange(): void {
    const widths = this.shown.map((column) => this.widthOf(column));
    this.scroll.pinnedWidth = widths.slice(0, this.pinnedCount).reduce((sum, width) => sum + width, 0);
    this.scroll.edges = columnEdges(widths.slice(this.pinnedCount));
  }

  /** Reads what is drawn but not there yet. */
  load(): void {
    const { rows, columns } = this.scroll;
    if (this.#loader === null || rows.start === rows.end || this.drawn.length === 0) return;
    const needed = this.drawn.flatMap((place) => this.shown[place] ?? []);
    const window = this.#window;
    if (window !== null && holds(window.rows, rows) && needed.every((column) => window.cells.has(column)))
      return;
    const around = widen(columns, spareColumns);
    const spare = this.shown.slice(this.pinnedCount + around.start, this.pinnedCount + around.end);
    this.#loader.want(widen(rows, spareRows), [...new Set([...needed, ...spare])]);
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.problem = null;
    this.#window = null;
    this.load();
  }

  /** What is known of a column that is shown. */
  columnAt(place: number): ColumnSummary | null {
    return this.summary?.columns[this.shown[place] ?? -1] ?? null;
  }

  widthOf(column: number): number {
    return this.layout.widths.get(column) ?? this.#naturalWidths[column] ?? 0;
  }

  /** Where a column begins, from the left of the row. */
  leftOf(place: number): number {
    const { numberWidth, fixedWidth, edges } = this.scroll;
    if (place >= this.pinnedCount) return fixedWidth + (edges[place - this.pinnedCount] ?? 0);
    return this.shown.slice(0, place).reduce((left, column) => left + this.widthOf(column), numberWidth);
  }

  /** What is known of a cell now; null while it is on its way. */
  cell(row: number, place: number): ShownCell | null {
    if (this.#window === null) return null;
    const { rows, cells } = this.#window;
    const read = cells.get(this.shown[place] ?? -1);
    const text = read?.texts[row - rows.start];
    const kind = read?.kinds[row - rows.start];
    return text === undefined || kind === undefined ? null : { text, kind };
  }

  /** Where a row stands in the whole table, counted from 0; null while that is on its way. */
  rowNumber(row: number): number | null {
    return this.#window?.rowNumbers[row - this.#window.rows.start] ?? null;
  }

  /** The whole text of a cell. */
  async readCell({ row, column }: CellPosition): Promise<string> {
    return await this.#shownSource().readCell(row, this.shown[column] ?? -1);
  }

  /** Whether these are the rows on the screen. */
  isShowing(rows: TableSource | null): boolean {
    return this.summary !== null && this.#source === rows;
  }

  /** The rows on the screen. */
  get source(): TableSource | null {
    return this.#source;
  }

  /** Makes a cell the active one and brings it into view; what is selected reaches from where it began, or begins anew. */
  activate(position: CellPosition, isExtended = false): void {
    this.anchor = isExtended ? (this.anchor ?? this.active) : null;
    this.active = position;
    this.scroll.reveal({ row: position.row, column: position.column - this.pinnedCount });
  }

  selectAll(): void {
    if (this.summary === null || this.summary.rowCount === 0) return;
    this.anchor = { row: 0, column: 0 };
    this.active = { row: this.summary.rowCount - 1, column: this.shown.length - 1 };
  }

  /** Moves the active cell; returns whether the key was one that does. */
  moveBy(event: KeyboardEvent): boolean {
    if (this.summary === null || this.summary.rowCount === 0 || this.shown.length === 0) return false;
    const position = positionAfterKey(event, this.active, {
      rowCount: this.summary.rowCount,
      columnCount: this.shown.length,
      pageRowCount: this.scroll.pageRowCount,
    });
    if (position === null) return false;
    this.activate(position, event.shiftKey);
    return true;
  }

  /** Lays columns out anew; the active cell stays in its column, or goes to the nearest where that is hidden. */
  lay(layout: ColumnLayout): void {
    const column = this.shown[this.active.column];
    this.layout = layout;
    this.anchor = null;
    const place = column === undefined ? -1 : this.shown.indexOf(column);
    const nearest = Math.max(0, Math.min(this.active.column, this.shown.length - 1));
    this.active = { row: this.active.row, column: place === -1 ? nearest : place };
  }

  /** Makes a column wider or narrower, by its place in the table; null for as wide as its values. */
  resize(column: number, width: number | null): void {
    this.layout = setWidth(this.layout, column, width);
  }

  #shownSource(): TableSource {
    if (this.#source === null) throw new Error('The table is not there yet.');
    return this.#source;
  }

  #keepsLayout({ columns }: DatasetSummary): boolean {
    return this.summary !== null && haveSameColumns(this.summary.columns, columns);
  }

  #adopt(source: TableSource, window: ColumnsWindow | null, measure: TextMeasure): void {
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
    const widths = columnWidths(summary, window, measure);
    if (!this.#keepsLayout(summary)) {
      this.layout = createLayout(summary.columns.length);
      this.#naturalWidths = widths;
    } else if (this.summary?.rowCount === 0) this.#naturalWidths = widths;
    else {
      // While rows are sorted or run again no column gets narrower, and none is left too narrow for what has come.
      const isRead = (column: number) =>
        window !== null && window.rows.end > window.rows.start && window.cells.has(column);
      this.#naturalWidths = this.#naturalWidths.map((width, column) =>
        isRead(column) ? Math.max(width, widths[column] ?? 0) : width,
      );
    }
    this.#source = source;
    this.#window = window;
    this.problem = null;
    this.summary = summary;
    this.scroll.rowCount = summary.rowCount;
    this.scroll.numberWidth = Math.max(
      this.scroll.numberWidth,
      Math.ceil(measure.type(formatCount(summary.rowCount))) + 24,
    );
    this.arrange();
    this.scroll.hold();
    this.anchor = null;
    this.active = {
      row: Math.max(0, Math.min(this.active.row, summary.rowCount - 1)),
      column: Math.max(0, Math.min(this.active.column, this.shown.length - 1)),
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
