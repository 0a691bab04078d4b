import { expect, test } from 'vitest';
import type { ColumnsWindow } from './read-columns.ts';
import type { ColumnSummary } from '../../model/dataset.ts';
import { columnWidths } from './column-widths.ts';

/** Ten pixels a character. */
const measure = {
  cell: (text: string) => text.length * 10,
  name: (text: string) => text.length * 10,
  type: (text: string) => text.length * 10,
};

const column = (name: string, type: ColumnSummary['type'], timeZone: string | null = null) => ({
  name,
  type,
  timeZone,
});

function widthOf(summary: ColumnSummary, texts: readonly string[] | null): number | undefined {
  const window: ColumnsWindow | null =
    texts === null
      ? null
      : {
          rows: { start: 0, end: texts.length },
          rowNumbers: texts.map((_, row) => row),
          cells: new Map([[0, { texts, kinds: texts.map(() => 'text') }]]),
        };
  return columnWidths({ rowCount: 5, columns: [summary] }, window, measure)[0];
}

test.each<[string, ColumnSummary, string[] | null, number]>([
  ['its longest text', column('t', 'string'), ['a', 'twelve chars', 'bb'], 140],
  ['its name', column('a long name', 'bool'), ['True'], 130],
  ['its type', column('t', 'datetime', 'Europe/Berlin'), ['x'], 260],
  ['the words for an empty name', column('', 'bool'), ['True'], 110],
  ['no less than can be seen', column('t', 'bool'), ['1'], 72],
  ['no more than leaves room for others', column('t', 'string'), ['x'.repeat(1000)], 320],
  ['room for numbers to grow', column('n', 'int64'), ['1'], 104],
  ['its type where no text was read', column('t', 'nested'), null, 240],
  ['its type where there are no rows', column('t', 'string'), [], 200],
])('a column is as wide as %s', (_title, summary, texts, width) => {
  expect(widthOf(summary, texts)).toBe(width);
});

test('columns beyond those read first go by their type', () => {
  const window: ColumnsWindow = {
    rows: { start: 0, end: 1 },
    rowNumbers: [0],
    cells: new Map([[0, { texts: ['twelve chars'], kinds: ['text'] }]]),
  };

  const widths = columnWidths(
    { rowCount: 1, columns: [column('a', 'string'), column('b', 'string')] },
    window,
    measure,
  );

  expect(widths).toEqual([140, 200]);
});
