// Longer than most files: each kind of chart whose rows are aggregated, compared with Vega itself.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from 'vega-lite';
import { loader as makeLoader, parse, View, Warn } from 'vega';
import type { ChartColumn, ChartRows } from '../../../model/chart/chart-data.ts';
import type { JsonObject } from '../../../model/chart/json-values.ts';
import { fitChart, planChart } from '../../../model/chart/plan-chart.ts';
import * as build from '../../testing/build-dataset.ts';
import { ArrowFile } from '../ArrowFile.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { summarise } from '../summarise.ts';
import { readChartRows } from './read-chart-rows.ts';

/**
 * Charts of rows that were aggregated beforehand are drawn by Vega beside those of all rows, and their marks compared: what
 * Vega does is the rule here.
 */

interface Row {
  readonly group: string | null;
  readonly kind: string | null;
  readonly amount: number | null;
  readonly size: bigint | null;
  readonly at: bigint | null;
}

const row: fc.Arbitrary<Row> = fc.record({
  group: fc.constantFrom('a', 'b', 'c.d', null),
  kind: fc.constantFrom('x', 'y', ''),
  amount: fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((sixteenths) => sixteenths / 16),
    fc.integer({ min: -20, max: 20 }),
    fc.constant(null),
  ),
  size: fc.bigInt({ min: 0n, max: 40n }),
  // Two years, in milliseconds.
  at: fc.bigInt({ min: 1_700_000_000_000n, max: 1_763_000_000_000n }),
});

function toTable(rows: readonly Row[]) {
  return build.dataset(
    build.string(
      'group',
      rows.map(({ group }) => group),
    ),
    build.string(
      'kind',
      rows.map(({ kind }) => kind),
    ),
    build.float64(
      'the amount',
      rows.map(({ amount }) => amount),
    ),
    build.string(
      'c.d',
      rows.map(({ kind }) => kind),
    ),
    build.int64(
      'size',
      rows.map(({ size }) => size),
    ),
    build.datetime(
      'at',
      rows.map(({ at }) => at),
      'ms',
      'UTC',
    ),
  );
}

async function open(rows: readonly Row[]) {
  return await ArrowFile.open(new Blob([writeArrowFile(toTable(rows))]));
}

/** The rows as Vega takes them. */
function toObjects({ rowCount, columns }: Pick<ChartRows, 'rowCount' | 'columns'>) {
  const read = (column: ChartColumn, index: number) =>
    column.kind === 'words'
      ? (column.words[column.codes[index] ?? -1] ?? null)
      : column.nulls?.[index]
        ? null
        : column.values[index];
  return Array.from({ length: rowCount }, (_, index) =>
    Object.fromEntries(columns.map((column) => [column.name, read(column, index)])),
  );
}

interface SceneItem {
  readonly items?: readonly SceneItem[];
  readonly role?: string;
  readonly [name: string]: unknown;
}

const compared = [
  'x',
  'y',
  'x2',
  'y2',
  'width',
  'height',
  'size',
  'fill',
  'stroke',
  'text',
  'startAngle',
  'endAngle',
];

/** What is seen of a chart: marks, axes and legends, with numbers rounded. */
async function drawMarks(specification: JsonObject, rows: readonly object[]): Promise<string[]> {
  const { spec } = compile({ ...specification, data: { name: 'data', values: rows } } as never, {
    // As the frame that draws charts says it.
    config: { countTitle: 'Count of rows' } as never,
    logger: quiet as never,
  });
  const view = new View(parse(spec), { loader: makeLoader(), logLevel: Warn, logger: quiet as never });
  await view.runAsync();
  const found: string[] = [];
  const walk = (item: SceneItem): void => {
    const seen = compared.flatMap((name) => {
      const value = item[name];
      if (typeof value === 'number') return [`${name} ${String(Math.round(value * 100) / 100 + 0)}`];
      return typeof value === 'string' ? [`${name} ${value}`] : [];
    });
    if (seen.length > 0 && item.items === undefined) found.push(seen.join(', '));
    for (const each of item.items ?? []) walk(each);
  };
  const { root } = view.scenegraph() as unknown as { readonly root: SceneItem };
  walk(root);
  view.finalize();
  return found.sort();
}

