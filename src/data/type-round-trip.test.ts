// Longer than most: what a table may hold, beside the ways that it goes.
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initSync } from 'parquet-wasm/esm';
import { loadPyodide } from 'pyodide';
import { beforeAll, expect, test } from 'vitest';
import type { ImportOptions } from '../model/import-options.ts';
import { importFile } from './import/testing/import-file.ts';
import { FakeTableWorker } from './testing/FakeTableWorker.ts';
import * as build from './testing/build-dataset.ts';
import { TableEngine } from './TableEngine.ts';
import type { ColumnBuffers, ColumnType, DatasetBuffers, TimeUnit } from '../model/dataset.ts';

/** Long enough for Python to start beside other tests. */
const startTime = 180_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const wheelFolder =
  process.env['CAHIER_WHEEL_CACHE'] ?? join(root, 'node_modules', '.cache', 'cahier', 'wheels');

type Value = bigint | number | string | boolean | null;

/** A column as values that can be compared: whole numbers, moments and days as bigint, -0 and NaN told apart. */
interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly timeUnit: TimeUnit | null;
  readonly timeZone: string | null;
  readonly values: readonly Value[];
}

interface PythonFrames {
  /** Makes a DataFrame of a table and gives the table that this comes to. */
  readonly pass: (dataset: DatasetBuffers) => DatasetBuffers;
}

async function startPython(): Promise<PythonFrames> {
  if (!existsSync(wheelFolder)) throw new Error(`${wheelFolder} has no wheels. Run: npm run wheels`);
  const pyodide = await loadPyodide({
    packageCacheDir: wheelFolder,
    env: { HOME: '/home/pyodide', PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: '/sdk' },
  });
  pyodide.mountNodeFS('/sdk', join(root, 'python', 'src'));
  await pyodide.loadPackage(['numpy', 'pandas'], { messageCallback: () => undefined });
  const pass = pyodide.runPython(`
from js import Object
from pyodide.ffi import jsnull, to_js
from cahier.datasets import dataset_payload
from cahier.frame_reading import frame_from_dataset

def replaced(value, old, new):
    """A null of the page is not None."""
    if isinstance(value, dict):
        return {key: replaced(part, old, new) for key, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, old, new) for part in value]
    return new if value is old else value

def keep(buffer):
    return to_js(bytes(memoryview(buffer).cast("B"))) if len(buffer) else to_js(b"")

def round_trip(dataset):
    frame = frame_from_dataset(replaced(dataset.to_py(), jsnull, None))
    payload = replaced(dataset_payload(frame, keep), None, jsnull)
    return to_js(payload, dict_converter=Object.fromEntries)

round_trip
`) as PythonFrames['pass'];
  return { pass };
}

