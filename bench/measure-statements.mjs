// @ts-check
import { runBarePython, startBarePython } from './BareSite.mjs';
import { openWithScript } from './app-page.mjs';
import { addStatement, readDuration, runToRows } from './statement-cells.mjs';
import { describeSamples, median, toMilliseconds } from './statistics.mjs';

/** @typedef {import('./run.mjs').Bench} Bench */
/** @typedef {import('./run.mjs').BenchRow} BenchRow */

const rowCount = 100_000;

/** What a Statement does with the row that it gets, and what a Python without the app does with the same rows. */
const trivial = 'return [{"id": INPUT_DATA[0]["id"] + 1}]';
const bareTrivial = `async def statement(INPUT_DATA):
    ${trivial}

rows = [{"id": number} for number in range(${rowCount})]
out = []
for row in rows:
    try:
        statement([row]).send(None)
    except StopIteration as end:
        out += end.value
del rows, out`;

const wideFields = /** @type {const} */ ([
  ['id', 'integer'],
  ['count', 'integer'],
  ['price', 'number'],
  ['share', 'number'],
  ['name', 'string'],
  ['place', 'string'],
  ['note', 'string'],
  ['isNew', 'boolean'],
  ['isPaid', 'boolean'],
  ['size', 'integer'],
]);
const wide = `[
    {
        "id": number, "count": 7, "price": number / 4, "share": 0.5, "name": f"name {number}", "place": "Zürich",
        "note": "", "isNew": True, "isPaid": number % 2 == 0, "size": -number,
    }
    for number in range(${rowCount})
]`;

/**
 * Row by row, over a loop that calls the same body in a bare Python; what a job adds to a Statement that makes rows of ten
 * fields, which are checked and put into columns; and a million rows of a dataset, at once and one by one.
 * @param {Bench} bench
 * @returns {Promise<BenchRow[]>}
 */
export async function measureStatements(bench) {
  const { context, bare, rounds, serveApp } = bench;
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await startBarePython(barePage, []);
  const app = await openWithRows(bench, await serveApp(), rowCount);
  await addStatement(app, {
    title: 'Statement',
    source: trivial,
    fields: [['id', 'integer']],
    from: 'Data Generator → rows',
  });
  await addStatement(app, { title: 'Statement 2', source: `return ${wide}`, fields: wideFields });
  /** @type {Record<'rows' | 'bareRows' | 'wide' | 'bareWide', number[]>} */
  const samples = { rows: [], bareRows: [], wide: [], bareWide: [] };
  for (let round = 0; round < rounds; round += 1) {
    samples.bareRows.push((await runBarePython(barePage, bareTrivial)).elapsed);
    await runToRows(app, 'Statement');
    samples.rows.push(await readDuration(app, 'Statement'));
    samples.bareWide.push((await runBarePython(barePage, `rows = ${wide}\ndel rows`)).elapsed);
    await runToRows(app, 'Statement 2');
    samples.wide.push(await readDuration(app, 'Statement 2'));
  }
  await barePage.close();
  await app.close();
  const moreRows = median(samples.rows) - median(samples.bareRows);
  return [
    {
      what: '100,000 rows one by one through a trivial Statement, as its cell tells',
      measured: describeSamples(samples.rows),
      reference: describeSamples(samples.bareRows),
      ratio: `+ ${((moreRows * 1_000) / rowCount).toFixed(1)} µs a row`,
      aim: '≤ 20 µs a row more',
    },
    {
      what: '100,000 × 10 that a Statement returns, checked and put into columns, as its cell tells',
      measured: describeSamples(samples.wide),
      reference: describeSamples(samples.bareWide),
      ratio: `+ ${toMilliseconds(median(samples.wide) - median(samples.bareWide))}`,
      aim: '≤ 1,000 ms more',
    },
    ...(await measureMillion(bench)),
  ];
}

/**
 * A million rows of a dataset, from the press on Run to the first painted rows, and how much Python's memory grew by then.
 * @param {Bench} bench
 * @returns {Promise<BenchRow[]>}
 */
async function measureMillion(bench) {
  /** @type {BenchRow[]} */
  const rows = [];
  for (const isBulk of [true, false]) {
    /** @type {number[]} */
    const painted = [];
    /** @type {number[]} */
    const grown = [];
    for (let round = 0; round < bench.rounds; round += 1) {
      // A host of its own for each round: Python's memory never shrinks.
      const app = await openWithRows(bench, await bench.serveApp(), 1_000_000);
      await addStatement(app, {
        title: 'Statement',
        source: 'return [{"id": row["id"] + 1} for row in INPUT_DATA]',
        fields: [['id', 'integer']],
        from: 'Data Generator → rows',
        isBulk,
      });
      const before = await readMemory(app);
      painted.push((await runToRows(app, 'Statement')).painted);
      grown.push((await readMemory(app)) - before);
      await app.close();
    }
    rows.push({
      what: `1,000,000 rows of a dataset ${isBulk ? 'in bulk' : 'one by one'} from Run to first painted rows`,
      measured: describeSamples(painted),
      reference: `${(median(grown) / 1_000_000).toFixed(0)} MB more memory of Python`,
      ratio: '',
      aim: '',
    });
  }
  return rows;
}

/**
 * Opens a notebook of one Data Generator that has put out so many rows of one field.
 * @param {Bench} bench
 * @param {string} url
 * @param {number} count
 */
async function openWithRows({ context }, url, count) {
  const app = await openWithScript(
    context,
    url,
    `import numpy as np\nimport pandas as pd\nod_output.add_data("rows", pd.DataFrame({"id": np.arange(${count})}))`,
  );
  await runToRows(app, 'Data Generator');
  return app;
}

/**
 * Bytes of the memory that Python has.
 * @param {import('./app-page.mjs').Page} page
 */
async function readMemory(page) {
  // It is told when a job has ended, a moment after its rows are shown.
  await page.waitForTimeout(500);
  const meter = page.getByRole('meter', { name: 'Memory of Python' });
  return Number(await meter.getAttribute('value'));
}