const quiet = (() => {
  const logger = {
    level: () => logger,
    error: () => logger,
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
})();

const amount = 'the amount';

const specifications: readonly (readonly [string, JsonObject])[] = [
  ['counts', { mark: 'bar', encoding: { x: { field: 'group' }, y: { aggregate: 'count' } } }],
  [
    'sums in stacks',
    {
      mark: 'bar',
      encoding: { x: { field: 'group' }, y: { field: amount, aggregate: 'sum' }, color: { field: 'kind' } },
    },
  ],
  [
    'normalized stacks',
    {
      mark: 'bar',
      encoding: {
        x: { field: 'group' },
        y: { field: 'size', aggregate: 'sum', stack: 'normalize' },
        color: { field: 'kind' },
      },
    },
  ],
  [
    'means beside one another',
    {
      mark: 'bar',
      encoding: {
        x: { field: 'group' },
        y: { field: amount, aggregate: 'mean' },
        xOffset: { field: 'kind' },
      },
    },
  ],
  [
    'medians',
    { mark: 'point', encoding: { y: { field: 'kind' }, x: { field: amount, aggregate: 'median' } } },
  ],
  [
    'deviations',
    { mark: 'point', encoding: { y: { field: 'kind' }, x: { field: amount, aggregate: 'stdev' } } },
  ],
  [
    'extremes as a span',
    {
      mark: 'rule',
      encoding: {
        x: { field: 'group' },
        y: { field: amount, aggregate: 'min' },
        y2: { field: amount, aggregate: 'max' },
      },
    },
  ],
  [
    'distinct and valid values',
    {
      mark: 'point',
      encoding: {
        x: { field: 'group' },
        y: { field: 'kind', aggregate: 'distinct' },
        size: { field: amount, aggregate: 'valid' },
      },
    },
  ],
  [
    'missing values',
    { mark: 'bar', encoding: { x: { field: 'kind' }, y: { field: amount, aggregate: 'missing' } } },
  ],
  ['a histogram', { mark: 'bar', encoding: { x: { field: amount, bin: true }, y: { aggregate: 'count' } } }],
  [
    'a histogram in colours',
    {
      mark: 'bar',
      encoding: {
        x: { field: 'size', bin: { maxbins: 7 } },
        y: { aggregate: 'count' },
        color: { field: 'kind' },
      },
    },
  ],
  [
    'bins of a width',
    { mark: 'bar', encoding: { x: { field: 'size', bin: { step: 3 } }, y: { aggregate: 'count' } } },
  ],
  [
    'a heat map',
    {
      mark: 'rect',
      encoding: {
        x: { field: 'size', bin: true },
        y: { field: 'group' },
        color: { field: amount, aggregate: 'mean' },
      },
    },
  ],
  [
    'months',
    {
      mark: 'line',
      encoding: {
        x: { field: 'at', timeUnit: 'yearmonth' },
        y: { field: amount, aggregate: 'mean' },
        color: { field: 'group' },
      },
    },
  ],
  [
    'weekdays and hours',
    {
      mark: 'rect',
      encoding: {
        x: { field: 'at', timeUnit: 'hours' },
        y: { field: 'at', timeUnit: 'day' },
        color: { aggregate: 'count' },
      },
    },
  ],
  [
    'quarters in UTC',
    {
      mark: 'bar',
      encoding: { x: { field: 'at', timeUnit: 'utcyearquarter' }, y: { field: 'size', aggregate: 'max' } },
    },
  ],
  [
    'weeks',
    { mark: 'line', encoding: { x: { field: 'at', timeUnit: 'yearweek' }, y: { aggregate: 'count' } } },
  ],
  [
    'days of the week and weeks of the year',
    {
      mark: 'rect',
      encoding: {
        x: { field: 'at', timeUnit: 'utcweek' },
        y: { field: 'at', timeUnit: 'weekday' },
        color: { aggregate: 'count' },
      },
    },
  ],
  [
    'days of the year',
    { mark: 'bar', encoding: { x: { field: 'at', timeUnit: 'dayofyear' }, y: { aggregate: 'count' } } },
  ],
  [
    'an order by count',
    { mark: 'bar', encoding: { x: { field: 'group', sort: '-y' }, y: { aggregate: 'count' } } },
  ],
  [
    'an order by another mean',
    {
      mark: 'bar',
      encoding: {
        y: { field: 'group', sort: { field: 'size', op: 'mean', order: 'descending' } },
        x: { aggregate: 'count' },
        color: { field: 'kind' },
      },
    },
  ],
  ['one group', { mark: 'point', encoding: { y: { field: amount, aggregate: 'sum' } } }],
  ['slices', { mark: 'arc', encoding: { theta: { aggregate: 'count' }, color: { field: 'kind' } } }],
  [
    'facets',
    { mark: 'bar', encoding: { row: { field: 'kind' }, x: { field: 'group' }, y: { aggregate: 'count' } } },
  ],
  [
    'conditions by names',
    {
      mark: 'bar',
      encoding: {
        x: { field: 'group' },
        y: { aggregate: 'count' },
        opacity: { condition: { test: "datum.group === 'a' || datum['kind'] == 'y'", value: 1 }, value: 0.5 },
        color: {
          condition: [
            {
              test: { or: [{ field: 'kind', equal: 'x' }, { not: { field: 'c\\.d', valid: true } }] },
              value: 'red',
            },
          ],
          field: 'kind',
        },
        detail: [{ field: 'c\\.d' }],
      },
    },
  ],
  [
    'a choice of bars, which have colours by a mean',
    {
      params: [{ name: 'chosen', select: 'point' }],
      mark: 'bar',
      encoding: {
        x: { field: 'group' },
        y: { field: amount, aggregate: 'sum' },
        color: {
          condition: { param: 'chosen', field: 'size', aggregate: 'mean' },
          value: 'grey',
        },
      },
    },
  ],
  [
    'titles of its own',
    {
      mark: 'bar',
      encoding: { x: { field: 'group', axis: { title: 'Groups' } }, y: { aggregate: 'count', title: null } },
    },
  ],
];

describe('rows that are aggregated before they are drawn give the chart of all rows', () => {
  test.each(specifications)('%s', async (_name, specification) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 40 }), async (rows) => {
        const table = await open(rows);
        const plan = planChart(specification, summarise(table).columns);
        expect(plan.aggregate).not.toBe(null);
        const query = plan.query ?? expect.unreachable();
        const all = await readChartRows(table, query);
        // As if so many rows were more than may be drawn.
        const few = await readChartRows(table, { ...query, mostRows: rows.length - 1 });
        // With as many groups as rows, rows are drawn.
        fc.pre(few.drawn === 'aggregate');
        const before = await drawMarks(plan.specification, toObjects(all));
        const after = await drawMarks(fitChart(plan, few), toObjects(few));
        expect(after).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
});

/** Values with far ends, some of which are the same. */
const spread: fc.Arbitrary<Row> = fc
  .tuple(row, fc.double({ min: 0.001, max: 1, noNaN: true }))
  .map(([each, share]): Row => ({
    ...each,
    amount: each.amount === null ? null : Math.round(Math.log(share) * 20) / share,
  }));

describe('boxes that are summarised before they are drawn are those of all rows', () => {
  const by = { x: { field: 'group' }, color: { field: 'kind' } };
  test.each<[string, JsonObject]>([
    ['with outliers', { mark: 'boxplot', encoding: { ...by, y: { field: amount } } }],
    ['of two lengths', { mark: { type: 'boxplot', extent: 2 }, encoding: { y: { field: amount } } }],
    [
      'to the ends',
      { mark: { type: 'boxplot', extent: 'min-max' }, encoding: { ...by, y: { field: amount } } },
    ],
    [
      'by months',
      {
        mark: 'boxplot',
        encoding: { x: { field: 'at', timeUnit: 'month', type: 'ordinal' }, y: { field: amount } },
      },
    ],
  ])('%s', async (_name, specification) => {
    await fc.assert(
      fc.asyncProperty(fc.array(spread, { minLength: 700, maxLength: 900 }), async (rows) => {
        const table = await open(rows);
        const plan = planChart(specification, summarise(table).columns);
        const query = plan.query ?? expect.unreachable();
        const all = await readChartRows(table, query);
        const few = await readChartRows(table, { ...query, mostRows: rows.length - 1 });
        fc.pre(few.drawn === 'boxes' && few.outliers.drawnCount === few.outliers.count);
        expect(few.rowCount).toBeLessThan(rows.length);
        const before = await drawMarks(plan.specification, toObjects(all));
        const after = await drawMarks(fitChart(plan, few), toObjects(few));
        expect(after).toEqual(before);
      }),
      { numRuns: 6, maxSkipsPerRun: 50 },
    );
  });
});
