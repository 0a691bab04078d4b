import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createImportOptions, misfitWays, type ImportOptions } from '../../model/import-options.ts';
import { ownThread } from './worker/csv/PieceReaders.ts';
import { loadFile } from './worker/load-file.ts';
import { usualWindows, type WindowSizes } from './worker/read-file.ts';

/** What comes of a file: its rows, the report of those that are not among them, and what is told of them. */
async function load(file: File, options: ImportOptions, windows: WindowSizes): Promise<unknown> {
  const { table, rejected, emptied, ...told } = await loadFile(file, options, {
    windows,
    startReaders: () => ownThread,
    onProgress: (readBytes) => {
      expect(readBytes).toBeLessThanOrEqual(file.size);
    },
  });
  const arrow = tableFromIPC(new Uint8Array(await table.file.arrayBuffer()));
  const rows = arrow.toArray().map(String);
  const reports = { rejected: await rejected?.text(), emptied: await emptied?.text() };
  return { columns: table.summary.columns, rows, ...reports, ...told };
}

const windows = fc.record({
  chunk: fc.integer({ min: 1, max: 40 }),
  piece: fc.integer({ min: 1, max: 60 }),
  slice: fc.integer({ min: 1, max: 30 }),
});

const encodings = {
  'utf-8': (text: string) => new TextEncoder().encode(text),
  'utf-8 with a mark': (text: string) => new TextEncoder().encode(`\ufeff${text}`),
  'utf-16le': (text: string) => {
    const marked = `\ufeff${text}`;
    const units = Uint16Array.from({ length: marked.length }, (_, index) => marked.charCodeAt(index));
    return new Uint8Array(units.buffer);
  },
};

const encoding = fc.constantFrom('utf-8', 'utf-8 with a mark', 'utf-16le');

/** Fields and what is between them, broken as they may be. */
const csvText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(',', ',', '\n', '\r\n', '\r') },
      {
        weight: 3,
        arbitrary: fc.constantFrom('"é漢😀"', '"a\r\nb"', '"say ""x"""', '" "', '"x" ', '"x"y', '"'),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom('é', '漢字😀', '12', '-0.5', '2024-02-29', 'x"y', ' ', 'true'),
      },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((parts) => `a,b,c\n${parts.join('')}`);

/** Lines above the names of columns, and what may be said of values. */
const above = fc.constantFrom('', 'Títle 2024\n\n', '"A title\r\nof two lines",\r\n\r\n', 'sep=,\nT\n\n');
const rules = fc.record({
  misfitWay: fc.constantFrom(...misfitWays),
  missingMarks: fc.constantFrom([], ['x"y', 'É']),
  columns: fc.constantFrom([], [
    { name: 'a', type: 'int64', dayOrder: null },
    { name: 'c', type: 'date', dayOrder: null },
  ] as const),
});

it('the same table comes of a CSV file, whatever the sizes of what is read, handed over and parsed at once', async () => {
  const common = { ...createImportOptions('csv'), delimiter: ',', hasHeader: true };
  await fc.assert(
    fc.asyncProperty(csvText, above, rules, encoding, windows, async (text, title, said, encoded, sizes) => {
      const options = { ...common, ...said } as ImportOptions;
      const file = new File([encodings[encoded](title + text)], 'a.csv');
      expect(await load(file, options, sizes)).toEqual(await load(file, options, usualWindows));
    }),
    { numRuns: 1000 },
  );
});

const jsonValue = fc.constantFrom(1, -0.5, 'é漢😀', null, true, '\n', [1]);
const jsonLine = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'b', 'ключ'), jsonValue).map((row) => JSON.stringify(row)),
  fc.constantFrom('', ' ', '{"a":', '5', '[1, "😀"]', 'é'),
);

it('the same table comes of JSON Lines, whatever the size of what is read at once', async () => {
  const options = createImportOptions('json-lines');
  const lines = fc.array(jsonLine, { minLength: 1, maxLength: 12 });
  const lineEnd = fc.constantFrom('\n', '\r\n');
  await fc.assert(
    fc.asyncProperty(lines, lineEnd, encoding, windows, async (given, end, encoded, sizes) => {
      const file = new File([encodings[encoded](given.join(end))], 'a.jsonl');
      expect(await load(file, options, sizes)).toEqual(await load(file, options, usualWindows));
    }),
    { numRuns: 200 },
  );
});

it('no more of a CSV file is in memory at once than a few of its pieces, however slowly they are read', async () => {
  const sizes: WindowSizes = { chunk: 20_000, piece: 50_000, slice: 5_000 };
  const row = '1,"some text, quoted",2024-02-29\n';
  let furthest = 0;
  class WatchedFile extends File {
    override slice(start = 0, end = this.size, type?: string): Blob {
      // The head is looked at before, and places spread over the file.
      if (end - start === sizes.chunk) furthest = Math.max(furthest, end);
      return super.slice(start, end, type);
    }
  }
  const file = new WatchedFile(['a,b,c\n', row.repeat(200_000)], 'a.csv');
  const count = 3;
  let reading = 0;
  let doneBytes = 0;
  let mostReading = 0;
  let mostAhead = 0;
  const { table } = await loadFile(file, createImportOptions('csv'), {
    windows: sizes,
    onProgress: () => undefined,
    startReaders: () => ({
      count,
      read: async (task) => {
        reading += 1;
        mostReading = Math.max(mostReading, reading);
        mostAhead = Math.max(mostAhead, furthest - doneBytes);
        const byteSize = task.bytes.length;
        await new Promise((resolve) => setTimeout(resolve));
        const piece = await ownThread.read(task);
        reading -= 1;
        doneBytes += byteSize;
        return piece;
      },
      dispose: () => undefined,
    }),
  });
  expect(table.summary.rowCount).toBe(200_000);
  expect(mostReading).toBe(count);
  expect(mostAhead).toBeLessThan((count + 1) * (sizes.piece + sizes.chunk) + 2 * sizes.chunk);
});
