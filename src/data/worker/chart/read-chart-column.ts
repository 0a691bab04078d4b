import { DataType, type Data, type Field } from 'apache-arrow';
import type { ChartColumn } from '../../../model/chart/chart-data.ts';
import { typeKey } from '../arrow-fields.ts';
import { hasBit } from '../bits.ts';
import { createCellReader } from '../read-cells.ts';
import type { Pauses } from '../query/run.ts';
import type { TableColumns } from '../table-columns.ts';
import { createNumberReader } from './read-chart-numbers.ts';
import { TextCodes } from './TextCodes.ts';

/** Rows of a column that were read, into the arrays of all of them. */
type PieceReader = (data: Data, start: number) => void;

interface Collector {
  readonly read: PieceReader;
  readonly finish: () => ChartColumn;
}

/**
 * A column as a chart reads it: numbers and times as doubles, all else as words. Other requests are answered between its
 * batches. Rejects with an Error that says what is wrong with the file.
 */
export async function readChartColumn(
  table: TableColumns,
  column: number,
  pauses: Pauses,
): Promise<ChartColumn> {
  const field = table.schema.fields[column];
  if (!field) throw new Error(`There is no column ${String(column + 1)}.`);
  const collector = createCollector(field, table.rowCount);
  for (const [batch, { start }] of table.batches.entries()) {
    await pauses.take();
    collector.read(await table.readColumn(column, batch), start);
  }
  return collector.finish();
}

function createCollector(field: Field, rowCount: number): Collector {
  const { type } = field;
  const valueType = DataType.isDictionary(type) ? type.dictionary : type;
  if (DataType.isBool(valueType)) return collectTruths(field, rowCount);
  const isNumeric =
    DataType.isInt(valueType) ||
    DataType.isFloat(valueType) ||
    DataType.isDecimal(valueType) ||
    DataType.isTimestamp(valueType) ||
    DataType.isDate(valueType) ||
    field.metadata.get(typeKey) === 'integer';
  if (isNumeric && !DataType.isDictionary(type)) return collectNumbers(field, rowCount);
  return collectWords(field, rowCount);
}

function collectNumbers(field: Field, rowCount: number): Collector {
  const values = new Float64Array(rowCount);
  let nulls: Uint8Array<ArrayBuffer> | null = null;
  return {
    read: (data, start) => {
      const isNull = createNullTest(data);
      const read = createNumberReader(field, data);
      for (let index = 0; index < data.length; index++) {
        if (isNull?.(index)) {
          nulls ??= new Uint8Array(rowCount);
          nulls[start + index] = 1;
        } else {
          values[start + index] = read(index);
        }
      }
    },
    finish: () => ({ kind: 'numbers', name: nameOf(field), values, nulls }),
  };
}

function collectTruths(field: Field, rowCount: number): Collector {
  const codes = new Int32Array(rowCount);
  return {
    read: (data, start) => {
      const isNull = createNullTest(data);
      const read = createCellReader(field, data);
      const bits: Uint8Array | null = DataType.isBool(data.type) ? data.values : null;
      for (let index = 0; index < data.length; index++) {
        const isTrue = bits ? hasBit(bits, data.offset + index) : read(index, 5).text === 'True';
        codes[start + index] = isNull?.(index) ? -1 : Number(isTrue);
      }
    },
    finish: () => ({ kind: 'words', name: nameOf(field), words: [false, true], codes }),
  };
}

function collectWords(field: Field, rowCount: number): Collector {
  const codes = new Int32Array(rowCount);
  const texts = new TextCodes();
  return {
    read: (data, start) => {
      texts.encode(field, data, codes, start);
    },
    finish: () => ({ kind: 'words', name: nameOf(field), words: texts.words, codes }),
  };
}

function createNullTest({ nullCount, nullBitmap, offset }: Data): ((index: number) => boolean) | null {
  if (nullCount === 0) return null;
  const validity = nullBitmap ?? new Uint8Array(0);
  return (index) => !hasBit(validity, offset + index);
}

/** apache-arrow reads an empty name back as null. */
function nameOf({ name }: Field): string {
  return name || '';
}
