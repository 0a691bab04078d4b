import { describe, expect, it } from 'vitest';
import { TableStore } from './TableStore.ts';

/** What the viewer shows of a CSV text: columns with their types, then the rows. */
async function show(text: string) {
  const store = new TableStore();
  const opened = await store.handle({ type: 'open-csv', requestId: 1, file: new Blob([text]) });
  if (opened.type !== 'table-opened') return opened;
  const { rowCount, columns } = opened.summary;
  const read = await store.handle({
    type: 'read-window',
    requestId: 2,
    tableId: opened.tableId,
    rows: { start: 0, end: rowCount },
    columns: { start: 0, end: columns.length },
  });
  if (read.type !== 'window-read') return read;
  const { cells } = read.window;
  return {
    columns: columns.map(({ name, type }) => `${name} ${type}`),
    rows: Array.from({ length: rowCount }, (_, row) =>
      cells.map(({ texts, kinds }) => (kinds[row] === 'null' ? null : texts[row])),
    ),
  };
}

describe('CSV', () => {
  it('is a table whose first line names the columns', async () => {
    expect(await show('city,people,share\nKöln,1087863,0.5\n"Aa, chen",,1.0\n')).toEqual({
      columns: ['city string', 'people int64', 'share float64'],
      rows: [
        ['Köln', '1087863', '0.5'],
        ['Aa, chen', null, '1.0'],
      ],
    });
  });

  it('loses no sign of what looks like a number', async () => {
    expect(await show('a,b,c,d\n007,1.50,-0,12345678901234567890\n8,2,0,1')).toEqual({
      columns: ['a string', 'b string', 'c string', 'd string'],
      rows: [
        ['007', '1.50', '-0', '12345678901234567890'],
        ['8', '2', '0', '1'],
      ],
    });
  });

  it('may be parted by semicolons or tabs, begin with a mark, and have lines within quotes', async () => {
    expect(await show('\ufeffa;b\r\n"x\ny";"say ""hi"""\r\n')).toEqual({
      columns: ['a string', 'b string'],
      rows: [['x\ny', 'say "hi"']],
    });
    expect(await show('a\tb\n1\t2\n')).toEqual({ columns: ['a int64', 'b int64'], rows: [['1', '2']] });
  });

  it('may have lines of different lengths', async () => {
    expect(await show('a,b\n1\n1,2,3\n')).toEqual({
      columns: ['a int64', 'b int64', ' int64'],
      rows: [
        ['1', null, null],
        ['1', '2', '3'],
      ],
    });
  });

  it('may be empty, or have names alone', async () => {
    expect(await show('')).toEqual({ columns: [], rows: [] });
    expect(await show('a,b\n')).toEqual({ columns: ['a string', 'b string'], rows: [] });
  });

  it('keeps texts whole where they are long and far from ASCII', async () => {
    const text = '😀é'.repeat(200);
    expect(await show(`t,u\n${text},x\n,y\n`)).toEqual({
      columns: ['t string', 'u string'],
      rows: [
        [text.slice(0, 500), 'x'],
        ['', 'y'],
      ],
    });
  });
});
