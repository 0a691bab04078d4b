import type { ColumnSummary, DatasetSummary } from '../../model/dataset.ts';
import { shortFloat } from './cell-text.ts';
import type { ColumnsWindow } from './read-columns.ts';
import { isNumeric, typeLabel } from './type-label.ts';

/** Widths in CSS pixels. */
const narrowest = 72;
const widest = 320;
/** Room at both sides of a cell, and a little for digits that are wider when lined up. */
const padding = 20;
/** How many of a column's longest texts are measured: the widest is among them nearly always. */
const measuredTexts = 3;

/** The width of a text in CSS pixels. */
export interface TextMeasure {
  cell(text: string): number;
  name(text: string): number;
  type(text: string): number;
}

/** Widths that a column of values not seen yet is given, by its type; a column of numbers is never narrower. */
const unseenWidths: Record<ColumnSummary['type'], number> = {
  null: 72,
  bool: 72,
  int64: 104,
  uint64: 104,
  float64: 120,
  date: 104,
  datetime: 216,
  string: 200,
  integer: 104,
  mixed: 160,
  nested: 240,
};

/** How wide each column is drawn, from its header and those of its texts that were read first. */
export function columnWidths(
  summary: DatasetSummary,
  first: ColumnsWindow | null,
  measure: TextMeasure,
): number[] {
  return summary.columns.map((column, index) => {
    const read = first?.cells.get(index)?.texts;
    const texts = column.type === 'float64' ? read?.map(shortFloat) : read;
    const header = Math.max(measure.name(shownName(column)), measure.type(typeLabel(column))) + padding;
    const values =
      texts === undefined || texts.length === 0
        ? unseenWidths[column.type]
        : Math.max(...longest(texts).map(measure.cell)) +
          padding +
          roomToCount(column, summary, texts, measure);
    // Numbers grow down the rows, and half a number is worse than none.
    const least = isNumeric(column) ? unseenWidths[column.type] : narrowest;
    return Math.round(Math.min(widest, Math.max(least, header, values)));
  });
}

/** Texts that end in numbers, as in `product 9`, have longer ones further down. */
function roomToCount(
  { type }: ColumnSummary,
  { rowCount }: DatasetSummary,
  texts: readonly string[],
  measure: TextMeasure,
): number {
  if (type !== 'string' || rowCount <= texts.length) return 0;
  const digits = Math.max(...texts.map((text) => /(?:^|\D)(\d{1,7})$/.exec(text)?.[1]?.length ?? 0));
  return digits === 0 ? 0 : measure.cell('0'.repeat(Math.max(0, String(rowCount).length - digits)));
}

/** The name in a column's header: one that is empty is said to be so. */
export function shownName({ name }: ColumnSummary): string {
  return name === '' ? '(no name)' : name;
}

function longest(texts: readonly string[]): string[] {
  return [...texts].sort((one, other) => other.length - one.length).slice(0, measuredTexts);
}

/** Measures with the fonts that an element has now. */
export function measureWith(element: HTMLElement): TextMeasure {
  const context = document.createElement('canvas').getContext('2d');
  const { fontFamily, fontSize } = getComputedStyle(element);
  const smallSize = getComputedStyle(element).getPropertyValue('--size-small') || '12px';
  const widthIn = (font: string) => (text: string) => {
    if (context === null) return text.length * 8;
    context.font = font;
    // A text far wider than the widest column need not be measured to its end.
    return context.measureText(text.slice(0, 100)).width;
  };
  return {
    cell: widthIn(`${fontSize} ${fontFamily}`),
    name: widthIn(`600 ${fontSize} ${fontFamily}`),
    type: widthIn(`${smallSize} ${fontFamily}`),
  };
}
