import { rowsPerBatch } from '../../../../model/dataset.ts';
import type { ValueRules } from '../../../../model/import-options.ts';
import { ArrowFileWriter } from '../ArrowFileWriter.ts';
import {
  createReports,
  longestTold,
  type EmptiedValue,
  type RejectedRow,
  type Reports,
} from '../LineReport.ts';
import { createBuilder } from './create-builder.ts';
import { describeMisfit } from './describe-misfit.ts';
import { createMarkTest, listMarks, MarkSearch, type MarkTest } from './missing-marks.ts';
import { plainNumbers } from './number-style.ts';
import { kindOfValue, textOfValue } from './plain-values.ts';
import { choosePlan, inferPlan, kinds, type ColumnPlan } from './value-kinds.ts';

/** Some rows, and those between them that are none. */
export interface ValueRows {
  readonly rows: readonly (readonly unknown[])[];
  readonly rejected: readonly RejectedRow[];
  /** Bytes of the file that were read by now. */
  readonly readBytes: number;
}

/** Rows of values that have types of their own. */
export interface ValueSource {
  /** Goes through all rows. */
  read(): AsyncIterable<ValueRows>;
  /** The names of the columns; all of them once the rows were gone through. */
  readonly names: readonly string[];
  /** So many rows of the file are before the first of them. */
  readonly rowsBefore: number;
}

/** How the columns of a source are to be read. */
export interface ValuePlans {
  readonly plans: readonly ColumnPlan[];
  /** Texts that may stand for missing values, beside those that were said to. */
  readonly foundMarks: readonly string[];
}

/** How the columns of a source are to be read, by all of its values. */
export async function planValues(
  source: ValueSource,
  rules: ValueRules,
  onRead: (readBytes: number) => void,
): Promise<ValuePlans> {
  const found: number[] = [];
  const searches: MarkSearch[] = [];
  const isMarked = createMarkTest(rules.missingMarks);
  for await (const { rows, readBytes } of source.read()) {
    for (const row of rows) {
      for (const [column, value] of row.entries()) {
        if (typeof value === 'string' && isMarked?.(value)) continue;
        const kind = kindOfValue(value);
        found[column] = (found[column] ?? kinds.none) | kind;
        const search = (searches[column] ??= new MarkSearch());
        search.add(typeof value === 'string' ? value : '', kind);
      }
    }
    onRead(readBytes);
  }
  const plans = source.names.map((name, column) => {
    const kind = found[column] ?? kinds.none;
    const choice = rules.columns.find((each) => each.name === name);
    // An hour beside days, as workbooks tell them, is a day with an hour.
    const merged = kind === (kinds.date | kinds.localTime) ? kinds.localTime : kind;
    return choice ? choosePlan(choice, kind, plainNumbers) : inferPlan(name, merged, plainNumbers);
  });
  return { plans, foundMarks: listMarks(searches) };
}

/** What was written of a source. */
export interface WrittenValues {
  readonly writer: ArrowFileWriter;
  readonly reports: Reports;
}

/** A row as the columns of a table take it. */
interface ReadRow {
  /** Null for a missing value. */
  readonly cells: (string | null)[];
  /** The values that do not fit: they are among the cells where their row is to be left out. */
  readonly misfits: readonly Omit<EmptiedValue, 'line'>[];
}

/** Makes what reads rows of values. */
export function createRowReader(
  plans: readonly ColumnPlan[],
  rules: ValueRules,
): (row: readonly unknown[]) => ReadRow {
  const builders = plans.map((plan) => createBuilder(plan, true));
  const isMarked = createMarkTest(rules.missingMarks);
  const chosen = plans.flatMap(({ isChosen, type }, column) =>
    isChosen && type !== 'string' ? [column] : [],
  );
  return (row) => {
    const cells = plans.map((plan, column) => readCell(row[column], plan, isMarked));
    const misfits: Omit<EmptiedValue, 'line'>[] = [];
    for (const column of chosen) {
      const [text, plan] = [cells[column] ?? null, plans[column]];
      if (text === null || text === '' || !plan || builders[column]?.canRead(text)) continue;
      const reason = describeMisfit(plan, text);
      misfits.push({ column: plan.name, value: text.slice(0, longestTold), reason });
      if (rules.misfitWay === 'leave-value-empty') cells[column] = null;
    }
    return { cells, misfits };
  };
}

/** What rows are written as. */
export interface ValueTarget {
  readonly plans: readonly ColumnPlan[];
  readonly rules: ValueRules;
  /** That of the file. */
  readonly byteSize: number;
}

/** Writes the rows of a source, without those values, or rows, that do not fit the types that were chosen. */
export async function writeValues(
  source: ValueSource,
  { plans, rules, byteSize }: ValueTarget,
  onRead: (readBytes: number) => void,
): Promise<WrittenValues> {
  const builders = plans.map((plan) => createBuilder(plan, true));
  const readRow = createRowReader(plans, rules);
  const finishBatch = (rowCount: number) => ({
    rowCount,
    columns: builders.map((builder, column) => builder.finish(plans[column]?.name ?? '')),
  });
  const writer = new ArrowFileWriter(ArrowFileWriter.schemaOf(finishBatch(0)), byteSize);
  const reports = createReports();
  let built = 0;
  let line = source.rowsBefore;
  for await (const { rows, rejected, readBytes } of source.read()) {
    reports.rejected.add(rejected, rejected.length, 0);
    const texts: (string | null)[][] = [];
    for (const row of rows) {
      line += 1;
      const { cells, misfits } = readRow(row);
      const [first] = misfits;
      if (first && rules.misfitWay === 'leave-row-out') {
        const text = JSON.stringify(cells).slice(0, longestTold);
        reports.rejected.add([{ line, reason: first.reason, text }], 1, 0);
        continue;
      }
      const emptied = misfits.map((misfit) => ({ line, ...misfit }));
      reports.emptied.add(emptied, emptied.length, 0);
      texts.push(cells);
    }
    for (let from = 0; from < texts.length;) {
      const to = Math.min(texts.length, from + rowsPerBatch - built);
      for (const [column, builder] of builders.entries()) builder.append(texts, column, from, to);
      built += to - from;
      from = to;
      if (built < rowsPerBatch) continue;
      writer.writeColumns(finishBatch(built));
      built = 0;
    }
    onRead(readBytes);
  }
  if (built > 0) writer.writeColumns(finishBatch(built));
  return { writer, reports };
}

/** A value as a text; null where it is missing, or marked so. A day among moments is its midnight, as workbooks tell both alike. */
function readCell(value: unknown, { type, isZoned }: ColumnPlan, isMarked: MarkTest | null): string | null {
  const text = textOfValue(value);
  if (text !== null && isMarked?.(text)) return null;
  return type === 'datetime' && !isZoned && text?.length === 10 ? `${text}T00:00` : text;
}
