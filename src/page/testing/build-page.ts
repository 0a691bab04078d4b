import type { PageContent } from '../page-content.ts';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A page for tests with something of everything that a page shows. */
export function buildPage(partial: Partial<PageContent> = {}): PageContent {
  return {
    title: 'Sales',
    cells: [
      {
        title: 'About',
        kind: 'note',
        state: null,
        ranAt: null,
        source: null,
        parts: [{ type: 'markdown', html: '<h2>Sales of March</h2><p>All of <em>them</em>.</p>' }],
      },
      {
        title: 'Count',
        kind: 'data-generator',
        state: 'done',
        ranAt: Date.UTC(2026, 2, 1, 9, 30),
        source: { language: 'python', text: 'total = 1 < 2  # fine\nprint("total")' },
        parts: [
          { type: 'heading', text: 'Result table' },
          {
            type: 'table',
            label: 'out',
            columns: [
              { name: 'city', isNumeric: false },
              { name: 'amount', isNumeric: true },
            ],
            rows: [
              [
                { text: 'Bonn', kind: 'text' },
                { text: '1,200', kind: 'number' },
              ],
              [
                { text: 'null', kind: 'null' },
                { text: 'NaN', kind: 'nan' },
              ],
            ],
            rowCount: 12_345,
            columnCount: 2,
          },
          { type: 'heading', text: 'Images' },
          {
            type: 'image',
            name: 'plot',
            alt: 'Sales by city',
            image: { mediaType: 'image/png', base64: pixel },
            width: 320.4,
          },
          {
            type: 'log',
            lines: [
              { stream: 'stdout', text: 'total' },
              { stream: 'warning', text: 'It is late' },
            ],
            leftOut: 3,
          },
        ],
      },
      {
        title: 'Show',
        kind: 'scriptlet',
        state: 'failed',
        ranAt: null,
        source: { language: 'python', text: 'def main(params):\n    return 1 / 0\n' },
        parts: [
          {
            type: 'error',
            title: 'ZeroDivisionError: division by zero',
            line: 2,
            traceback: 'Traceback (most recent call last):\n  …',
          },
          { type: 'heading', text: 'Previews' },
          {
            type: 'text',
            label: 'JSON',
            language: 'json',
            text: '{"a": 1}',
            cut: 'The rest of 3.0 MB is left out.',
          },
          { type: 'document', label: 'HTML', html: '<b onclick="alert(1)">bold</b>' },
          { type: 'address', label: 'Site', url: 'https://a.example/?a=1&b=2' },
          { type: 'remark', text: 'The video is not shown in a page.' },
        ],
      },
    ],
    siteUrl: 'https://cahier.example/',
    address: 'https://cahier.example/#notebook=1.abc',
    file: null,
    appVersion: '0.1.0',
    ...partial,
  };
}
