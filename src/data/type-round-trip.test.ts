import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';
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

test(
  'tables go through the table worker and pandas, and come back with their values and types',
  { timeout: startTime },
  async () => {
    const engine = new TableEngine(() => new FakeTableWorker());
    const { pass } = await startPython();
    const store = async (buffers: DatasetBuffers): Promise<DatasetBuffers> => {
      const { file, table: opened } = await engine.importDataset(buffers);
      opened.close();
      return await engine.exportDataset(file);
    };
    await fc.assert(
      fc.asyncProperty(table, async (made) => {
        const before = made.columns.map(decode);
        // Its buffers are given away, and the table may be needed for a smaller one.
        const handed = await store(structuredClone(made));
        expect(handed.columns.map(decode)).toEqual(before);
        const after = await store(pass(handed));
        expect(after.columns.map(decode)).toEqual(before.map(expectAfterPandas));
      }),
      { numRuns: 200 },
    );
  },
);