function decode(column: ColumnBuffers): Column {
  const { name, type, length, timeUnit, timeZone, validity } = column;
  const isNull = (row: number): boolean =>
    validity !== null && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0;
  const values = column.values?.slice().buffer ?? new ArrayBuffer(0);
  const offsets = new Int32Array(column.offsets?.slice().buffer ?? new ArrayBuffer(0));
  const read = (row: number): Value => {
    switch (type) {
      case 'null':
        return null;
      case 'bool':
        return ((column.values?.[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
      case 'int64':
      case 'datetime':
        return new BigInt64Array(values)[row] ?? null;
      case 'uint64':
        return new BigUint64Array(values)[row] ?? null;
      case 'float64':
        return new Float64Array(values)[row] ?? null;
      case 'date':
        return BigInt(new Int32Array(values)[row] ?? 0);
      case 'string':
      case 'integer':
        return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          values.slice(offsets[row], offsets[row + 1]),
        );
      case 'mixed': {
        const child = column.children[column.values?.[row] ?? 0];
        return child ? (decode(child).values[offsets[row] ?? 0] ?? null) : null;
      }
    }
  };
  return {
    name,
    type,
    timeUnit,
    timeZone,
    values: Array.from({ length }, (_, row) => (isNull(row) ? null : read(row))),
  };
}

const names = fc.string({ unit: 'binary', maxLength: 8 });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const zones = fc.constantFrom(null, 'UTC', 'Europe/Berlin', '+02:00', 'America/New_York');
/** Within what each unit can count of the years that pandas knows. */
const moment: Readonly<Record<TimeUnit, fc.Arbitrary<bigint>>> = {
  s: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
  ms: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
  us: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
  ns: fc.bigInt({ min: -(9n * 10n ** 18n), max: 9n * 10n ** 18n }),
};

function list<T>(value: fc.Arbitrary<T>, length: number): fc.Arbitrary<(T | null)[]> {
  const filled = fc.array<T | null>(value, { minLength: length, maxLength: length });
  return fc.oneof(filled, fc.array(fc.option(value), { minLength: length, maxLength: length }));
}

function columnOf(length: number): fc.Arbitrary<ColumnBuffers> {
  const of = <T>(value: fc.Arbitrary<T>, make: (name: string, values: (T | null)[]) => ColumnBuffers) =>
    fc.tuple(names, list(value, length)).map(([name, values]) => make(name, values));
  const double = fc.double();
  return fc.oneof(
    of(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), build.int64),
    of(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), build.uint64),
    of(double, build.float64),
    of(fc.boolean(), build.bool),
    of(fc.integer({ min: -700_000, max: 2_900_000 }), build.date),
    of(text, build.string),
    of(fc.bigInt({ min: 2n ** 64n, max: 10n ** 40n }).map(String), build.integer),
    fc
      .tuple(fc.constantFrom('s', 'ms', 'us', 'ns'), zones)
      .chain(([unit, zone]) => of(moment[unit], (name, values) => build.datetime(name, values, unit, zone))),
    names.map((name) => build.nothing(name, length)),
  );
}

const table = fc
  .nat({ max: 12 })
  .chain((length) => fc.array(columnOf(length), { minLength: 1, maxLength: 6 }))
  .map((columns): DatasetBuffers => build.dataset(...columns));

/** Those whose values are Python's own in a DataFrame, where only values tell of what type a column is. */
const objectTypes: readonly ColumnType[] = ['string', 'date', 'integer'];

/** What a column comes to on its way through pandas, where it is another than before. */
function expectAfterPandas(column: Column): Column {
  const { type, values } = column;
  const isEmpty = values.every((value) => value === null);
  if (objectTypes.includes(type) && isEmpty) return { ...column, type: 'null' };
  // Whole numbers without a sign are such only where one of them needs it.
  const isLarge = (value: Value): boolean => typeof value === 'bigint' && value >= 2n ** 63n;
  if (type === 'uint64' && !values.some(isLarge)) return { ...column, type: 'int64' };
  // A float64 of pandas has no nulls: NaN stands for them, unless a column has both.
  if (type === 'float64' && !values.some(Number.isNaN)) {
    return { ...column, values: values.map((value) => value ?? NaN) };
  }
  return column;
}

let python: PythonFrames;

beforeAll(async () => {
  const parquet = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  initSync({ module: readFileSync(parquet) });
  python = await startPython();
}, startTime);

const engine = new TableEngine(() => new FakeTableWorker());

async function store(buffers: DatasetBuffers): Promise<DatasetBuffers> {
  const { file, table: opened } = await engine.importDataset(buffers);
  opened.close();
  return await engine.exportDataset(file);
}

/** Exports a table to a file, and imports that; its buffers are given away. */
async function passFile(buffers: DatasetBuffers, format: 'csv' | 'parquet'): Promise<DatasetBuffers> {
  const { table: opened } = await engine.importDataset(buffers);
  const columns = opened.summary.columns.map((_, index) => index);
  const file = await opened.exportFile({ format, columns, rows: null, hasHeader: true });
  opened.close();
  const says = (options: ImportOptions): ImportOptions =>
    options.format === 'csv' ? { ...options, delimiter: ',', hasHeader: true } : options;
  const { content } = await importFile(new File([file], `table.${format}`), says);
  return await engine.exportDataset(content);
}

