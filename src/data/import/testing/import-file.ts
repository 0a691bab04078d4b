import { tableFromIPC } from 'apache-arrow';
import type { ImportOptions, MisfitWay, ReadType } from '../../../model/import-options.ts';
import type { ImportedTable, ImportPreview } from '../../../model/import-preview.ts';
import { ImportEngine } from '../ImportEngine.ts';
import { FakeImportWorker } from './FakeImportWorker.ts';

const engine = new ImportEngine(() => new FakeImportWorker());

/** A change to the options that a file is found to have. */
export type Change = (options: ImportOptions) => ImportOptions;

/** Looks at a file as a person would see it. */
export async function previewFile(file: File, change: Change = (options) => options): Promise<ImportPreview> {
  const { signal } = new AbortController();
  const found = await engine.preview(file, null, signal);
  return await engine.preview(file, change(found.options), signal);
}

/** Imports a file as it is found to be, but for what is changed. */
export async function importFile(file: File, change: Change = (options) => options): Promise<ImportedTable> {
  const { signal } = new AbortController();
  const { options } = await engine.preview(file, null, signal);
  return await engine.load(file, change(options), { signal, onProgress: () => undefined });
}

/** What came of a file: its columns as "name: type", and its rows; long integers with an "n" behind them. */
export interface ReadTable {
  readonly columns: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** Reads a table as Arrow JS does, which is not what wrote it. */
export async function readTable({ content, table }: ImportedTable): Promise<ReadTable> {
  const arrow = tableFromIPC(new Uint8Array(await content.arrayBuffer()));
  const columns = Array.from({ length: arrow.numCols }, (_, index) => arrow.getChildAt(index));
  return {
    columns: table.summary.columns.map(({ name, type }) => `${name}: ${type}`).join(', '),
    rows: Array.from({ length: arrow.numRows }, (_, row) =>
      columns.map((column): unknown => {
        const value: unknown = column?.get(row);
        if (typeof value !== 'bigint') return value;
        return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
          ? Number(value)
          : `${String(value)}n`;
      }),
    ),
  };
}

/** What a text comes to as a file of a name. */
export async function readText(name: string, content: BlobPart, change?: Change): Promise<ReadTable> {
  return await readTable(await importFile(new File([content], name), change));
}

/** Why a file is refused. */
export async function findProblem(name: string, content: BlobPart): Promise<string> {
  try {
    await importFile(new File([content], name));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'none';
}

/** The lines of the report of rows that were left out, or of values that were left empty. */
export async function readReport(
  table: ImportedTable,
  of: 'rejected' | 'emptied' = 'rejected',
): Promise<string[]> {
  const told = table[of];
  return told ? (await told.report.text()).trimEnd().split('\r\n').slice(1) : [];
}

/** Says types of columns, and what becomes of values that do not fit. */
export function typed(
  columns: Readonly<Record<string, ReadType>>,
  misfitWay: MisfitWay = 'leave-row-out',
): Change {
  const choices = Object.entries(columns).map(([name, type]) => ({ name, type, dayOrder: null }));
  return (options) => ('columns' in options ? { ...options, columns: choices, misfitWay } : options);
}

/** A CSV file. */
export function csv(content: BlobPart, name = 'a.csv'): File {
  return new File([content], name);
}

/** A file that is longer than what is looked at of it before it is read, with a value far from all samples. */
export function longCsv(
  header: string,
  line: (index: number) => string,
  odd: string,
  lineCount = 300_000,
): File {
  const lines = Array.from({ length: lineCount }, (_, index) => line(index));
  lines[Math.floor(lineCount * 0.55)] = odd;
  return csv(`${header}\n${lines.join('\n')}\n`);
}