test(
  'tables go through the table worker and pandas, and come back with their values and types',
  async () => {
    await fc.assert(
      fc.asyncProperty(table, async (made) => {
        const before = made.columns.map(decode);
        // Its buffers are given away, and the table may be needed for a smaller one.
        const handed = await store(structuredClone(made));
        expect(handed.columns.map(decode)).toEqual(before);
        const after = await store(python.pass(handed));
        expect(after.columns.map(decode)).toEqual(before.map(expectAfterPandas));
      }),
      { numRuns: 200 },
    );
  },
  startTime,
);

/** Texts that read as nothing else, with all that CSV has a meaning for. */
const plainText = fc
  .string({ unit: fc.constantFrom(...'ab é漢😀"\',;|\t\n\r.-1 x'), maxLength: 8 })
  .map((value) => `${value}t`);

/** Of the years from 1 to 9999, in microseconds, and not a midnight. */
const writtenMoment = fc
  .bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_000_000n })
  .map((value) => (value % 86_400_000_000n === 0n ? value + 1n : value));

/** A table as CSV can tell it: each column has a name of its own, and a type that its texts show. */
const writtenTable = fc.integer({ min: 1, max: 8 }).chain((length) => {
  const of = <T>(value: fc.Arbitrary<T>, make: (name: string, values: (T | null)[]) => ColumnBuffers) =>
    list(value, length).map((values) => (name: string) => make(name, values));
  const zone = fc.constantFrom(null, 'UTC');
  const column = fc.oneof(
    of(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), build.int64),
    of(fc.double({ noNaN: true }), build.float64),
    of(fc.boolean(), build.bool),
    of(fc.integer({ min: -719_162, max: 2_932_896 }), build.date),
    of(plainText, build.string),
    zone.chain((timeZone) =>
      of(writtenMoment, (name, values) => build.datetime(name, values, 'us', timeZone)),
    ),
  );
  // A line without anything in it is no row: the first column tells the rows apart.
  const first = build.int64(
    'row',
    Array.from({ length }, (_, row) => BigInt(row)),
  );
  return fc
    .array(column, { minLength: 1, maxLength: 5 })
    .map((made) => build.dataset(first, ...made.map((make, index) => make(`c${String(index)}`))));
});

test(
  'tables go through a CSV file and pandas, and come back with their values and types',
  async () => {
    await fc.assert(
      fc.asyncProperty(writtenTable, async (made) => {
        const written = made.columns.map(decode).map((column) => {
          // Nothing tells of what type a column without values is.
          const isEmpty = column.values.every((value) => value === null);
          return isEmpty ? { ...column, type: 'string', timeUnit: null, timeZone: null } : column;
        });
        const read = await passFile(structuredClone(made), 'csv');
        expect(read.columns.map(decode)).toEqual(written);
        const after = await passFile(python.pass(read), 'csv');
        expect(after.columns.map(decode)).toEqual(written);
      }),
      { numRuns: 100 },
    );
  },
  startTime,
);

test(
  'tables go through a Parquet file and pandas, and come back with their values and types',
  async () => {
    const named = table.map(({ rowCount, columns }) => ({
      rowCount,
      columns: columns.map((column, index) => ({ ...column, name: `c${String(index)}` })),
    }));
    await fc.assert(
      fc.asyncProperty(named, async (made) => {
        const before = made.columns.map(decode);
        const read = await passFile(structuredClone(made), 'parquet');
        expect(read.columns.map(decode)).toEqual(before);
        const after = await passFile(python.pass(read), 'parquet');
        expect(after.columns.map(decode)).toEqual(before.map(expectAfterPandas));
      }),
      { numRuns: 100 },
    );
  },
  startTime,
);
